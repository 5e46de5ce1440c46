"""When a decision stands on nothing any longer: another verdict, and nothing but that."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.overturning import is_overturned, overturned
from chalicelib.domain.fraud.terms import FindingState, Signal
from chalicelib.domain.fraud.traces import Trace
from tests.builders import NOW
from tests.suspects import DAY, NUMBERS, finding, numbers, trace

FALSE: dict[str, Any] = {"true": False, "false": True}


def danger(id: str, at: int, **verdict: bool | None) -> Trace:
    return trace(id, klass="E", at=NOW + at * DAY, **verdict)


TWICE = replace(finding(Signal.FALSE_DANGER, "a", "b"), subject="b", state=FindingState.PENALISED)
TWICE = replace(TWICE, id=finding(Signal.FALSE_DANGER, "b").id)


def once(state: FindingState = FindingState.WARNED) -> Finding:
    return finding(state=state)


@pytest.mark.parametrize("state", FindingState)
def test_what_stands_is_overturned_once_its_report_is_true(state: FindingState) -> None:
    S = FindingState
    standing = {S.WARNED, S.FROZEN, S.PENALISED, S.APPEALED, S.CONFIRMED}
    assert is_overturned(once(state), [trace(true=True)], NUMBERS) is (state in standing)
    assert not is_overturned(overturned(once(state)), [trace(true=True)], NUMBERS)


def test_neither_an_objection_nor_what_was_forgotten_overturns() -> None:
    assert not is_overturned(once(), [trace()], NUMBERS)
    assert not is_overturned(once(), [trace(**FALSE)], NUMBERS)
    assert not is_overturned(once(), [trace("other", true=True)], NUMBERS)
    assert is_overturned(once(), [trace(true=False)], NUMBERS)  # invalid, but not a lie


def test_of_two_false_alarms_each_carries_the_finding() -> None:
    false = danger("b", 1, **FALSE)
    assert not is_overturned(TWICE, [danger("a", 0, **FALSE), false], NUMBERS)
    assert not is_overturned(TWICE, [danger("a", 0), false], NUMBERS)
    assert is_overturned(TWICE, [danger("a", 0, true=True), false], NUMBERS)
    assert is_overturned(TWICE, [danger("a", 0, **FALSE), danger("b", 1, true=True)], NUMBERS)
    assert not is_overturned(TWICE, [false], NUMBERS)  # the first one's trace has expired
    stricter = numbers(false_danger_times=3)
    assert not is_overturned(TWICE, [danger("a", 0, **FALSE), false], stricter)


def test_of_other_signals_a_verdict_says_nothing() -> None:
    speed = finding(Signal.SPEED, state=FindingState.WARNED)
    assert not is_overturned(speed, [trace(true=True)], NUMBERS)
