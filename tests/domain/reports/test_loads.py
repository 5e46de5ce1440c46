"""How much waits for somebody."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.reports.loads import load
from chalicelib.domain.reports.model import Report, Status
from tests.builders import GRID_MEMBER, NOW, SANITATION, report
from tests.deeds import handled

HOUR = timedelta(hours=1)  # it is 09:00 in Guankou


def due(hours: int, **changes: object) -> Report:
    return replace(report(), due_at=NOW + hours * HOUR, **changes)  # type: ignore[arg-type]


def test_what_is_due_today_is_not_overdue_and_tomorrow_is_neither() -> None:
    found = load([due(-1), due(0), due(14), due(15)], by=GRID_MEMBER, now=NOW)
    assert (found.total, found.overdue, found.due_today) == (4, 2, 1)


def test_what_is_new_came_to_its_stage_on_this_local_day() -> None:
    held = [due(1, entered_at=NOW), due(1, entered_at=NOW - 9 * HOUR), due(1, entered_at=NOW - 10 * HOUR)]
    assert load(held, by=GRID_MEMBER, now=NOW).fresh == 2


def test_statuses_and_who_has_it_are_counted() -> None:
    held = [due(1, assignee=GRID_MEMBER.id), due(1), due(1, assignee="other", status=Status.RESOLVED)]
    found = load(held, by=GRID_MEMBER, now=NOW)
    assert found.by_status == {Status.SUBMITTED: 2, Status.RESOLVED: 1}
    assert (found.mine, found.unassigned) == (1, 1)


def test_a_co_handler_is_late_with_his_own_part() -> None:
    helped = handled("D03")
    at = helped.parts[0].due_at
    assert load([helped], by=SANITATION, now=at).overdue == 1
    assert load([helped], by=SANITATION, now=at - HOUR / 60).overdue == 0


def test_nothing_waits() -> None:
    found = load([], by=GRID_MEMBER, now=NOW)
    assert (found.total, found.by_status, found.overdue) == (0, {}, 0)
