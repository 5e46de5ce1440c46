"""What comes back is linked to its closing, in whatever order the two are heard of."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.places import Point
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.services.reports import findable, recurrences
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.reports import reports
from tests.builders import NOW, report
from tests.lines import event, standing

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)
SECRET = "0801"


def stored(made: Report) -> Report:
    """In the store, to be found by its place, as intake and the acts do it."""
    transaction = Transaction()
    reports.put(replace(made, version=1), transaction=transaction)
    findable.enter(made, transaction)
    transaction.commit()
    return made


def closed(id: str = "old", at: datetime = NOW, **changes: Any) -> tuple[Report, Event]:
    """A report that was closed, and the line that says so."""
    made = stored(report(Status.CLOSED, id=id, ended_at=at, created_at=at - DAY, **changes))
    kind = made.nature.kind
    line = event(Action.CONFIRM, standing(Status.RESOLVED, kind=kind), standing(Status.CLOSED, kind=kind), at=at)
    return made, replace(line, subject_id=id)


def submitted(id: str = "new", at: datetime = NOW + 5 * DAY, **changes: Any) -> tuple[Report, Event]:
    """A report that came in, and the line that says so."""
    made = stored(report(Status.SUBMITTED, id=id, created_at=at, **changes))
    line = event(Action.SUBMIT, None, standing(Status.SUBMITTED, kind=made.nature.kind), number=1, at=at)
    return made, replace(line, subject_id=id)


def hear(*lines: Event) -> None:
    for line in lines:
        recurrences.follow(line, now=NOW + 6 * DAY)


def links(id: str = "new") -> str | None:
    return reports.get(id).recurrence_of


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0, 1), (1, 1, 0, 0)])
def test_it_is_linked_once_in_any_order_and_however_often_it_is_told(order: tuple[int, ...]) -> None:
    lines = [closed()[1], submitted()[1]]
    hear(*(lines[n] for n in order))
    assert links() == "old"
    assert [line.action for line in history.of("new")] == [Action.LINK_RECURRENCE]


def test_it_is_linked_to_the_last_closing() -> None:
    for line in (closed("first", NOW - 3 * DAY)[1], closed("second", NOW)[1]):
        hear(line)
    hear(submitted()[1])
    assert links() == "second" and links("second") == "first"


def test_what_is_far_late_or_of_another_kind_is_not_linked() -> None:
    old, line = closed()
    moved = replace(old.place, point=Point(lat=24.6095, lon=117.9795))  # 110 m
    hear(line, submitted("far", place=moved)[1], submitted("late", NOW + 31 * DAY)[1])
    hear(submitted("other", kind="0201")[1])
    assert [links(id) for id in ("far", "late", "other")] == [None] * 3


def test_what_was_reopened_meanwhile_is_no_closing() -> None:
    old, line = closed()
    hear(line)
    transaction = Transaction()
    reports.put(replace(report(Status.IN_HANDLING, id="old"), version=2), transaction=transaction)
    transaction.commit()
    hear(submitted()[1])
    assert links() is None and old.ended_at


def test_a_kind_that_becomes_known_later_is_looked_up_then() -> None:
    hear(closed()[1])
    made = stored(report(Status.WITH_CENTRE, id="new", created_at=NOW + DAY))
    line = event(Action.VERIFY, standing(Status.SUBMITTED, kind=None), standing(Status.WITH_CENTRE), at=NOW + 2 * DAY)
    hear(replace(line, subject_id=made.id))
    assert links() == "old"


def test_confidential_reports_and_those_without_a_place_are_left_alone() -> None:
    nowhere = replace(report().place, point=None)
    hear(closed("secret", kind=SECRET)[1], closed("nowhere", place=nowhere)[1])
    hear(submitted("a", kind=SECRET)[1], submitted("b", place=nowhere)[1], submitted("c", kind=None)[1])
    assert [links(id) for id in "abc"] == [None] * 3


def test_nothing_nearby_costs_one_head_and_a_query_a_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.store import base

    _, line = submitted()
    hear(line)  # the rules are read
    calls: list[str] = []
    real = base.Client._make_api_call

    def counted(self: base.Client, operation: str, kwargs: dict[str, Any]) -> Any:
        calls.append(operation)
        return real(self, operation, kwargs)

    monkeypatch.setattr(base.Client, "_make_api_call", counted)
    hear(line)
    assert calls == ["GetItem", "Query"]
