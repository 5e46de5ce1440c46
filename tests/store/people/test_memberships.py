"""Who is ranked, and where, is found by two queries, and follows the person."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.people.effects import close, erased
from chalicelib.domain.people.membership import Membership
from chalicelib.domain.people.model import Person, Post, Role
from chalicelib.store.people import memberships, people
from tests.bench.calls import counted
from tests.builders import GRID, NOW, TOWNSHIP, VILLAGE

pytestmark = pytest.mark.usefixtures("tables")
OTHER = "350211102004"


def courier(id: str = "p1", **changes: Any) -> Person:
    fields: dict[str, Any] = {"name": "a", "phone": "", "posts": (Post(Role.COURIER, id),), "valid_from": NOW}
    return Person(id=id, **(fields | {"employer": "顺达#快递", "villages": (OTHER, VILLAGE)} | changes))


def test_everybody_who_is_ranked_is_found_by_two_queries() -> None:
    people.put(courier())
    people.put(courier("p2", employer="", villages=(), hidden_in_ranking=True))
    people.put(courier("p3", posts=(Post(Role.COURIER, "p3"), Post(Role.GRID_MEMBER, GRID))))
    with counted() as calls:
        assert memberships.of(TOWNSHIP) == {
            "p1": Membership(employer="顺达#快递", villages=(OTHER, VILLAGE)),
            "p2": Membership(shown=False),
        }
    assert calls.names == ["Query", "Query"]


def test_it_follows_the_person() -> None:
    people.put(courier())
    people.put(courier(employer="乙", hidden_in_ranking=True, villages=(VILLAGE,)))
    assert memberships.of(TOWNSHIP) == {"p1": Membership(shown=False, employer="乙", villages=(VILLAGE,))}
    left = replace(courier(), **close(courier(), now=NOW))
    people.put(left)
    assert memberships.of(TOWNSHIP) == {}
    people.put(erased(left, now=NOW))
    assert memberships.of(TOWNSHIP) == {}


def test_who_is_ranked_is_no_post_and_no_round() -> None:
    people.put(courier())
    assert people.holders("courier:p1") == ["p1"] and people.holders(f"village:{VILLAGE}") == []
