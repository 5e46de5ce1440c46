"""`python -m infra.operate.keys --stage prod`: gives a stage a new key to sign access tokens with (`make rotate-keys`).

The public half is made known first, then the private one is put where the API finds it; it signs once every cache has
heard of it, and the old key is good until its last token has expired. A crash in between leaves a key that nobody uses.
After a leak, `--leaked`: the new key signs at once, and tokens of the old ones are refused once caches are over.
"""

import argparse
import secrets
import sys
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from chalicelib.domain.login.tokens import SigningKey, rotated
from infra import stages

FORGOTTEN = timedelta(days=1)  # after it was retired, a public key may go


class Keys:
    """The ring of one stage: private halves in Secrets Manager, public ones in table `keys`."""

    def __init__(self, stage: str, *, vault: Any, tables: Any) -> None:
        self.secret, self.table = f"fenjian-{stage}-signing-keys", f"fenjian-{stage}-keys"
        self.vault, self.tables = vault, tables

    def ring(self) -> tuple[SigningKey, ...]:
        """The keys there are, oldest first."""
        held = self.vault.get_secret_value(SecretId=self.secret)["SecretString"]
        return msgspec.json.decode(held, type=dict[str, tuple[SigningKey, ...]])["keys"]

    def ensure(self, now: datetime) -> None:
        """Make the first key, where there is none."""
        if not self.ring():
            self.rotate(now)

    def rotate(self, now: datetime, *, leaked: bool = False) -> SigningKey:
        """Add a key, and set the others' end; the key."""
        ring = rotated(self.ring(), new_key(now), now, leaked=leaked)
        for key in ring:
            self.tables.put_item(TableName=self.table, Item=_public(key))
        self.vault.put_secret_value(SecretId=self.secret, SecretString=msgspec.json.encode({"keys": ring}).decode())
        return ring[-1]


def new_key(now: datetime) -> SigningKey:
    """A key pair of its own name."""
    private = Ed25519PrivateKey.generate()
    return SigningKey(
        id=f"{now:%Y%m%d}-{secrets.token_hex(4)}",
        private=_text(private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())),
        public=_text(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)),
        active_from=now,
    )


def _public(key: SigningKey) -> dict[str, dict[str, str]]:
    item = {"id": {"S": key.id}, "public": {"S": key.public}}
    if key.retire_at is None:
        return item
    retired, forgotten = key.retire_at, key.retire_at + FORGOTTEN
    return item | {
        name: {"N": str(int(at.timestamp()))} for name, at in (("retire_at", retired), ("expires_at", forgotten))
    }


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode()


def main() -> None:
    """The command line, for any stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=stages.STAGES, required=True)
    parser.add_argument("--leaked", action="store_true")
    parser.add_argument("--first", action="store_true", help="only where there is no key yet")
    arguments = parser.parse_args()
    vault, tables = (stages.client(arguments.stage, service) for service in ("secretsmanager", "dynamodb"))
    keys, now = Keys(arguments.stage, vault=vault, tables=tables), datetime.now(UTC)
    try:
        if arguments.first and keys.ring():
            return
        made = keys.rotate(now, leaked=arguments.leaked)
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"No key was changed that signs; ask again, it does no harm: {error}")
    print(f"{made.id} signs from {made.active_from:%Y-%m-%d %H:%M:%S} UTC")


if __name__ == "__main__":
    main()
