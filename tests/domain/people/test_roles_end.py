"""Posts end the same day with what they were bound to, and who left has the office act for him."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.people.model import Actor, Person, PersonState, Post, Role
from tests.builders import ADMIN, CENTRE, GRID, NOW, TOWNSHIP, VILLAGE
from tests.domain.people.test_actions import IN, KNOWN, OWN, PLACES, VILLAGER, A, done, refusal

OTHER = "350211102203"
MEMBER = Post(Role.GRID_MEMBER, GRID)
LEFT = IN[PersonState.LEFT]


@pytest.fixture(autouse=True)
def two_villages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A round may lead through two villages."""
    monkeypatch.setattr("tests.domain.people.test_actions.PLACES", replace(PLACES, villages={VILLAGE, OTHER}))


def moved(*posts: Post, to: str = OTHER, round: tuple[str, ...] = (VILLAGE,)) -> Person:
    """A courier with these posts, whose round led through other villages."""
    return done(A.CHANGE_ROUND, replace(KNOWN, posts=(OWN, *posts), villages=round), villages=(to,))


def test_posts_in_a_village_that_the_round_has_left_end_with_every_token() -> None:
    after = moved(VILLAGER, MEMBER, Post(Role.CENTRE, TOWNSHIP))
    assert after.posts == (OWN, Post(Role.CENTRE, TOWNSHIP)) and after.valid_from == NOW


def test_posts_that_have_nothing_to_do_with_the_round_stay() -> None:
    assert moved(VILLAGER, to=VILLAGE).posts == (OWN, VILLAGER)
    elsewhere = moved(MEMBER, round=(OTHER,), to=OTHER)
    assert elsewhere.posts == (OWN, MEMBER) and elsewhere.valid_from == KNOWN.valid_from


def test_a_courier_is_one_with_another_employer_and_round_too() -> None:
    assert moved().posts == (OWN,) and moved().valid_from == KNOWN.valid_from
    after = done(A.CHANGE_EMPLOYER, replace(KNOWN, posts=(OWN, VILLAGER)))
    assert after.posts == (OWN, VILLAGER) and after.valid_from == KNOWN.valid_from


@pytest.mark.parametrize("by", [CENTRE, ADMIN])
def test_who_left_is_forgotten_early_by_the_offices_hand(by: Actor) -> None:
    asked = done(A.ERASE, LEFT, by=by)
    assert (asked.state, asked.erase_asked_at) == (PersonState.LEFT, NOW)


def test_who_asks_twice_waits_from_the_first_time_on() -> None:
    before = NOW - timedelta(days=3)
    assert done(A.ERASE, replace(LEFT, erase_asked_at=before)).erase_asked_at == before


def test_who_has_not_left_is_not_forgotten_by_others() -> None:
    assert refusal(A.ERASE).rule == "person_state"
    assert refusal(A.ERASE, by=KNOWN.actor).rule == "not_to_oneself"


def test_who_left_may_be_without_his_number_and_nobody_else() -> None:
    assert done(A.CHANGE_PHONE, LEFT, phone="", in_person=False).phone == ""
    assert refusal(A.CHANGE_PHONE, phone="").rule == "phone_malformed"
