"""The auditor's views: by whom, page by page, at how many calls, and each look noted as his own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Person, Role
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.people import access, audit
from chalicelib.services.points import posting
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, EVERYONE, NOW, TOWNSHIP, actor
from tests.domain.points.test_caps import entry
from tests.lines import told

pytestmark = pytest.mark.usefixtures("rules")
A, S = Action, Status
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STEPS = ((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED))


def written(*lines: Event) -> None:
    for line in lines:
        transaction = Transaction()
        history.append(line, transaction)
        transaction.commit()


def posted(*entries: Transfer) -> None:
    for one in entries:
        posting.post([one])


def lines(limit: int = 50, **given: Any) -> list[tuple[str, int]]:
    """All pages of some lines: (report, number)."""
    found, cursor = [], None
    asked: dict[str, Any] = {"report": None, "day": None} | given
    while True:
        page = audit.history_lines(**asked, by=AUDITOR, now=NOW + 99 * DAY, limit=limit, cursor=cursor)
        found += [(line.report_id, line.number) for line in page.lines]
        if not (cursor := page.cursor):
            return found


def own_reads() -> list[tuple[What, str]]:
    return [
        (one.what, one.subject)
        for one in access.page(actor=AUDITOR.id, by=AUDITOR, now=NOW + 999 * DAY, limit=50, cursor=None).entries
        if one.what is not What.READ_ACCESS_LOG
    ]


def test_a_reports_history_is_read_from_its_beginning_page_by_page() -> None:
    written(*told(*STEPS), *told(subject="r2"))
    for limit in (1, 3, 4, 50):
        assert lines(limit, report="r1") == [("r1", number) for number in (1, 2, 3, 4)]
    assert lines(report="nobody") == []


def test_a_local_day_is_read_oldest_first_across_the_days_of_the_store() -> None:
    midnight = datetime(2026, 11, 24, tzinfo=ZONE)
    for number, at in enumerate((midnight - HOUR, midnight, midnight + 7 * HOUR, midnight + 9 * HOUR, midnight + DAY)):
        written(*told(subject=f"r{number}", at=at))
    for limit in (1, 2, 50):
        assert lines(limit, day="2026-11-24") == [("r1", 1), ("r2", 1), ("r3", 1)]


def test_lines_of_one_instant_are_neither_lost_nor_shown_twice_between_pages() -> None:
    written(*(told(subject=f"r{number}")[0] for number in range(7)))
    for limit in (1, 2, 3, 7):
        assert lines(limit, day="2026-11-23") == [(f"r{number}", 1) for number in range(7)]


def test_more_lines_of_one_instant_than_are_read_at_once_come_in_order_whichever_order_the_store_has() -> None:
    ids = [f"r{number:03}" for number in range(130)]
    written(*(told(subject=id)[0] for id in Random(1).sample(ids, len(ids))))
    assert lines(70, day="2026-11-23") == [(id, 1) for id in ids]


def test_another_townships_lines_are_not_shown() -> None:
    written(*told(township="350211103"))
    assert lines(report="r1") == [] and lines(day="2026-11-23") == []


@pytest.mark.parametrize("given", [{}, {"report": "r1", "day": "2026-11-23"}, {"day": "2026-02-30"}])
def test_history_is_asked_for_by_just_one_of_report_and_day(given: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        lines(**given)


@pytest.mark.parametrize("cursor", ["!", "W10", "WyJhIiwiYiIsMV0", "MTA"])
def test_a_cursor_that_is_none_is_refused(cursor: str) -> None:
    asks: list[Callable[..., Any]] = [
        lambda **given: audit.history_lines(report="r1", day=None, **given),
        lambda **given: audit.postings_within("2026-11-01", "2026-11-30", **given),
    ]
    for ask in asks:
        with pytest.raises(Invalid):
            ask(by=AUDITOR, now=NOW, limit=5, cursor=cursor)


def test_a_period_of_points_is_everybodys_newest_first_page_by_page() -> None:
    posted(*(entry(number, 1, None, hours=240 * number) for number in range(6)))
    found: list[str] = []
    cursor = None
    while True:
        page = audit.postings_within("2026-11-24", "2027-01-02", by=AUDITOR, now=NOW, limit=2, cursor=cursor)
        found += [str(one.report_id) for one in page.postings]
        if not (cursor := page.cursor):
            break
    assert found == ["r4", "r3", "r2", "r1"] and page.name is None


def test_the_bounds_of_a_period_are_local_days() -> None:
    midnight = datetime(2026, 11, 24, tzinfo=ZONE)
    shift = (midnight - NOW) / HOUR
    posted(*(entry(number, 1, None, hours=int(shift) + hours) for number, hours in enumerate((-1, 0, 23, 24))))
    page = audit.postings_within("2026-11-24", "2026-11-24", by=AUDITOR, now=NOW, limit=9, cursor=None)
    assert [one.report_id for one in page.postings] == ["r2", "r1"]


def test_a_couriers_points_bear_his_surname_alone() -> None:
    people.put(Person(id="c", name="王小二", phone="13800000001", posts=(), valid_from=NOW))
    posted(*(entry(number, 1, None) for number in range(5)))
    first = audit.postings_of("c", by=AUDITOR, now=NOW, limit=3, cursor=None)
    second = audit.postings_of("c", by=AUDITOR, now=NOW, limit=3, cursor=first.cursor)
    assert first.name == "王**" and (len(first.postings), len(second.postings), second.cursor) == (3, 2, None)
    with pytest.raises(NotFound):
        audit.postings_of("nobody", by=AUDITOR, now=NOW, limit=3, cursor=None)


def test_the_log_of_exports_tells_who_asked_fetched_and_took_back() -> None:
    acts = [(CENTRE, What.EXPORTED), (CENTRE, What.FETCHED_EXPORT), (ADMIN, What.WITHDREW_EXPORT)]
    for number, (by, what) in enumerate(acts):
        access.record(by, what, "e1", purpose="月度分析", now=NOW + number * HOUR)
        access.record(by, What.SAW_PERSON, "p1", now=NOW + number * HOUR)
    page = audit.exports(by=AUDITOR, now=NOW + DAY, limit=2, cursor=None)
    rest = audit.exports(by=AUDITOR, now=NOW + DAY, limit=2, cursor=page.cursor)
    assert [(one.actor_id, one.what, one.purpose) for one in (*page.entries, *rest.entries)] == [
        (by.id, what, "月度分析") for by, what in reversed(acts)
    ]


def test_every_look_is_noted_as_the_auditors_own() -> None:
    people.put(Person(id="c", name="王小二", phone="13800000001", posts=(), valid_from=NOW))
    ask: dict[str, Any] = {"by": AUDITOR, "limit": 5, "cursor": None}
    audit.history_lines(report="r1", day=None, now=NOW, **ask)
    audit.history_lines(report=None, day="2026-11-23", now=NOW + HOUR, **ask)
    audit.postings_within("2026-11-23", "2026-11-23", now=NOW + 2 * HOUR, **ask)
    audit.postings_of("c", now=NOW + 3 * HOUR, **ask)
    audit.exports(now=NOW + 4 * HOUR, **ask)
    assert own_reads()[::-1] == [
        (What.READ_HISTORY, "r1"),
        (What.READ_HISTORY, "day:2026-11-23"),
        (What.READ_LEDGER, TOWNSHIP),
        (What.READ_LEDGER, "c"),
        (What.READ_EXPORT_LOG, TOWNSHIP),
    ]


ELSEWHERE = actor("auditor2", (Role.AUDITOR, "350211103"))


@pytest.mark.parametrize("by", [*(one for one in EVERYONE if one != AUDITOR), ELSEWHERE], ids=lambda one: one.id)
def test_nobody_but_the_townships_auditor_reads_any_of_it(by: Actor) -> None:
    ask: dict[str, Any] = {"by": by, "now": NOW, "limit": 5, "cursor": None}
    asks: list[Callable[[], object]] = [
        lambda: audit.history_lines(report="r1", day=None, **ask),
        lambda: audit.postings_within("2026-11-23", "2026-11-23", **ask),
        lambda: audit.postings_of("c", **ask),
        lambda: audit.exports(**ask),
    ]
    for one in asks:
        with pytest.raises(Forbidden):
            one()
    assert access.about("r1", now=NOW + 99 * DAY, limit=5, cursor=None).entries == [], "what was refused was not read"


def test_each_view_is_a_query_and_a_note() -> None:
    written(*told(*STEPS))
    posted(entry(1, 10))
    people.put(Person(id="c", name="王小二", phone="13800000001", posts=(), valid_from=NOW))
    ask: dict[str, Any] = {"by": AUDITOR, "now": NOW, "limit": 5, "cursor": None}
    audit.exports(**ask)
    costs: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: audit.history_lines(report="r1", day=None, **ask), ["Query", "PutItem"]),
        (lambda: audit.postings_within("2026-11-01", "2026-11-30", **ask), ["Query", "PutItem"]),
        (lambda: audit.postings_of("c", **ask), ["GetItem", "Query", "PutItem"]),
        (lambda: audit.exports(**ask), ["Query", "PutItem"]),
        # A local day touches two days of the store, of four shards each.
        (
            lambda: audit.history_lines(report=None, day="2026-11-23", **ask),
            ["Query"] * 8 + ["BatchGetItem", "PutItem"],
        ),
    ]
    for view, cost in costs:
        with counted() as calls:
            view()
        assert sorted(calls.names) == sorted(cost)
