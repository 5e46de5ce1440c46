"""A report that turns out true lifts what was decided on it, once, whatever comes twice or late; to object does not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import FindingState, Judgement, Penalty, Signal
from chalicelib.domain.reports.model import Action, Status
from chalicelib.store import history
from chalicelib.store.fraud import findings, traces
from chalicelib.store.reference import reference
from chalicelib.store.reports import reports
from tests.builders import COURIER
from tests.conftest import _empty, _publish
from tests.histories import happened
from tests.judging import balance, decide, entries
from tests.lines import event, standing
from tests.suspects import HOUR, WARN, order
from tests.suspicions import LATER, REJECTED, hear, messages, only, put, staff, stored

pytestmark = pytest.mark.usefixtures("staffed")
A, S = Action, Status


def penalised() -> Finding:
    """A false report that cost points, the finding about it, and a warning for one before."""
    hear(stored("r0", *REJECTED))
    decide(only(Signal.FALSE_REPORT), WARN)
    hear(stored("r1", *REJECTED, at=LATER + HOUR, proven_false=True))
    decide(made := only(Signal.FALSE_REPORT), order(Judgement.PENALISE, "r1", penalty=Penalty.FALSE))
    assert balance() == -10
    return made


OBJECTED = event(A.OBJECT, standing(S.INVALID), standing(S.WITH_CENTRE), number=4, subject_id="r1")
TRUE = event(A.DISPATCH, standing(S.WITH_CENTRE), standing(S.DISPATCHED), number=5, subject_id="r1")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_penalty_for_what_turns_out_true_is_given_back_once(staffed: None, tables: str, data: Any) -> None:
    _empty(tables)
    _publish()
    reference.forget()
    staff()
    made = penalised()
    happened([OBJECTED, TRUE])
    report = reports.get("r1")
    for version in (4, 5):
        put(replace(report, version=version))
    hear(data.draw(st.permutations(history.of("r1") * 2)))
    assert findings.get(made.id).state is FindingState.OVERTURNED and balance() == 0
    correction = entries()[f"{made.id}.appeal#P91"]
    assert correction.corrects == f"{made.id}#P91" and correction.zh.startswith("核实结论已改变：退回所扣的10分")
    assert messages(COURIER.id).count("finding_overturned_you") == 1
    measures = traces.measures(COURIER.id)
    assert (measures.penalised, measures.forfeited, len(measures.warnings)) == ({}, {}, 1)
    last = history.of("r1")[-1]
    assert (last.action, last.actor_id, last.internal) == ("restore", "", True)


def test_to_object_alone_lifts_no_penalty() -> None:
    made = penalised()
    happened([OBJECTED])
    hear([OBJECTED])
    assert findings.get(made.id).state is FindingState.PENALISED and balance() == -10
    again = event(A.REJECT, standing(S.WITH_CENTRE), standing(S.INVALID), number=5, subject_id="r1")
    happened([again := replace(again, details={"reason": "false"})])
    hear([again])
    assert findings.get(made.id).version == 2 and balance() == -10


def test_what_was_overturned_is_kept_as_long_as_what_was_decided() -> None:
    made = penalised()
    happened([OBJECTED, TRUE])
    for version in (4, 5):
        put(replace(reports.get("r1"), version=version))
    hear([OBJECTED, TRUE])
    assert findings.get(made.id).state is FindingState.OVERTURNED
    assert findings.FindingItem.get(made.id).expires_at == (LATER + timedelta(days=1095)).timestamp()
