"""Bearer tokens of the local cloud: signed with a key pair of its own, made once."""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import cast

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

ISSUER = "fenjian"
LIFE = timedelta(hours=12)
KEY_ID = "local"


@dataclass(frozen=True)
class Signer:
    """Signs with the private key in a file that only its owner may read; makes the file when there is none."""

    path: Path

    @cached_property
    def key(self) -> Ed25519PrivateKey:
        """The private key."""
        if not self.path.exists():
            self._create()
        return cast(Ed25519PrivateKey, load_pem_private_key(self.path.read_bytes(), password=None))

    def _create(self) -> None:
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)

    def jwks(self) -> str:
        """The public half as a JWK set (RFC 7517), JSON: the stack's parameter TokenJwks."""
        public = jwt.algorithms.OKPAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return json.dumps({"keys": [public | {"kid": KEY_ID, "use": "sig", "alg": "EdDSA"}]})

    def token(self, subject: str, roles: list[tuple[str, str]], now: datetime) -> str:
        """A token good for LIFE from now; each role with the scope it is held in."""
        claims = {"iss": ISSUER, "sub": subject, "iat": now, "exp": now + LIFE, "roles": roles}
        return jwt.encode(claims, self.key, algorithm="EdDSA", headers={"kid": KEY_ID})
