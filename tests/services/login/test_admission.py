"""Whose token lets in whom: signature, session, person, in this order; and keys that change."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chalicelib.domain.errors import Unauthenticated
from chalicelib.domain.login import tokens
from chalicelib.domain.login.tokens import CACHED, LONGEST_LIFE
from chalicelib.domain.people.model import Identity, Person, PersonState, Post, Role
from chalicelib.gateways import oidc, signing
from chalicelib.services.login import admission, sessions
from chalicelib.services.login.admission import Admitted
from chalicelib.store.people import people
from infra.operate.keys import new_key
from tests.bench.calls import counted
from tests.desk import Desk, desk, enrolled
from tests.services.login.test_sessions import signed_in

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("rules", "desk")
NOW = datetime.now(UTC)  # tokens expire by the clock of who checks them
ISSUER = "https://login.example.org"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def known(desk: Desk, tables: str) -> None:
    """The authorizer knows the public keys."""
    desk.publish()


@pytest.fixture
def person() -> Person:
    """Somebody who may sign in."""
    return enrolled(now=NOW)


def token(person: Person, session_id: str = "", *, now: datetime = NOW, life: timedelta = 15 * MINUTE) -> str:
    said = tokens.claims(person, session_id, issuer=signing.issuer(), life=life, now=now)
    return signing.sign(said, now=now)


def admit(token: str, *, now: datetime = NOW) -> Admitted:
    return admission.admit(token, now=now)


def refused(token: str, *, now: datetime = NOW) -> str:
    with pytest.raises(Unauthenticated) as refusal:
        admit(token, now=now)
    return refusal.value.rule


def test_a_session_lets_in_with_the_posts_held_now(person: Person) -> None:
    signed_in(person, "s1")
    taken = replace(person, posts=(Post(Role.AUDITOR, "350211102"),))
    people.put(taken)
    assert admit(token(person, "s1")) == Admitted(person_id="p1", posts=taken.posts, session_id="s1")


def test_a_session_that_was_ended_lets_nobody_in(person: Person) -> None:
    signed_in(person, "s1")
    sessions.end(person.actor, "s1")
    assert refused(token(person, "s1")) == "token_revoked"
    assert refused(token(person, "never")) == "token_revoked"


def test_a_session_of_somebody_else_lets_nobody_in(person: Person) -> None:
    signed_in(person, "s1")
    other = enrolled("13900000009", id="p2", now=NOW)
    assert refused(token(other, "s1")) == "token_revoked"


def test_signed_out_everywhere_no_older_token_lets_in(person: Person) -> None:
    signed_in(person, "s1")
    sessions.revoke_all(person.id, NOW)
    assert refused(token(person, "s1", now=NOW - MINUTE)) == "token_revoked"
    signed_in(replace(person, valid_from=NOW), "s2")
    assert admit(token(person, "s2", now=NOW))


@pytest.mark.parametrize("state", [PersonState.LEFT, PersonState.ERASED])
def test_a_closed_account_lets_nobody_in(person: Person, state: PersonState) -> None:
    signed_in(person, "s1")
    people.put(replace(person, state=state, left_at=NOW))
    assert refused(token(person, "s1")) == "token_revoked"


def test_a_stranger_is_not_let_in(person: Person) -> None:
    assert refused(token(replace(person, id="nobody"))) == "token_revoked"


def test_a_token_that_has_expired_is_not_good(person: Person) -> None:
    assert refused(token(person, now=NOW - 16 * MINUTE)) == "token_invalid"


def test_every_token_costs_one_read_and_a_new_key_one_more(person: Person) -> None:
    signed_in(person, "s1")
    with counted() as calls:
        for _ in range(2):
            admit(token(person, "s1"))
        admit(token(person))
    assert calls.names == ["GetItem", "BatchGetItem", "BatchGetItem", "GetItem"]


def signed(claims: dict[str, Any], key: Any, algorithm: str, **header: str) -> str:
    said = {"iss": signing.issuer(), "sub": "p1", "iat": NOW.timestamp(), "exp": (NOW + MINUTE).timestamp()} | claims
    return jwt.encode(said, key, algorithm=algorithm, headers=header)


def test_a_token_signed_by_others_is_not_good(person: Person, desk: Desk) -> None:
    stranger, kid = Ed25519PrivateKey.generate(), desk.keys[0].id
    assert refused(signed({}, stranger, "EdDSA", kid=kid)) == "token_invalid"
    assert refused(signed({}, stranger, "EdDSA", kid="unknown")) == "token_invalid"
    assert refused(signed({}, stranger, "EdDSA", kid="x" * 65)) == "token_invalid"
    assert refused(signed({}, stranger, "EdDSA")) == "token_invalid"


def test_no_other_way_of_signing_is_taken(person: Person, desk: Desk) -> None:
    kid = desk.keys[0].id
    assert refused(signed({}, None, "none", kid=kid)) == "token_invalid"
    assert refused(signed({}, desk.keys[0].public.encode(), "HS256", kid=kid)) == "token_invalid"


@pytest.mark.parametrize("text", ["", "a", "a.b.c", "..", "é.é.é", "x" * 9000, "e30.e30.e30"])
def test_what_is_no_token_is_not_good(text: str) -> None:
    assert refused(text) == "token_invalid"


def test_a_token_that_leaves_out_what_it_must_say_is_not_good(person: Person, desk: Desk) -> None:
    whole = jwt.decode(token(person), options={"verify_signature": False})
    for name in ("iss", "sub", "iat", "exp"):
        said = {key: value for key, value in whole.items() if key != name}
        assert refused(signing.sign(said, now=NOW)) == "token_invalid"
    assert refused(signing.sign(whole | {"iss": "others"}, now=NOW)) == "token_invalid"


def test_tokens_of_the_old_key_are_good_until_it_retires_and_then_no_more(person: Person, desk: Desk) -> None:
    made = replace(desk.keys[0], active_from=NOW - 2 * LONGEST_LIFE)
    rotation = NOW - LONGEST_LIFE
    desk.keys = tokens.rotated((made,), new_key(rotation), rotation)
    desk.publish()
    old, new = desk.keys
    assert old.retire_at == rotation + 3 * CACHED + LONGEST_LIFE

    def by(key: tokens.SigningKey) -> str:
        desk.keys = (replace(key, retire_at=None, active_from=rotation),)
        signing.forget()
        return token(person)

    before, after = by(old), by(new)
    assert admit(before) and admit(after)
    late = old.retire_at
    assert refused(before, now=late) == "token_invalid"
    assert admit(after, now=late)


def test_the_new_key_signs_ten_minutes_after_the_rotation(person: Person, desk: Desk) -> None:
    first = desk.keys[0].id
    desk.keys = tokens.rotated(desk.keys, new_key(NOW), NOW)

    def signer(now: datetime) -> str:
        signing.forget()
        return str(jwt.get_unverified_header(token(person, now=now))["kid"])

    assert signer(NOW + 2 * CACHED - MINUTE) == first
    assert signer(NOW + 2 * CACHED) == desk.keys[1].id


class Staff:
    """The staff's issuer, with a key of its own."""

    key = Ed25519PrivateKey.generate()

    def token(self, **claims: Any) -> str:
        said = {
            "iss": ISSUER,
            "sub": "u1",
            "aud": "fenjian",
            "iat": int(NOW.timestamp()),
            "exp": int(NOW.timestamp()) + 600,
        }
        return jwt.encode(said | claims, self.key, algorithm="EdDSA", headers={"kid": "k1"})


@pytest.fixture
def staff(monkeypatch: pytest.MonkeyPatch) -> Staff:
    """Tokens of this issuer are for staff."""
    monkeypatch.setenv("OIDC_ISSUER", ISSUER)
    monkeypatch.setenv("OIDC_AUDIENCE", "fenjian")
    monkeypatch.setattr(oidc, "_key", lambda key_id, now: Staff.key.public_key())
    return Staff()


def test_staff_come_in_by_their_own_issuer_with_posts_of_staff_only(staff: Staff) -> None:
    posts = (Post(Role.CENTRE, "350211102"), Post(Role.COURIER, "p1"))
    enrolled(now=NOW, identity=Identity(ISSUER, "u1"), posts=posts)
    assert admit(staff.token()) == Admitted(person_id="p1", posts=posts[:1], session_id="")


def test_a_courier_does_not_come_in_by_the_staffs_issuer(staff: Staff) -> None:
    enrolled(now=NOW, identity=Identity(ISSUER, "u1"), posts=(Post(Role.COURIER, "p1"),))
    assert refused(staff.token()) == "token_revoked"


def test_whom_the_issuer_knows_and_fenjian_does_not_is_not_let_in(staff: Staff) -> None:
    enrolled(now=NOW, identity=Identity(ISSUER, "u1"))
    assert refused(staff.token(sub="u2")) == "token_revoked"
    assert refused(staff.token(sub="p1")) == "token_revoked"


def test_staff_whose_access_was_revoked_need_a_newer_token(staff: Staff) -> None:
    enrolled(now=NOW, identity=Identity(ISSUER, "u1"), valid_from=NOW + MINUTE)
    assert refused(staff.token()) == "token_revoked"


@pytest.mark.parametrize("claims", [{"aud": "other"}, {"exp": int(NOW.timestamp()) - 60}, {"iss": f"{ISSUER}/"}])
def test_a_token_meant_for_others_or_expired_is_not_good(staff: Staff, claims: dict[str, Any]) -> None:
    enrolled(now=NOW, identity=Identity(ISSUER, "u1"))
    assert refused(staff.token(**claims)) == "token_invalid"


def test_a_session_id_of_the_issuer_means_nothing_here(staff: Staff) -> None:
    enrolled(now=NOW, identity=Identity(ISSUER, "u1"))
    assert admit(staff.token(sid="theirs")).session_id == ""


def test_without_a_configured_issuer_its_tokens_are_nothing(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    enrolled(now=NOW, identity=Identity(ISSUER, "u1"))
    monkeypatch.setenv("OIDC_AUDIENCE", "")
    assert refused(staff.token()) == "token_invalid"
