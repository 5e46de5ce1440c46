"""What a report's history leaves behind."""

from dataclasses import replace

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.fraud import traces
from chalicelib.domain.fraud.traces import Trace
from chalicelib.domain.reports.model import Action, Status
from tests.builders import GRID_MEMBER, report
from tests.lines import event, standing, told

A, S = Action, Status
FALSE = {"reason": "false", "proven": True}


def left(lines: list[Event]) -> Trace:
    return traces.trace(lines, report())


def judged(lines: list[Event]) -> tuple[int, int]:
    return left(lines).judged, left(lines).verified


def test_nothing_is_judged_before_somebody_looks() -> None:
    assert judged(told()) == (0, 0)


def test_what_is_verified_counts_with_who_verified_it() -> None:
    lines = told((A.VERIFY, S.WITH_VILLAGE))
    assert (judged(lines), left(lines).verifier) == ((1, 1), GRID_MEMBER.id)
    assert judged(told((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED))) == (1, 1)


def test_what_is_sent_on_unverified_was_held_to_be_true() -> None:
    assert judged(told((A.DISPATCH, S.DISPATCHED))) == (1, 1)


def test_a_rejected_one_counts_against_him_until_it_is_objected_to() -> None:
    lines = told((A.REJECT, S.INVALID))
    assert judged(lines) == (1, 0) and not left(lines).false
    again = told((A.REJECT, S.INVALID), (A.OBJECT, S.WITH_CENTRE))
    assert judged(again) == (0, 0)
    assert judged(told((A.REJECT, S.INVALID), (A.OBJECT, S.WITH_CENTRE), (A.VERIFY, S.WITH_CENTRE))) == (1, 1)


def test_false_is_remembered_by_its_reason_and_forgotten_with_the_verdict() -> None:
    first, rejected, objected = told((A.REJECT, S.INVALID), (A.OBJECT, S.WITH_CENTRE))
    rejected = replace(rejected, details=FALSE)
    confirmed = event(A.CONFIRM, standing(S.INVALID), standing(S.INVALID), number=3, details=FALSE)
    assert left([first, rejected]).false and left([first, rejected, confirmed]).false
    remark = event(A.COMMENT, standing(S.INVALID), standing(S.INVALID), number=3, details={})
    assert left([first, rejected, remark]).false
    assert not left([first, rejected, objected]).false


def test_what_was_taken_back_nobody_judged() -> None:
    assert judged(told((A.WITHDRAW, S.WITHDRAWN))) == (0, 0)


def test_a_forfeited_one_counts_against_him_until_it_is_restored() -> None:
    steps = ((A.VERIFY, S.WITH_VILLAGE), (A.FORFEIT, S.WITH_VILLAGE))
    assert judged(told(*steps)) == (1, 0)
    assert judged(told(*steps, (A.RESOLVE, S.RESOLVED))) == (1, 0)
    assert judged(told(*steps, (A.RESTORE, S.WITH_VILLAGE))) == (1, 1)


def test_a_clock_that_was_corrected_tells_no_place_in_time() -> None:
    assert traces.trace(told(), report(clock_skewed=True)).point is None


@pytest.mark.parametrize(
    ("line", "matters"),
    [
        (told()[0], True),
        (told((A.VERIFY, S.WITH_VILLAGE))[1], True),
        (told((A.COMMENT, S.SUBMITTED))[1], False),
        (event(A.FORFEIT, standing(S.CLOSED), standing(S.CLOSED)), True),
        (replace(told((A.VERIFY, S.WITH_VILLAGE))[1], earns=False), False),
    ],
)
def test_only_what_changes_a_couriers_report_matters(line: Event, matters: bool) -> None:
    assert traces.concerns(line) is matters
