"""What proves false is open again by itself, and remembered against who had claimed it, on a real store."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.rechecks import sampling
from chalicelib.domain.rechecks.tasks import Finding, TaskState
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.reference import tables as reference
from chalicelib.services.reports.timers import FIRES
from chalicelib.store import history
from chalicelib.store.reports import rechecks as store
from chalicelib.store.reports import reports
from tests.builders import COURIER, GRID_MEMBER, NOW
from tests.drawn import LONG_AGO, act, closed, hear, looked, save, state
from tests.rechecking import EVERY_ONE, HOUR, resolved

pytestmark = pytest.mark.usefixtures("everyone_is_drawn", "riders")
A, S = Action, Status


def statuses() -> list[tuple[str, str]]:
    return [(line.action, line.standing.status) for line in history.of("r1")]


def test_found_undone_it_is_open_again_with_who_had_resolved_it() -> None:
    hear(closed())
    answer = looked(Finding.NOT_SOLVED)
    hear(answer, answer, now=NOW + 3 * HOUR)
    report, last = reports.get("r1"), history.of("r1")[-1]
    assert (report.status, report.department, report.reopened) == (S.IN_HANDLING, "D04", 0)
    assert (last.action, last.as_role, last.actor_id) == (A.REOPEN, "timer", "")
    assert last.details == {"false_closing": True, "resolver": "department:D04"}
    assert statuses() == [("confirm", "closed"), ("blind_recheck", "closed"), ("reopen", "in_handling")]


def test_a_reporter_who_denies_an_unchecked_closing_has_it_open_again() -> None:
    held = save(replace(resolved(), after_photos=()))
    late = NOW + timedelta(days=20)
    FIRES["head"]("r1", held.next_at or NOW, late)
    line = history.of("r1")[-1]
    assert (line.action, line.standing.status) == (A.FALL_DUE, S.CLOSED)
    hear(line, now=late)
    assert state() is TaskState.OPEN  # nobody has said anything yet
    answer = act(A.CONFIRM, COURIER, late + HOUR, solved=False)
    hear(answer, answer, now=late + HOUR)
    last = history.of("r1")[-1]
    assert (reports.get("r1").status, last.details["false_closing"]) == (S.IN_HANDLING, True)
    hear(last, now=late + HOUR)
    assert state() is TaskState.VOID


def test_who_had_denied_it_before_nobody_looked_need_not_do_so_again() -> None:
    held = save(replace(resolved(), after_photos=()))
    act(A.CONFIRM, COURIER, solved=False)
    late = NOW + timedelta(days=20)
    FIRES["head"]("r1", held.next_at or NOW, late)
    line = next(one for one in history.of("r1") if one.standing.status is S.CLOSED)
    hear(line, line, now=late)
    assert reports.get("r1").status is S.IN_HANDLING and state() is None


def test_where_somebody_looked_the_reporters_word_moves_nothing() -> None:
    hear(closed(), act(A.CONFIRM, COURIER, solved=False))
    assert reports.get("r1").status is S.CLOSED


def test_a_recheck_that_reopens_is_remembered_against_the_body() -> None:
    save(resolved())
    line = act(A.REOPEN, GRID_MEMBER, text="未修")
    hear(line, line)
    assert store.count_false("department:D04", since=NOW, until=NOW + HOUR) == 1
    assert store.count_false("department:D04", since=NOW + HOUR, until=NOW + 2 * HOUR) == 0
    assert store.count_false("department:D03", since=NOW, until=NOW + HOUR) == 0


def test_false_closings_make_the_next_one_more_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    shares: list[float] = []
    monkeypatch.setattr(sampling, "is_drawn", lambda _, percent: shares.append(percent))
    reference.publish("closing", EVERY_ONE.replace("100", "5").encode(), base=None, by="test", now=LONG_AGO)
    line = closed()
    hear(line)
    for number in (1, 2):
        store.note_false(f"old{number}", 7, "department:D04", NOW - timedelta(days=number))
    store.note_false("older", 7, "department:D04", NOW - timedelta(days=91))
    hear(line)
    assert shares == [20, 40]
