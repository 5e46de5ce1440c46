"""Signing keys come and go in order; refresh tokens are ours or nothing."""

from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import Busy
from chalicelib.domain.login import tokens
from chalicelib.domain.login.tokens import CACHED, LONGEST_LIFE, Refresh, SigningKey
from chalicelib.domain.people.model import Person, Post, Role
from tests.builders import NOW, TOWNSHIP

PEPPER = b"pepper"
REFRESH = Refresh(person_id="grid.member 一", session_id="s1", secret="5ec2e7")
DAY = timedelta(days=1)


def key(id: str, active_from: datetime = NOW, retire_at: datetime | None = None) -> SigningKey:
    return SigningKey(id=id, private="", public="", active_from=active_from, retire_at=retire_at)


def ids(ring: tuple[SigningKey, ...]) -> list[str]:
    return [one.id for one in ring]


def test_nobody_signs_before_there_is_a_key() -> None:
    with pytest.raises(Busy):
        tokens.signing((), NOW)
    with pytest.raises(Busy):
        tokens.signing((key("a", retire_at=NOW),), NOW)


def test_the_first_key_signs_at_once() -> None:
    assert tokens.signing(tokens.rotated((), key("a"), NOW), NOW).id == "a"


def test_a_new_key_signs_once_every_cache_has_heard_of_it() -> None:
    ring = tokens.rotated((key("a", NOW - DAY),), key("b"), NOW)
    assert tokens.signing(ring, NOW + CACHED).id == "a"
    assert tokens.signing(ring, NOW + 2 * CACHED).id == "b"


def test_the_old_key_is_good_until_its_last_token_has_expired() -> None:
    old, new = tokens.rotated((key("a", NOW - DAY),), key("b"), NOW)
    last_signed = new.active_from + CACHED  # by a process whose ring was fresh just before
    assert old.retire_at == last_signed + LONGEST_LIFE and new.retire_at is None


def test_rotated_again_the_first_end_stays_and_what_is_out_is_gone() -> None:
    twice = tokens.rotated(tokens.rotated((key("a", NOW - DAY),), key("b"), NOW), key("c"), NOW + timedelta(hours=1))
    assert ids(twice) == ["a", "b", "c"]
    assert twice[0].retire_at == NOW + 3 * CACHED + LONGEST_LIFE
    assert ids(tokens.rotated(twice, key("d"), NOW + 9 * DAY)) == ["c", "d"]


def test_a_leaked_key_is_out_at_once() -> None:
    old, new = tokens.rotated((key("a", NOW - DAY),), key("b"), NOW, leaked=True)
    assert old.retire_at == NOW and tokens.signing((old, new), NOW).id == "b"


def test_an_access_token_says_who_in_which_session_and_what_he_may() -> None:
    person = Person(id="p1", name="", phone="", posts=(Post(Role.CENTRE, TOWNSHIP),), valid_from=NOW)
    said = tokens.claims(person, "s1", issuer="fenjian", life=timedelta(minutes=15), now=NOW)
    assert said == {
        "iss": "fenjian",
        "sub": "p1",
        "iat": NOW.timestamp(),
        "exp": NOW.timestamp() + 900,
        "sid": "s1",
        "roles": [["centre", TOWNSHIP]],
    }


def test_no_access_token_outlives_its_key() -> None:
    person = Person(id="p1", name="", phone="", posts=(), valid_from=NOW)
    said = tokens.claims(person, "s1", issuer="fenjian", life=timedelta(days=9), now=NOW)
    assert said["exp"] - said["iat"] == LONGEST_LIFE.total_seconds()


def test_a_refresh_token_opens_to_what_was_sealed() -> None:
    assert tokens.opened(tokens.sealed(REFRESH, PEPPER), PEPPER) == REFRESH


@pytest.mark.parametrize("place", range(4))
def test_a_refresh_token_that_was_changed_anywhere_is_none_of_ours(place: int) -> None:
    parts = tokens.sealed(REFRESH, PEPPER).split(".")
    parts[place] = ("A" if parts[place][0] != "A" else "B") + parts[place][1:]
    assert tokens.opened(".".join(parts), PEPPER) is None
    assert tokens.opened(tokens.sealed(REFRESH, PEPPER), b"other") is None


@pytest.mark.parametrize("text", ["", ".", "...", "....", "é.s.x.t", "a" * 1000, "====.s1.x.y", "_w.s1.x.y"])
def test_what_was_never_a_refresh_token_is_none(text: str) -> None:
    assert tokens.opened(text, PEPPER) is None


def test_a_successor_needs_token_nonce_and_pepper() -> None:
    one = tokens.successor("old", session_id="s1", nonce="n", pepper=PEPPER)
    assert len(one) == 64
    others = [
        tokens.successor("old", session_id="s1", nonce="n", pepper=b"other"),
        tokens.successor("old", session_id="s1", nonce="m", pepper=PEPPER),
        tokens.successor("new", session_id="s1", nonce="n", pepper=PEPPER),
        tokens.successor("old", session_id="s2", nonce="n", pepper=PEPPER),
    ]
    assert one not in others and len(set(others)) == 4
