"""An appeal undoes all of a decision, or nothing; and who presses at once, or dies, leaves all or nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden
from chalicelib.domain.fraud.terms import FindingState, Judgement, Penalty, Signal
from chalicelib.domain.points import transfers
from chalicelib.domain.points.terms import Kind
from chalicelib.services.fraud import findings
from chalicelib.services.points import posting
from chalicelib.store import history
from chalicelib.store.fraud import findings as store
from chalicelib.store.fraud import traces
from chalicelib.store.points import wallets
from chalicelib.store.reports import reports
from tests.builders import CENTRE, COMMITTEE, COURIER, NOW, TOWNSHIP
from tests.judging import (
    ACCOUNT,
    appeal,
    attempt,
    balance,
    decide,
    dying,
    earned,
    entries,
    follow,
    hear,
    raised,
    refused,
    then,
)
from tests.suspects import CENTRE2, FREEZE, P91, P92, WARN, order
from tests.suspicions import LATER, REJECTED, messages, stored

pytestmark = pytest.mark.usefixtures("staffed")


def test_an_upheld_appeal_lifts_all_of_it() -> None:
    earned()
    made = raised()
    decide(made, FREEZE)
    decide(made, order(Judgement.PENALISE, "r1", penalty=Penalty.DECEIT))
    follow("r1")
    assert balance() == -20
    appeal(made)
    assert messages(COMMITTEE.id) == messages(CENTRE2.id) == ["finding_appealed"] and messages() == []
    lifted = hear(made, True)
    follow("r1")
    assert (lifted.state, balance()) == (FindingState.LIFTED, 5)
    assert wallets.holding(ACCOUNT, ()).frozen_until is None
    correction = entries()[f"{made.id}.appeal#P92"]
    assert (correction.earned, correction.corrects) == (20, f"{made.id}#P92")
    assert messages(COURIER.id)[-1] == "finding_lifted_you"
    measures = traces.measures(COURIER.id)
    assert (measures.freezes, measures.penalised, measures.forfeited) == ({}, {}, {})


def test_what_was_given_back_before_is_not_given_twice() -> None:
    made = raised()
    decide(made, P92)
    hangs = transfers.moved(COURIER.id, 20, Kind.ADJUST, id=f"{made.id}#P92#w1", event_id="w1", at=LATER)
    posting.post([replace(hangs, corrects=f"{made.id}#P92")])
    appeal(made)
    hear(made, True)
    assert balance() == 0 and len(entries()) == 4
    assert entries()[f"{made.id}.appeal#P92#w1"].earned == -20


def test_another_findings_freeze_stays() -> None:
    made, other = raised(), raised(Signal.SPEED, "r2")
    decide(made, FREEZE)
    decide(other, order(Judgement.FREEZE, days=3))
    assert wallets.holding(ACCOUNT, ()).frozen_until == LATER + timedelta(days=30)
    appeal(made)
    hear(made, True)
    assert wallets.holding(ACCOUNT, ()).frozen_until == LATER + timedelta(days=3)


def test_a_refused_appeal_leaves_the_decision() -> None:
    made = raised()
    decide(made, P92)
    appeal(made)
    assert hear(made, False).state is FindingState.CONFIRMED
    assert (balance(), messages(COURIER.id)[-1]) == (-20, "finding_confirmed_you")


def test_a_freeze_that_was_appealed_in_vain_may_still_end_in_a_penalty() -> None:
    made = raised()
    decide(made, FREEZE)
    appeal(made)
    assert hear(made, False).state is FindingState.FROZEN
    assert refused(lambda: appeal(made)) == (Conflict, "nothing_to_appeal")
    (own,) = findings.mine(by=COURIER, now=then(made), limit=5, cursor=None).findings
    assert own.appeal_until is None
    decide(made, P92)
    appeal(made)
    assert hear(made, True).state is FindingState.LIFTED and balance() == 0


def test_who_decided_does_not_hear_the_appeal() -> None:
    made = raised()
    decide(made, WARN)
    appeal(made)
    assert refused(lambda: hear(made, True, CENTRE)) == (Forbidden, "finding_decided_by_you")
    assert hear(made, True, COMMITTEE).state is FindingState.LIFTED
    assert traces.measures(COURIER.id).warnings == {}


def test_a_lifted_warning_is_none_before_the_next_penalty() -> None:
    stored("r1", *REJECTED, at=LATER + timedelta(days=1), proven_false=True)
    warned = raised(Signal.FALSE_REPORT, "r0")
    decide(warned, WARN)
    appeal(warned)
    hear(warned, True)
    assert refused(lambda: decide(raised(Signal.FALSE_REPORT), P91)) == (Conflict, "warning_first")


def test_of_two_who_press_at_once_one_has_decided() -> None:
    made = raised()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda by: attempt(lambda: decide(made, P92, by)), (CENTRE, CENTRE2)))
    assert sorted(map(str, answers)) == sorted(["done", "finding_settled"])
    assert balance() == -20 and len(store.get(made.id).decisions) == 1


def test_two_findings_of_one_courier_decided_at_once_both_count() -> None:
    made = [raised(Signal.SPEED, f"r{number}") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: attempt(lambda: decide(one, P92)), made))
    for one in made:  # under contention somebody may have to press again
        attempt(lambda one=one: decide(one, P92))  # type: ignore[misc]
    assert set(answers) <= {"done", "changed_meanwhile", "store_contention"}
    assert balance() == -80 and len(traces.measures(COURIER.id).penalised) == 4


@pytest.mark.parametrize("at", range(1, 11))
def test_a_death_between_any_two_calls_leaves_all_or_nothing(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    earned()
    made, what = raised(), order(Judgement.PENALISE, "r1", penalty=Penalty.DECEIT)
    dying(monkeypatch, at, lambda: decide(made, what))
    if store.get(made.id).state is FindingState.OPEN:
        assert (len(entries()), messages(COURIER.id), len(history.of("r1"))) == (1, [], 2)
        decide(made, what)
    appeal(made)
    dying(monkeypatch, at, lambda: hear(made, True))
    if store.get(made.id).state is FindingState.APPEALED:
        assert balance() == -15 and reports.get("r1").version == 3
        hear(made, True)
    follow("r1")
    assert (store.get(made.id).state, balance(), traces.measures(COURIER.id).version) == (FindingState.LIFTED, 5, 2)


def test_what_waits_for_somebody_is_listed_first() -> None:
    old = raised(Signal.SPEED, "a")
    decide(raised(Signal.SPEED, "d"), FREEZE)
    decide(raised(Signal.SPEED, "b", raised_at=NOW + timedelta(minutes=1)), WARN)
    raised(Signal.SPEED, "c", state=FindingState.LAPSED)
    first = findings.listing(by=CENTRE, now=LATER, limit=1, cursor=None)
    assert [one.id for one in first.findings] == [old.id]
    rest = findings.listing(by=CENTRE, now=LATER, limit=5, cursor=first.cursor)
    told = [(one.subject, one.state) for one in rest.findings]
    assert told == [("d", "frozen"), ("b", "warned"), ("c", "lapsed")]
    assert rest.cursor is None and old.township == TOWNSHIP
