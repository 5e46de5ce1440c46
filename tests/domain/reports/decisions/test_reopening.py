"""Not solved after all: a closing that proves false is open again by itself, and counts for who had claimed it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.decisions import reopening
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.terms import Ruling
from tests.builders import CENTRE, COMMITTEE, COURIER, GRID_MEMBER, NOW, RULES, VILLAGE, VILLAGER, WORKS, report
from tests.deeds import PHOTO, do, handled, local, rung

S, A = Status, Action
FALSE = {"false_closing": True, "resolver": "department:D04"}


def resolved() -> Report:
    return do(handled(), A.RESOLVE, WORKS, text="已修", after_photos=PHOTO).report


def unchecked() -> Report:
    return rung(resolved(), local(12, 1))[-1].report


def itself(held: Report, **changes: object) -> Report | None:
    closed_at = held.ended_at or NOW
    change = reopening.by_itself(held, closed_at=closed_at, now=closed_at + timedelta(days=1), rules=RULES)
    return change.report if change else None


def test_a_recheck_that_finds_it_undone_counts_for_who_resolved_it() -> None:
    assert do(resolved(), A.REOPEN, GRID_MEMBER, text="未修").details == FALSE
    assert do(resolved(), A.REOPEN, COURIER, text="没修好").details == {}  # his word alone is no finding


def test_it_is_open_again_with_who_resolved_it_and_half_the_time() -> None:
    closed = do(resolved(), A.CONFIRM, GRID_MEMBER).report
    change = reopening.by_itself(closed, closed_at=NOW, now=local(11, 24, 8), rules=RULES)
    assert change is not None
    assert (change.action, change.as_role, change.actor_id) == (A.REOPEN, Party.TIMER, "")
    assert change.details == FALSE and change.before is closed
    after = change.report
    assert (after.status, after.holder) == (S.IN_HANDLING, Post(Role.DEPARTMENT, "D04"))
    assert after.due_at == local(11, 25, 12)  # twelve hours
    assert (after.reopened, after.ended_at, after.answered) == (0, None, False)  # the reporter's own right stays


def test_it_happens_once_and_not_to_a_later_closing() -> None:
    closed = do(resolved(), A.CONFIRM, GRID_MEMBER).report
    after = itself(closed)
    assert after is not None and itself(after) is None
    later = replace(closed, ended_at=NOW + timedelta(days=2))
    assert reopening.by_itself(later, closed_at=NOW, now=NOW + timedelta(days=3), rules=RULES) is None


def test_only_within_the_window() -> None:
    closed = do(resolved(), A.CONFIRM, GRID_MEMBER).report
    for late, opens in ((timedelta(days=15), True), (timedelta(days=15, seconds=1), False)):
        change = reopening.by_itself(closed, closed_at=NOW, now=NOW + late, rules=RULES)
        assert (change is not None) is opens


@pytest.mark.parametrize("status", sorted(set(Status) - {S.CLOSED}))
def test_nothing_but_a_closing_is_opened_again(status: Status) -> None:
    assert itself(report(status, ended_at=NOW)) is None


def test_a_reporter_who_denies_an_unchecked_closing_is_believed() -> None:
    closed = unchecked()
    denied = do(closed, A.CONFIRM, COURIER, solved=False).report
    assert reopening.denied(denied) and not reopening.denied(closed)
    assert not reopening.denied(do(closed, A.CONFIRM, COURIER, solved=True).report)
    before = do(resolved(), A.CONFIRM, COURIER, solved=False).report  # he had said so before it was closed
    assert reopening.denied(rung(before, local(12, 1))[-1].report)


def test_where_somebody_looked_his_word_moves_nothing_by_itself() -> None:
    closed = do(resolved(), A.CONFIRM, GRID_MEMBER).report
    assert not reopening.denied(do(closed, A.CONFIRM, COURIER, solved=False).report)


def test_what_was_closed_as_unsolved_nobody_had_claimed() -> None:
    """It was resolved once, reopened, and closed by the committee: the body that had resolved it then is not asked."""
    back = do(resolved(), A.REOPEN, GRID_MEMBER, text="未修").report
    hard = do(back, A.COORDINATE, CENTRE, text="难").report
    over = do(hard, A.DECIDE, COMMITTEE, decision=Ruling.CLOSE_UNSOLVED, text="暂时无法解决").report
    assert over.origin is not None and reopening.claimed_by(over) is None
    assert do(over, A.REOPEN, COURIER, text="还在").report.status is S.WITH_CENTRE


def test_the_village_gets_its_own_back() -> None:
    held = do(report(S.WITH_VILLAGE), A.RESOLVE, VILLAGER, text="已清", after_photos=PHOTO).report
    after = itself(do(held, A.CONFIRM, GRID_MEMBER).report)
    assert after is not None and after.holder == Post(Role.VILLAGE, VILLAGE)
