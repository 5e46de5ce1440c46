"""Villages on couriers' rounds are found by their township, and follow the person."""

from dataclasses import replace

import pytest

from chalicelib.domain.people.model import Person, Post, Role
from chalicelib.store.people import people, rounds
from tests.bench.calls import counted
from tests.builders import NOW, TOWNSHIP, VILLAGE

pytestmark = pytest.mark.usefixtures("tables")
OTHER = "350211102004"


def courier(id: str = "p1", *villages: str) -> Person:
    posts = (Post(Role.COURIER, id),)
    return Person(id=id, name="a", phone="", posts=posts, valid_from=NOW, villages=villages or (VILLAGE,))


def of_township() -> set[tuple[str, str]]:
    return set(rounds.of(TOWNSHIP))


def test_every_village_on_a_round_is_found_by_its_township_in_one_query() -> None:
    for person in (courier(), courier("p2", VILLAGE, OTHER), courier("p3", "350211103001")):
        people.put(person)
    with counted() as calls:
        assert of_township() == {(VILLAGE, "p1"), (VILLAGE, "p2"), (OTHER, "p2")}
    assert calls.names == ["Query"]


def test_a_round_changes_with_the_person() -> None:
    people.put(courier())
    people.put(courier("p1", OTHER))
    assert of_township() == {(OTHER, "p1")}


def test_who_is_no_courier_now_has_no_round_and_keeps_his_villages() -> None:
    people.put(courier())
    people.put(replace(courier(), posts=()))
    assert of_township() == set() and people.get("p1").villages == (VILLAGE,)
    people.put(courier())
    assert of_township() == {(VILLAGE, "p1")}


def test_a_round_is_no_post() -> None:
    people.put(courier())
    assert people.holders(Post(Role.COURIER, "p1").key) == ["p1"] and people.holders(f"village:{VILLAGE}") == []
