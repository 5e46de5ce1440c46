"""The lane of couriers' own needs: what is open by deadline, then what has ended, for those whose it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.figures.columns import Column
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.riders import Wanted
from chalicelib.services.figures import figures
from chalicelib.services.people import erasure
from chalicelib.services.reports import changes, riders
from chalicelib.services.reports.riders import Lane
from chalicelib.store import cursors
from chalicelib.store.reports import listings, reports
from tests.bench.calls import counted
from tests.builders import (
    ADMIN,
    AUDITOR,
    CENTRE,
    COMMITTEE,
    COURIER2,
    DISTRICT,
    GRID_MEMBER,
    NOW,
    VILLAGE,
    VILLAGER,
    WORKS,
    actor,
)
from tests.lives import HOUR, Life

A, S = Action, Status


def kept(life: Life) -> Life:
    for change in life.changes:
        changes.store(change)
    figures.count(life.lines[-1])
    return life


@pytest.fixture
def lane(rules: None) -> Iterator[None]:
    """A suggestion, an older one, a confidential matter, two that have ended, and a hole in the road."""
    kept(Life("1202", id="new"))
    kept(Life("1202", id="old", now=NOW - 72 * HOUR))
    kept(Life("1203", id="secret", now=NOW - 48 * HOUR))
    kept(Life("1201", id="gone", now=NOW - 9 * HOUR).does(A.CANCEL, CENTRE, NOW - 8 * HOUR, text="重复"))
    kept(Life("1201", id="latest", now=NOW - 9 * HOUR).does(A.CANCEL, CENTRE, NOW - 7 * HOUR, text="重复"))
    kept(Life("0303", id="hole"))
    yield


def page(by: Actor, *, limit: int = 50, cursor: str | None = None, **wanted: Any) -> Lane:
    return riders.page(Wanted(**wanted), by=by, limit=limit, cursor=cursor, now=NOW)


def ids(found: Lane) -> list[str | None]:
    return [need.id for need in found.needs]


@pytest.mark.usefixtures("lane")
def test_what_is_open_comes_by_deadline_and_then_what_has_ended_latest_first() -> None:
    for by in (CENTRE, COMMITTEE, DISTRICT, AUDITOR, ADMIN):
        assert ids(page(by)) == ["old", "secret", "new", "latest", "gone"]
    first = page(CENTRE, limit=3)
    assert ids(page(CENTRE, limit=3, cursor=first.cursor)) == ["latest", "gone"]


@pytest.mark.usefixtures("lane")
def test_it_is_narrowed_by_kind_status_and_village() -> None:
    assert ids(page(CENTRE, kind="1203")) == ["secret"]
    assert ids(page(CENTRE, status=S.WITHDRAWN)) == ["latest", "gone"]
    assert len(page(CENTRE, village=VILLAGE).needs) == 5 and page(CENTRE, village="350211102004").needs == []


@pytest.mark.usefixtures("lane")
def test_the_words_of_a_confidential_matter_are_for_those_who_have_a_part_in_it() -> None:
    words = {by.id: {need.id: need.excerpt for need in page(by).needs} for by in (CENTRE, DISTRICT)}
    assert words["centre"]["secret"] and words["district"]["secret"] is None and words["district"]["new"]


@pytest.mark.usefixtures("lane")
def test_couriers_see_how_such_matters_stand_and_nothing_of_each_other() -> None:
    found = page(COURIER2)
    assert [(need.kind, need.status) for need in found.needs][:2] == [("1202", S.SUBMITTED), ("1202", S.SUBMITTED)]
    assert {(need.id, need.excerpt, need.department) for need in found.needs} == {(None, None, None)}


@pytest.mark.usefixtures("lane")
def test_a_confidential_need_is_not_in_couriers_lane_nor_in_their_figures() -> None:
    found = page(COURIER2)
    assert len(found.needs) == 4 and not any(need.confidential or need.kind == "1203" for need in found.needs)
    assert page(COURIER2, kind="1203").needs == []
    assert found.figures and found.figures.total.count(Column.FILED) == 4 and not found.figures.confidential
    assert "1203" not in {row.key for row in found.figures.rows}
    assert len(page(replace(COURIER2, posts=(*COURIER2.posts, *CENTRE.posts))).needs) == 5, "who is of the centre too"


@pytest.mark.usefixtures("lane")
def test_a_narrow_look_ends_short_after_so_many_and_its_cursor_leads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "LOOKED_AT", 2)
    for by in (CENTRE, COURIER2):
        found: list[Any] = []
        cursor, pages = None, 0
        while cursor or not pages:
            some = page(by, limit=2, cursor=cursor, status=S.WITHDRAWN)
            found, cursor, pages = found + some.needs, some.cursor, pages + 1
        assert [need.ended_at for need in found] == [NOW - 7 * HOUR, NOW - 8 * HOUR] and pages > 2


@pytest.mark.usefixtures("rules")
def test_sixty_that_are_not_wanted_cost_a_query_not_sixty() -> None:
    for number in range(60):
        kept(Life("1202", id=f"n{number}"))
    with counted() as seen:
        page(COURIER2, limit=1, status=S.TRANSFERRED)
    assert seen.names.count("Query") == 2, "one for the lane, one for its figures"


@pytest.mark.usefixtures("rules")
def test_a_cursor_names_no_report_also_where_many_share_a_deadline() -> None:
    for number in range(7):
        kept(Life("1202", id=f"need-{number}"))
    found, cursor = [], None
    while True:
        some = page(CENTRE, limit=2, cursor=cursor)
        found += ids(some)
        if not (cursor := some.cursor):
            break
        assert "need-" not in str(cursors.opened(cursor, Any))
    assert sorted(map(str, found)) == [f"need-{number}" for number in range(7)]


@pytest.mark.usefixtures("rules")
def test_a_cursor_that_is_none_is_refused() -> None:
    for bad in ("!", cursors.sealed(["", 0]), cursors.sealed(["x", -1])):
        with pytest.raises(Invalid):
            page(COURIER2, cursor=bad)


@pytest.mark.usefixtures("lane")
def test_it_is_not_for_others() -> None:
    elsewhere = (actor("x", (Role.CENTRE, "350211103")), actor("y", (Role.DISTRICT, "350212")))
    for by in (VILLAGER, GRID_MEMBER, WORKS, *elsewhere):
        with pytest.raises(Forbidden):
            page(by)


@pytest.mark.usefixtures("lane")
def test_its_figures_are_those_of_its_kinds_and_stand_on_the_first_page() -> None:
    found = page(CENTRE, limit=2)
    assert found.figures and found.figures.total.count(Column.FILED) == 5
    assert found.figures.total.count(Column.CANCELLED) == 2
    assert page(CENTRE, limit=2, cursor=found.cursor).figures is None


@pytest.mark.usefixtures("lane")
def test_it_costs_two_queries_and_a_further_page_one() -> None:
    cursor = page(CENTRE, limit=2).cursor
    for given, calls in ((None, ["Query", "Query"]), (cursor, ["Query"])):
        with counted() as seen:
            page(CENTRE, limit=2, cursor=given)
        assert seen.names == calls


@pytest.mark.usefixtures("rules")
def test_a_matter_comes_and_goes_with_its_kind() -> None:
    life = kept(Life(id="r"))
    assert ids(page(CENTRE)) == []
    for kind, expected in (("1202", ["r"]), ("0303", [])):
        life.does(A.RECLASSIFY, CENTRE, NOW + timedelta(minutes=5), kind=kind, text="换类")
        changes.store(life.changes[-1])
        assert ids(page(CENTRE)) == expected


@pytest.mark.usefixtures("lane")
def test_what_is_forgotten_is_forgotten_here_too() -> None:
    assert erasure.text(reports.get("gone"), dry=False)
    assert {need.id: need.excerpt for need in page(CENTRE).needs}["gone"] == ""
