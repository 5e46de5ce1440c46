"""Where on couriers' rounds nobody has reported from."""

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.maps.gaps import Gap
from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.domain.places import Point
from chalicelib.gateways import cells
from chalicelib.services.maps import gaps
from chalicelib.services.maps.gaps import Answer
from chalicelib.store.maps import cells as store
from chalicelib.store.people import people
from tests.bench.calls import counted
from tests.builders import CENTRE, EVERYONE, GRID, NOW, TOWNSHIP, VILLAGE, actor
from tests.mapping import CELL

pytestmark = pytest.mark.usefixtures("rules")
OTHER, THIRD = "350211102004", "350211102003"


def on_round(id: str, *villages: str) -> None:
    posts = (Post(Role.COURIER, id),)
    people.put(Person(id=id, name="a", phone="", posts=posts, valid_from=NOW, villages=villages))


def asked(by: Actor = CENTRE, days: int | None = None, limit: int = 1000, cursor: str | None = None) -> Answer:
    return gaps.uncovered(days=days, by=by, now=NOW, limit=limit, cursor=cursor)


def test_every_cell_of_a_declared_village_is_a_gap_until_somebody_reports_from_it() -> None:
    on_round("a", VILLAGE)
    on_round("b", VILLAGE)
    before = asked()
    assert {gap.ground.village for gap in before.gaps} == {VILLAGE} and len(before.gaps) == 63
    assert {(gap.couriers, gap.last_day, gap.days) for gap in before.gaps} == {(2, None, None)}
    store.saw(TOWNSHIP, CELL, "2026-11-20")
    assert {gap.ground.cell for gap in before.gaps} - {gap.ground.cell for gap in asked().gaps} == {CELL}


def test_a_report_covers_its_cell_for_so_many_days() -> None:
    on_round("a", VILLAGE)
    store.saw(TOWNSHIP, CELL, "2026-11-20")
    assert len(asked(days=4).gaps) == 62 and len(asked(days=3).gaps) == 63
    last = asked(days=3).gaps[-1]
    assert (last.ground.cell, last.ground.grid, last.last_day, last.days) == (CELL, GRID, "2026-11-20", 3)


def test_villages_on_nobodys_round_are_told_apart() -> None:
    on_round("a", OTHER)
    found = asked()
    assert {gap.ground.village for gap in found.gaps} == {OTHER}
    assert {(one.village, one.cells) for one in found.unvisited} == {(VILLAGE, 63), (THIRD, 49)}
    assert all(one.name and one.name_en for one in found.unvisited)


def test_who_stops_leaves_his_villages_to_the_others() -> None:
    on_round("a", VILLAGE)
    on_round("b", VILLAGE)
    people.put(Person(id="a", name="a", phone="", posts=(), valid_from=NOW, villages=(VILLAGE,)))
    assert {gap.couriers for gap in asked().gaps} == {1}
    people.put(Person(id="b", name="b", phone="", posts=(), valid_from=NOW, villages=(VILLAGE,)))
    assert asked().gaps == [] and len(asked().unvisited) == 3


def test_a_wider_cell_is_covered_by_the_latest_report_from_any_of_its_parts() -> None:
    middle = cells.hexagon(cells.wider(CELL, 8)).centre
    north = Point(lat=middle.lat + 0.002, lon=middle.lon)
    for point, day in ((middle, "2026-11-01"), (north, "2026-11-20")):
        store.saw(TOWNSHIP, cells.map_cell(point), day)
    assert gaps._last_days(TOWNSHIP, 8) == {cells.wider(CELL, 8): "2026-11-20"}


def test_pages_follow_each_other() -> None:
    on_round("a", VILLAGE, OTHER)
    for number, gap in enumerate(asked().gaps[:40]):
        store.saw(TOWNSHIP, gap.ground.cell, f"2026-{1 + number % 9:02}-01")
    whole, cursor = asked(), None
    found: list[Gap] = []
    while len(found) < len(whole.gaps):
        page = asked(limit=50, cursor=cursor)
        found += page.gaps
        cursor = page.cursor
    assert found == whole.gaps and cursor is None and whole.cursor is None
    with pytest.raises(Invalid, match="bad_cursor"):
        asked(cursor="WyJhIl0")


def test_gaps_are_for_the_townships_centre() -> None:
    for somebody in [*EVERYONE, actor("elsewhere", (Role.CENTRE, "350211103"))]:
        if somebody is not CENTRE:
            with pytest.raises(Forbidden):
                asked(somebody)


def test_gaps_cost_two_queries() -> None:
    on_round("a", VILLAGE)
    asked()
    with counted() as calls:
        asked()
    assert calls.names == ["Query", "Query"]
