"""Who reads which board, and whether with names."""

from collections.abc import Mapping

import pytest

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.membership import Membership
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.people.sight import Sight
from chalicelib.domain.rankings import powers
from chalicelib.domain.rankings.ranking import Scope
from tests.builders import (
    ADMIN,
    AUDITOR,
    CENTRE,
    COMMITTEE,
    COURIER,
    DISTRICT,
    GRID,
    GRID_MEMBER,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
)

OTHER = "350211102004"
OWN = Membership(employer="甲", villages=(VILLAGE,))
BOARDS: Mapping[str, Scope] = {
    "township": Scope(area=TOWNSHIP),
    "village": Scope(area=VILLAGE),
    "grid": Scope(area=GRID),
    "other": Scope(area=OTHER),
    "employer": Scope(employer="甲"),
    "rival": Scope(employer="乙"),
}


def sights(by: Actor, own: Membership | None = None) -> str:
    """F with names, m masked, - refused; board by board."""

    def one(scope: Scope) -> str:
        try:
            return {Sight.FULL: "F", Sight.MASKED: "m"}[powers.sight(by, scope, TOWNSHIP, own)]
        except Forbidden as refused:
            assert refused.rule == "ranking_not_yours"
            return "-"

    return "".join(one(scope) for scope in BOARDS.values())


@pytest.mark.parametrize(
    ("by", "own", "seen"),
    [
        (COURIER, OWN, "mmm-m-"),
        (COURIER, Membership(employer="乙"), "m----m"),
        (COURIER, None, "m-----"),
        (CENTRE, None, "FFFFFF"),
        (COMMITTEE, None, "mmmmmm"),
        (ADMIN, None, "FFFFFF"),
        (AUDITOR, None, "mmmmmm"),
        (DISTRICT, None, "m-----"),
        (VILLAGER, None, "mmm---"),
        (GRID_MEMBER, None, "m-m---"),
        (WORKS, None, "------"),
        (actor("elsewhere", (Role.CENTRE, "350211103")), None, "------"),
        (actor("elsewhere", (Role.VILLAGE, "350211103001")), None, "------"),
    ],
)
def test_each_reads_the_boards_that_are_his(by: Actor, own: Membership | None, seen: str) -> None:
    assert sights(by, own) == seen


def test_who_holds_a_post_of_staff_beside_reads_as_staff() -> None:
    both = actor("courier", (Role.COURIER, "courier"), (Role.DEPARTMENT, "D04"))
    assert sights(both, OWN) == "------"


def test_corrections_are_the_offices_and_the_auditors() -> None:
    assert powers.require_corrector(CENTRE, TOWNSHIP) is Sight.FULL
    for by in (AUDITOR, COMMITTEE):
        assert powers.require_corrector(by, TOWNSHIP) is Sight.MASKED
    with pytest.raises(Forbidden):
        powers.require_corrector(VILLAGER, TOWNSHIP)
