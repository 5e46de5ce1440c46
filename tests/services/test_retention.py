"""What is kept too long is forgotten: by its day, whole, once, and however often a run breaks off."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.people.access import What
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.retention import Way
from chalicelib.services import retention
from chalicelib.services.people import erasure
from chalicelib.store import history
from chalicelib.store import retention as store
from chalicelib.store.base import Transaction
from chalicelib.store.people import access
from chalicelib.store.reports import reports
from tests.builders import NOW, report
from tests.lines import event, standing
from tests.retained import DAY, HOUR, after, ended, is_anonymous, run, short_terms

pytestmark = pytest.mark.usefixtures("short_terms")
__all__ = ["short_terms"]


def test_a_day_before_its_time_nothing_goes() -> None:
    ended()
    tally = run(after("report_text") - DAY)["report_text"]
    assert (tally.count, tally.whole) == (0, True) and not is_anonymous("r1")


def test_what_was_reopened_is_not_due_until_it_ends_again() -> None:
    head = ended()
    transaction = Transaction()
    reports.put(replace(head, ended_at=NOW + 3 * DAY, version=2), transaction=transaction)
    was = standing(Status.RESOLVED)
    again = event(Action.CONFIRM, was, standing(Status.CLOSED), number=4, at=NOW + 3 * DAY, id="r1#000004")
    history.append(again, transaction)
    transaction.commit()
    assert run(after("report_text"))["report_text"].count == 0 and not is_anonymous("r1")
    assert run(after("report_text", NOW + 3 * DAY))["report_text"].count == 1 and is_anonymous("r1")


def test_what_is_still_open_stays() -> None:
    head = ended()
    transaction = Transaction()
    reports.put(replace(report(Status.IN_HANDLING), version=2, reporter_id=head.reporter_id), transaction=transaction)
    transaction.commit()
    assert run(after("report_text"))["report_text"].count == 0 and not is_anonymous("r1")


def test_a_dry_run_tells_what_is_due_and_changes_nothing() -> None:
    for number in range(3):
        ended(f"r{number}", NOW + number * DAY)
    for _ in range(2):
        tally = run(after("report_text", NOW + DAY), dry=True)["report_text"]
        assert (tally.count, tally.oldest, tally.newest) == (2, NOW, NOW + DAY)
    assert not is_anonymous("r0") and store.position("report_text") is None
    assert access.of("report_text", limit=5) == []


def test_kinds_that_end_by_themselves_or_are_not_kept_yet_are_told() -> None:
    told = run(NOW, dry=True)
    assert {kind for kind, tally in told.items() if tally.way is Way.EXPIRES} == {
        "access_log",
        "redemption",
        "sms_code",
        "export_file",
        "handout",
        "finding",
        "finding_dismissed",
        "points_decision",
        "team_application",
        "guardian_consent",
        "mediation",
        "volunteer_hours",
        "parked_draft",
    }
    assert {kind for kind, tally in told.items() if tally.way is Way.NOTHING} == {
        "door_photo",
    }


def test_days_without_a_run_are_caught_up_and_a_second_run_finds_nothing() -> None:
    ended("r1", NOW)
    run(after("report_text", NOW))
    for number in range(2, 5):
        ended(f"r{number}", NOW + number * 4 * DAY)
    late = after("report_text", NOW + 20 * DAY)
    assert run(late)["report_text"].count == 3 and all(is_anonymous(f"r{number}") for number in range(1, 5))
    assert run(late + HOUR)["report_text"].count == 0


def test_a_run_that_has_no_time_left_is_continued_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 3)  # lines: one report a page
    for number in range(4):
        ended(f"r{number}", NOW + number * DAY)
    now, rounds = after("report_text", NOW + 4 * DAY), 0
    counts, whole = 0, False
    while not whole and rounds < 10:
        tally = retention._reports(_term(), retention.Run(now=now, dry=False, may_go_on=_pages(1)))
        counts, whole, rounds = counts + tally.count, tally.whole, rounds + 1
    assert (counts, whole) == (4, True) and rounds > 3
    assert all(is_anonymous(f"r{number}") for number in range(4))


def _term() -> Any:
    from chalicelib.domain import retention as rules

    return rules.Term(kind="report_text", days=10, begins="report ended", then=rules.Then.ANONYMISE)


def _pages(number: int) -> Callable[[], bool]:
    left = iter([True] * number)
    return lambda: next(left, False)


class Crash(Exception):
    """The machine is gone."""


@pytest.mark.parametrize("step", ["lines", "head", "position"])
def test_a_crash_anywhere_is_made_good_by_the_next_run(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    ended()
    broken = {"lines": (history, "strip"), "head": (reports, "erase_text"), "position": (store, "move")}[step]
    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(*broken, crash)
        run(after("report_text"))
    run(after("report_text") + HOUR)
    assert is_anonymous("r1") and reports.get_whole("r1")[1] == "" and store.position("report_text")


def test_one_that_fails_keeps_nobody_waiting_and_is_tried_first_next_time() -> None:
    ended("r1")
    ended("r2")

    def fails(report: Report, *, dry: bool) -> bool:
        if report.id == "r1":
            raise Crash
        return erasure.text(report, dry=dry)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(erasure.OF_REPORTS, "report_text", fails)
        tally = run(after("report_text"))["report_text"]
        assert (tally.count, tally.failed) == (2, 1) and is_anonymous("r2") and not is_anonymous("r1")
        assert run(after("report_text") + HOUR)["report_text"].failed == 1
    assert store.left("report_text", limit=5) == ["r1"]
    tally = run(after("report_text") + 2 * HOUR)["report_text"]
    assert (tally.count, tally.failed) == (1, 0) and is_anonymous("r1")
    assert store.left("report_text", limit=5) == []


def test_what_failed_and_was_reopened_is_let_go() -> None:
    ended("r1")
    store.leave("report_text", "r1", now=NOW)
    assert run(NOW)["report_text"].count == 0
    assert store.left("report_text", limit=5) == [] and not is_anonymous("r1")


def test_a_run_is_one_line_a_kind_in_the_access_record() -> None:
    for number in range(3):
        ended(f"r{number}", NOW + number * DAY)
    run(after("report_text", NOW + 2 * DAY))
    [line] = access.of("report_text", limit=5)
    assert (line.actor_id, line.what) == ("retention", What.RAN_RETENTION)
    assert (line.details["count"], line.details["failed"]) == (3, 0)


def test_two_runs_at_once_do_not_get_in_each_others_way() -> None:
    from chalicelib.domain.errors import StaleVersion

    ended()
    transaction = Transaction()
    store.move("report_text", before=None, to=NOW, transaction=transaction)
    transaction.commit()
    late = Transaction()
    store.move("report_text", before=None, to=NOW - DAY, transaction=late)
    with pytest.raises(StaleVersion):
        late.commit()
