"""Whom the admin enrols, and as what."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.people.enrolment import Newcomer, enrol
from chalicelib.domain.people.model import Identity, Person, Post, Role, may_sign_in
from tests.builders import NOW, RULES, TOWNSHIP, VILLAGE
from tests.domain.people.test_actions import PLACES

CENTRE, VILLAGER = Post(Role.CENTRE, TOWNSHIP), Post(Role.VILLAGE, VILLAGE)
NEW = Newcomer(id="p1", name=" 值班员 ", phone="10000000001", posts=(CENTRE, VILLAGER, CENTRE))


def enrolled(**changes: Any) -> Person:
    return enrol(replace(NEW, **changes), now=NOW.replace(microsecond=5), places=PLACES)


def test_who_is_enrolled_may_sign_in_at_once() -> None:
    person = enrolled(identity=Identity("https://a", "1"))
    assert (person.id, person.name, person.posts) == ("p1", "值班员", (CENTRE, VILLAGER))
    assert person.approved_at == person.joined_at == NOW.replace(microsecond=5)
    assert person.valid_from == NOW and person.identity == Identity("https://a", "1")
    assert may_sign_in(person, NOW, RULES.numbers.days("idle_days")) is None


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"posts": (CENTRE, Post(Role.COURIER, "p1"))}, "couriers_apply"),
        ({"name": "  "}, "name_needed"),
        ({"posts": (Post(Role.VILLAGE, "350211102999"),)}, "unknown_scope"),
        ({"posts": (Post(Role.DEPARTMENT, "D99"),)}, "unknown_department"),
    ],
)
def test_who_is_not(changes: dict[str, Any], rule: str) -> None:
    with pytest.raises(DomainError) as refusal:
        enrolled(**changes)
    assert refusal.value.rule == rule
