"""Monthly reports: one of each period, frozen, made by hand or by the clock, corrected by the next."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.documents.monthly import Monthly, Part
from chalicelib.domain.errors import Busy, Forbidden, Invalid, KeyReused, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports.model import Action, Status
from chalicelib.gateways import lean_queues
from chalicelib.services.documents import monthly
from chalicelib.services.reference import tables
from chalicelib.store import history
from chalicelib.store.base import Transaction
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, COMMITTEE, DATA, DISTRICT, EVERYONE, TOWNSHIP, VILLAGE, actor
from tests.lines import told

pytestmark = pytest.mark.usefixtures("rules")
A, S = Action, Status
IN_NOVEMBER = datetime(2026, 11, 10, 9, tzinfo=ZONE)
AFTER = datetime(2026, 11, 26, 9, tzinfo=ZONE)  # the morning after the period of November
LATER = datetime(2026, 12, 26, 9, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOVEMBER = f"{TOWNSHIP}-2026-11"
KEY = Key(caller_id=CENTRE.id, key="k", fingerprint="f")


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The messages to the worker."""
    found: list[str] = []
    monkeypatch.setattr(lean_queues, "send", lambda queue, body, **_: found.append(f"{queue} {body}"))
    return found


def happened(*ids: str, at: datetime = IN_NOVEMBER, **changes: Any) -> None:
    """Reports that came in, and were counted."""
    from chalicelib.services.figures import figures

    for id in ids:
        for line in told(subject=id, at=at, **changes):
            transaction = Transaction()
            history.append(line, transaction)
            transaction.commit()
            figures.count(line)


def make(
    month: str | None = "2026-11", *, by: Actor = CENTRE, now: datetime = AFTER, key: Key | None = None
) -> Monthly:
    return monthly.make(month, key=key, by=by, now=now)


def filed(report: Monthly, part: Part = Part.WHOLE) -> dict[str, int]:
    return {row.key: row.counts.get("filed", 0) for row in report.rows if row.part is part}


def differences(report: Monthly) -> list[tuple[str, str, str, int, int]]:
    return [
        (one.month, one.part, one.column, one.before, one.after)
        for one in report.corrections
        if one.column == "filed" and one.part in (Part.WHOLE, Part.VILLAGE)
    ]


def test_a_report_counts_the_period_and_names_the_rules_behind_it() -> None:
    happened("r1", "r2")
    happened("early", at=datetime(2026, 10, 25, 23, 59, tzinfo=ZONE))
    happened("first", at=datetime(2026, 10, 26, tzinfo=ZONE))
    happened("last", at=datetime(2026, 11, 25, 23, 59, tzinfo=ZONE))
    happened("late", at=datetime(2026, 11, 26, tzinfo=ZONE))
    report = make()
    assert (report.id, report.first, report.last, report.made_by) == (NOVEMBER, "2026-10-26", "2026-11-25", "centre")
    assert report.as_of == AFTER and filed(report) == {"": 4}
    assert filed(report, Part.VILLAGE) == {VILLAGE: 4}
    assert {"taxonomy", "limits", "numbers", "calendar", "points_rules", "areas"} <= report.editions.keys()
    assert set(report.editions.values()) == {1}


def test_there_is_one_however_often_and_by_whomever_it_is_asked_for() -> None:
    happened("r1")
    first = make()
    happened("r2")
    assert make(by=COMMITTEE, now=LATER) == first == make(None) == monthly.get(NOVEMBER, by=CENTRE, now=LATER)
    assert filed(first) == {"": 1}, "what was frozen stays"


def test_the_same_key_is_the_same_report_and_of_another_month_is_refused() -> None:
    first = make(key=KEY)
    assert make(key=KEY) == first
    other = replace(KEY, fingerprint="g")
    with pytest.raises(KeyReused):
        make("2026-10", key=other)
    make("2026-10")
    with pytest.raises(KeyReused):
        make("2026-10", key=other)


def test_of_two_who_make_it_at_once_both_get_the_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.store.documents import documents

    happened("r1")
    theirs = make(by=COMMITTEE)
    real, asked = documents.monthly, []

    def blind(township: str, month: str) -> Monthly | None:
        asked.append(month)
        return None if asked.count("2026-11") == 1 and month == "2026-11" else real(township, month)

    monkeypatch.setattr(documents, "monthly", blind)
    assert make() == theirs


def test_a_period_that_is_not_over_or_is_none_is_refused() -> None:
    for month in ("2026-12", "2026-13"):
        with pytest.raises(Invalid):
            make(month)
    with pytest.raises(Invalid):
        make(now=datetime(2026, 11, 25, 23, tzinfo=ZONE))


@pytest.mark.parametrize("by", EVERYONE, ids=lambda one: one.id)
def test_centre_and_committee_make_it_and_who_leads_or_audits_reads_it(by: Actor) -> None:
    if by in (CENTRE, COMMITTEE):
        assert make(by=by)
    else:
        with pytest.raises(Forbidden):
            make(by=by)
    make()
    if by in (CENTRE, COMMITTEE, ADMIN, AUDITOR, DISTRICT):
        assert monthly.get(NOVEMBER, by=by, now=AFTER) and monthly.listing(by=by, limit=5, cursor=None, now=AFTER)
        assert monthly.corrections(NOVEMBER, by=by, now=AFTER) == []
    else:
        for read in (monthly.get, monthly.corrections):
            with pytest.raises(Forbidden):
                read(NOVEMBER, by=by, now=AFTER)


def test_of_another_township_there_is_none_to_see() -> None:
    make()
    for by in (actor("c", (Role.CENTRE, "350211103")), actor("d", (Role.DISTRICT, "350212"))):
        with pytest.raises(Forbidden):
            monthly.get(NOVEMBER, by=by, now=AFTER)
    for id in ("350211103-2026-11", f"{TOWNSHIP}-2026-10", f"{TOWNSHIP}-", "nonsense"):
        with pytest.raises(NotFound):
            monthly.get(id, by=CENTRE, now=AFTER)


def test_what_changed_since_is_told_on_asking_and_the_frozen_rows_stay() -> None:
    happened("r1")
    report = make()
    happened("r2")  # heard of late
    found = monthly.corrections(NOVEMBER, by=CENTRE, now=LATER)
    assert {(one.part, one.before, one.after) for one in found if one.column == "filed"} >= {
        (Part.WHOLE, 1, 2),
        (Part.VILLAGE, 1, 2),
    }
    assert monthly.get(NOVEMBER, by=CENTRE, now=LATER) == report


def test_the_next_report_tells_the_corrections_and_the_one_after_only_what_is_new() -> None:
    happened("r1")
    make()
    happened("r2")
    december = make("2026-12", now=LATER)
    assert differences(december) == [("2026-11", Part.WHOLE, "filed", 1, 2), ("2026-11", Part.VILLAGE, "filed", 1, 2)]
    january = make("2027-01", now=LATER + 31 * DAY)
    assert differences(january) == []
    happened("r3")
    february = make("2027-02", now=LATER + 62 * DAY)
    assert differences(february) == [("2026-11", Part.WHOLE, "filed", 2, 3), ("2026-11", Part.VILLAGE, "filed", 2, 3)]


def test_a_township_sets_the_first_day_and_no_day_is_lost() -> None:
    happened("r1")
    make()
    body = (DATA / "numbers.csv").read_text(encoding="utf-8").replace("month_first_day,26,", "month_first_day,1,")
    tables.publish("numbers", body.encode(), base=None, by="test", now=AFTER)
    december = make("2026-12", now=datetime(2027, 1, 1, 9, tzinfo=ZONE))
    assert (december.first, december.last) == ("2026-11-26", "2026-12-31")
    assert december.editions["numbers"] == 2


def test_the_clock_makes_it_on_the_morning_after_once_where_something_was_counted(sent: list[str]) -> None:
    happened("r1")
    assert monthly.make_due(now=AFTER - 2 * HOUR) == 0, "before eight"
    assert [monthly.make_due(now=AFTER + number * HOUR) for number in range(3)] == [1, 0, 0]
    assert sent == [f'exports {{"monthly":"{NOVEMBER}"}}']
    report = monthly.get(NOVEMBER, by=CENTRE, now=LATER)
    assert report.made_by == "" and filed(report) == {"": 1}


def test_where_nothing_was_counted_the_clock_makes_none_and_looks_no_more() -> None:
    assert monthly.make_due(now=AFTER) == 0
    with counted() as calls:
        assert monthly.make_due(now=AFTER + timedelta(seconds=30)) == 0
    assert calls.names == ["BatchGetItem"]
    with pytest.raises(NotFound):
        monthly.get(NOVEMBER, by=CENTRE, now=LATER)


def test_a_morning_that_was_missed_is_made_up_for_and_one_made_by_hand_is_left_alone() -> None:
    happened("r1")
    first = make()
    assert monthly.make_due(now=AFTER + 9 * DAY) == 0
    assert monthly.get(NOVEMBER, by=CENTRE, now=LATER) == first
    happened("r2", at=AFTER + DAY)
    assert monthly.make_due(now=LATER + 9 * DAY) == 1


def test_a_queue_that_takes_nothing_is_said_and_the_report_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise Busy("queue_busy")

    happened("r1")
    with monkeypatch.context() as broken:
        broken.setattr(lean_queues, "send", refuse)
        with pytest.raises(Busy):
            make()
        assert monthly.make_due(now=AFTER) == 0
    assert make().as_of == AFTER


def test_reports_are_listed_newest_first_page_by_page() -> None:
    for month in ("2026-08", "2026-10", "2026-09"):
        make(month)
    first = monthly.listing(by=CENTRE, limit=2, cursor=None, now=AFTER)
    second = monthly.listing(by=CENTRE, limit=2, cursor=first.cursor, now=AFTER)
    assert [one.month for one in (*first.documents, *second.documents)] == ["2026-10", "2026-09", "2026-08"]
    assert second.cursor is None
