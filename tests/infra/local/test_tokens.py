"""Local tokens are what the authorizer expects, and their key is nobody else's business."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt

from infra.local.tokens import ISSUER, Signer

NOW = datetime.now(UTC).replace(microsecond=0)


def test_a_token_verifies_with_the_published_key_and_says_who_and_what(tmp_path: Path) -> None:
    signer = Signer(tmp_path / "key.pem")
    token = signer.token("p1", [("grid_member", "350211102202001")], NOW)
    key = jwt.PyJWKSet.from_json(signer.jwks())[jwt.get_unverified_header(token)["kid"]].key
    assert jwt.decode(token, key, algorithms=["EdDSA"], issuer=ISSUER) == {
        "iss": ISSUER,
        "sub": "p1",
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "roles": [["grid_member", "350211102202001"]],
    }


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    assert Signer(path).jwks() == Signer(path).jwks()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_private_half_is_not_published(tmp_path: Path) -> None:
    (key,) = json.loads(Signer(tmp_path / "key.pem").jwks())["keys"]
    assert "d" not in key
