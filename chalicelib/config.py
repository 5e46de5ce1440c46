"""The only module that reads the environment."""

import os
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What differs between stages. Names of tables derive from the stage; the rest exists only once deployed."""

    stage: str

    def table(self, name: str) -> str:
        """The physical name of a table."""
        return f"fenjian-{self.stage}-{name}"

    def queue_url(self, name: str) -> str:
        """The address of a queue. Read lazily: queues do not exist yet when Chalice imports the app to package it."""
        return os.environ[f"{name.upper()}_QUEUE_URL"]

    def secret(self, name: str) -> str:
        """The physical name of a secret."""
        return f"fenjian-{self.stage}-{name}"

    @property
    def photos_bucket(self) -> str:
        """The bucket that takes photos and voice notes. Read lazily, like every resource CloudFormation names."""
        return os.environ["PHOTOS_BUCKET"]

    @property
    def exports_bucket(self) -> str:
        """The bucket that holds exports until they are erased."""
        return os.environ["EXPORTS_BUCKET"]

    @property
    def personal_key(self) -> str:
        """The KMS key that personal fields of beneficiaries are sealed with."""
        return os.environ["PERSONAL_KEY"]

    @property
    def endpoint(self) -> str | None:
        """The address of a local cloud; None on AWS itself."""
        return os.environ.get("AWS_ENDPOINT_URL")

    @property
    def region(self) -> str:
        """The region this process runs in."""
        return os.environ.get("AWS_REGION") or os.environ["AWS_DEFAULT_REGION"]

    @property
    def token_keys(self) -> str:
        """The public keys that bearer tokens may be signed with: a JWK set as JSON text (RFC 7517)."""
        return os.environ["TOKEN_JWKS"]

    @property
    def token_issuer(self) -> str:
        """The `iss` that bearer tokens must carry."""
        return os.environ["TOKEN_ISSUER"]

    @property
    def oidc_issuer(self) -> str:
        """The OpenID Connect issuer whose tokens staff may sign in with; empty where there is none."""
        return os.environ["OIDC_ISSUER"]

    @property
    def oidc_audience(self) -> str:
        """The `aud` that tokens of that issuer must carry."""
        return os.environ["OIDC_AUDIENCE"]

    @property
    def sms_url(self) -> str:
        """Where the township's SMS bridge takes messages; empty where there is none."""
        return os.environ["SMS_URL"]

    @property
    def push_url(self) -> str:
        """Where the township's push bridge takes messages; empty where there is none."""
        return os.environ["PUSH_URL"]

    @property
    def public_url(self) -> str:
        """Where people reach this installation, before `/v1/…`: for the links in messages."""
        return os.environ["PUBLIC_URL"]


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings(stage=os.environ["STAGE"])
