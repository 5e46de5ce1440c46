"""`python -m infra.operate.certificate_keys --stage prod`: gives a stage a new key to sign help certificates with.

What older keys have signed is good for ever, so they stay in the ring; only who holds the register can say that a
certificate counts no more. A new key signs once every process knows it.
"""

import argparse
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.login.tokens import CACHED, SigningKey
from infra import stages
from infra.operate.keys import new_key


class CertificateKeys:
    """The ring of one stage, in Secrets Manager."""

    def __init__(self, stage: str, *, vault: Any) -> None:
        self.secret, self.vault = f"fenjian-{stage}-certificate-keys", vault

    def ring(self) -> tuple[SigningKey, ...]:
        """The keys there are, oldest first."""
        held = self.vault.get_secret_value(SecretId=self.secret)["SecretString"]
        return msgspec.json.decode(held, type=dict[str, tuple[SigningKey, ...]])["keys"]

    def ensure(self, now: datetime) -> None:
        """Make the first key, where there is none."""
        if not self.ring():
            self.rotate(now)

    def rotate(self, now: datetime) -> SigningKey:
        """Add a key, which signs once every process knows it; the first one at once."""
        ring = self.ring()
        made = replace(new_key(now), active_from=now + 2 * CACHED if ring else now)
        text = msgspec.json.encode({"keys": (*ring, made)}).decode()
        self.vault.put_secret_value(SecretId=self.secret, SecretString=text)
        return made


def main() -> None:
    """The command line, for any stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", choices=stages.STAGES, required=True)
    parser.add_argument("--first", action="store_true", help="only where there is no key yet")
    arguments = parser.parse_args()
    keys, now = (
        CertificateKeys(arguments.stage, vault=stages.client(arguments.stage, "secretsmanager")),
        datetime.now(UTC),
    )
    try:
        if arguments.first and keys.ring():
            return
        made = keys.rotate(now)
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"No key was made; ask again, it does no harm: {error}")
    print(f"{made.id} signs certificates from {made.active_from:%Y-%m-%d %H:%M:%S} UTC")


if __name__ == "__main__":
    main()
