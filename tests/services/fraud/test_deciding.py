"""What a person decides follows at once and once: penalty, freeze, points taken back, an appeal that undoes it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Conflict, DomainError, Forbidden, NotFound, StaleVersion
from chalicelib.domain.fraud.decisions import Order
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import Deed, Penalty, Signal, State
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points.transfers import Transfer, account
from chalicelib.services.fraud import appeals, deciding, findings
from chalicelib.services.points import points, posting
from chalicelib.services.points.posting import Spending
from chalicelib.store import base, history
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings as store
from chalicelib.store.fraud import traces
from chalicelib.store.points import ledger, wallets
from chalicelib.store.reports import reports
from tests.builders import CENTRE, COMMITTEE, COURIER, NOW, TOWNSHIP
from tests.suspects import CENTRE2, DISMISS, FREEZE, P91, P92, WARN, finding, order
from tests.suspicions import LATER, REJECTED, VERIFIED, messages, stored

pytestmark = pytest.mark.usefixtures("staffed")
ACCOUNT = account(COURIER.id)


def raised(signal: Signal = Signal.SPEED, *named: str, **changes: Any) -> Finding:
    """A finding in the store."""
    made, transaction = finding(signal, *named, **changes), Transaction()
    store.put(made, transaction)
    transaction.commit()
    return made


def then(found: Finding) -> datetime:
    """A minute after whatever was last done about it."""
    return LATER + timedelta(minutes=store.get(found.id).version - 1)


def decide(found: Finding, what: Order, by: Actor = CENTRE, **how: Any) -> Finding:
    how = {"version": None, "key": None} | how
    return deciding.decide(found.id, what, by=by, now=then(found), **how)


def appeal(found: Finding) -> Finding:
    return appeals.appeal(found.id, "我当时就在现场", key=None, by=COURIER, now=then(found))


def hear(found: Finding, upheld: bool, by: Actor = CENTRE2) -> Finding:
    return appeals.hear(found.id, upheld=upheld, reason="已复核", version=None, key=None, by=by, now=then(found))


def entries() -> dict[str, Transfer]:
    return {one.id: one for one in ledger.page(ACCOUNT, limit=50, before=None)}


def balance() -> int:
    return wallets.get(ACCOUNT).balance


def follow(*ids: str) -> None:
    """The points of these reports, as their whole histories tell, each line twice."""
    for id in ids:
        for line in history.of(id) * 2:
            points.follow(line, now=LATER)


def earned(id: str = "r1") -> None:
    stored(id, *VERIFIED)
    follow(id)


def refused(deed: Callable[[], object]) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as error:
        deed()
    return type(error.value), error.value.rule


def test_a_warning_is_remembered_and_told_with_its_reason() -> None:
    stored("r0", *REJECTED)
    warned = decide(first := raised(Signal.FALSE_REPORT, "r0"), WARN)
    assert (warned.state, warned.decisions[0].by) == (State.WARNED, CENTRE.id)
    assert messages(COURIER.id) == ["finding_warned_you"]
    assert traces.measures(COURIER.id).warnings.keys() == {first.id}
    assert entries() == {}


def test_points_for_a_false_report_are_taken_only_after_a_warning_and_once_it_is_proven() -> None:
    stored("r1", *REJECTED, proven_false=True)
    made = raised(Signal.FALSE_REPORT)
    assert refused(lambda: decide(made, P91)) == (Conflict, "warning_first")
    decide(raised(Signal.FALSE_REPORT, "r0"), WARN)
    done = decide(made, P91)
    assert done.state is State.PENALISED and balance() == -10
    entry = entries()[f"{made.id}#P91"]
    assert (entry.earned, entry.kind, entry.report_id, entry.event_id) == (-10, "award", "r1", made.id)
    assert entry.zh.startswith("虚假上报：扣10分")
    assert set(messages(COURIER.id)) == {"finding_warned_you", "finding_penalised_you"}


def test_what_the_centre_has_not_confirmed_as_false_costs_nothing() -> None:
    stored("r1", *REJECTED)
    decide(raised(Signal.FALSE_REPORT, "r0"), WARN)
    assert refused(lambda: decide(raised(Signal.FALSE_REPORT), P91)) == (Conflict, "not_proven_false")
    assert entries() == {}


def test_deceit_costs_twenty_and_what_the_report_gave() -> None:
    earned()
    assert balance() == 5
    done = decide(raised(), order(Deed.PENALISE, "r1", penalty=Penalty.DECEIT))
    assert done.decisions[0].forfeited == ("r1",)
    follow("r1")
    assert balance() == -20
    (line,) = [line for line in history.of("r1") if line.action == "forfeit"]
    assert (line.internal, line.actor_id, line.details) == (True, CENTRE.id, {"finding": done.id})


def test_a_freeze_refuses_redeeming_and_ends_by_itself() -> None:
    earned()
    decide(raised(), FREEZE)

    def redeem(now: datetime) -> None:
        transaction = Transaction()
        posting.spend(Spending(courier_id=COURIER.id, points=5, event_id=f"x{now.day}", at=now), transaction)
        transaction.commit()

    assert refused(lambda: redeem(LATER)) == (Conflict, "wallet_frozen")
    redeem(LATER + timedelta(days=30))
    assert balance() == 0


def test_a_dismissed_freeze_is_lifted_at_once() -> None:
    made = raised()
    decide(made, FREEZE)
    assert wallets.holding(ACCOUNT, ()).frozen_until == LATER + timedelta(days=30)
    decide(made, DISMISS)
    assert wallets.holding(ACCOUNT, ()).frozen_until is None
    assert messages(COURIER.id) == ["finding_frozen_you", "finding_dismissed_you"]


def test_who_is_suspected_hears_nothing_of_what_is_dismissed() -> None:
    made = raised()
    decide(made, DISMISS)
    assert messages(COURIER.id) == []
    assert findings.mine(by=COURIER, now=LATER, limit=10, cursor=None).findings == []
    assert refused(lambda: appeal(made)) == (NotFound, "no_such_finding")


def test_an_upheld_appeal_lifts_all_of_it() -> None:
    earned()
    made = raised()
    decide(made, FREEZE)
    decide(made, order(Deed.PENALISE, "r1", penalty=Penalty.DECEIT))
    follow("r1")
    assert balance() == -20
    appeal(made)
    assert messages(COMMITTEE.id) == messages(CENTRE2.id) == ["finding_appealed"] and messages() == []
    lifted = hear(made, True)
    follow("r1")
    assert (lifted.state, balance()) == (State.LIFTED, 5)
    assert wallets.holding(ACCOUNT, ()).frozen_until is None
    correction = entries()[f"{made.id}.appeal#P92"]
    assert (correction.earned, correction.corrects) == (20, f"{made.id}#P92")
    assert messages(COURIER.id)[-1] == "finding_lifted_you"
    measures = traces.measures(COURIER.id)
    assert (measures.freezes, measures.penalised, measures.forfeited) == ({}, {}, {})


def test_another_findings_freeze_stays() -> None:
    made, other = raised(), raised(Signal.SPEED, "r2")
    decide(made, FREEZE)
    decide(other, order(Deed.FREEZE, days=3))
    assert wallets.holding(ACCOUNT, ()).frozen_until == LATER + timedelta(days=30)
    appeal(made)
    hear(made, True)
    assert wallets.holding(ACCOUNT, ()).frozen_until == LATER + timedelta(days=3)


def test_a_refused_appeal_leaves_the_decision() -> None:
    made = raised()
    decide(made, P92)
    appeal(made)
    assert hear(made, False).state is State.CONFIRMED
    assert (balance(), messages(COURIER.id)[-1]) == (-20, "finding_confirmed_you")


def test_who_decided_does_not_hear_the_appeal() -> None:
    made = raised()
    decide(made, WARN)
    appeal(made)
    assert refused(lambda: hear(made, True, CENTRE)) == (Forbidden, "finding_decided_by_you")
    assert hear(made, True, COMMITTEE).state is State.LIFTED
    assert traces.measures(COURIER.id).warnings == {}


def test_a_lifted_warning_is_none_before_the_next_penalty() -> None:
    stored("r1", *REJECTED, proven_false=True)
    warned = raised(Signal.FALSE_REPORT, "r0")
    decide(warned, WARN)
    appeal(warned)
    hear(warned, True)
    assert refused(lambda: decide(raised(Signal.FALSE_REPORT), P91)) == (Conflict, "warning_first")


def test_two_findings_take_a_reports_points_once() -> None:
    earned()
    first, second = raised(), raised(Signal.PHOTO_SAME)
    decide(first, order(Deed.WARN, "r1"))
    assert decide(second, order(Deed.WARN, "r1")).decisions[0].forfeited == ()
    follow("r1")
    assert balance() == 0 and len(history.of("r1")) == 3
    assert refused(lambda: decide(raised(Signal.PHOTO_TIME, "r2"), order(Deed.WARN, "r1")))[1] == "not_in_finding"


def test_a_report_of_somebody_else_loses_nothing() -> None:
    stored("r1", *VERIFIED, reporter_id="courier2")
    assert refused(lambda: decide(raised(), order(Deed.WARN, "r1"))) == (Conflict, "not_his_report")
    assert store.get(finding(Signal.SPEED).id).state is State.OPEN


def test_staff_are_warned_but_have_no_points_to_lose() -> None:
    about = raised(Signal.RECHECK, person_id="works")
    assert refused(lambda: decide(about, FREEZE)) == (Conflict, "finding_not_couriers")
    assert refused(lambda: decide(about, P92)) == (Conflict, "finding_not_couriers")
    decide(about, WARN)
    assert messages("works") == ["finding_warned_you"]


def test_somebody_who_read_an_older_version_is_told_so() -> None:
    assert refused(lambda: decide(raised(), WARN, version=7)) == (StaleVersion, "stale_version")


def test_a_request_that_comes_again_is_answered_again() -> None:
    made, key = raised(), Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    assert decide(made, P92, key=key) == decide(made, P92, key=key)
    assert balance() == -20 and len(messages(COURIER.id)) == 1


def test_of_two_who_press_at_once_one_has_decided() -> None:
    made = raised()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda by: _attempt(lambda: decide(made, P92, by)), (CENTRE, CENTRE2)))
    assert sorted(map(str, answers)) == sorted(["done", "finding_settled"])
    assert balance() == -20 and len(store.get(made.id).decisions) == 1


def test_two_findings_of_one_courier_decided_at_once_both_count() -> None:
    made = [raised(Signal.SPEED, f"r{number}") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: _attempt(lambda: decide(one, P92)), made))
    for one in made:  # under contention somebody may have to press again
        _attempt(lambda one=one: decide(one, P92))  # type: ignore[misc]
    assert set(answers) <= {"done", "changed_meanwhile", "store_contention"}
    assert balance() == -80 and len(traces.measures(COURIER.id).penalised) == 4


def _attempt(deed: Callable[[], object]) -> str:
    try:
        deed()
    except DomainError as error:
        return error.rule
    return "done"


class Died(Exception):
    """The process is gone."""


def dying(monkeypatch: pytest.MonkeyPatch, at: int, deed: Callable[[], object]) -> None:
    """Do it, and die instead of the call of this number."""
    call, calls = base.Client._make_api_call, list[str]()

    def counted(self: base.Client, name: str, kwargs: dict[str, Any]) -> dict[str, Any]:
        calls.append(name)
        if len(calls) == at:
            raise Died
        return call(self, name, kwargs)

    with monkeypatch.context() as patch, suppress(Died):
        patch.setattr(base.Client, "_make_api_call", counted)
        deed()


@pytest.mark.parametrize("at", range(1, 11))
def test_a_death_between_any_two_calls_leaves_all_or_nothing(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    earned()
    made, what = raised(), order(Deed.PENALISE, "r1", penalty=Penalty.DECEIT)
    dying(monkeypatch, at, lambda: decide(made, what))
    if store.get(made.id).state is State.OPEN:
        assert (len(entries()), messages(COURIER.id), len(history.of("r1"))) == (1, [], 2)
        decide(made, what)
    appeal(made)
    dying(monkeypatch, at, lambda: hear(made, True))
    if store.get(made.id).state is State.APPEALED:
        assert balance() == -15 and reports.get("r1").version == 3
        hear(made, True)
    follow("r1")
    assert (store.get(made.id).state, balance(), traces.measures(COURIER.id).version) == (State.LIFTED, 5, 2)


def test_what_waits_for_somebody_is_listed_first() -> None:
    old = raised(Signal.SPEED, "a")
    decide(raised(Signal.SPEED, "b", raised_at=NOW + timedelta(minutes=1)), WARN)
    raised(Signal.SPEED, "c", state=State.LAPSED)
    first = findings.listing(by=CENTRE, now=LATER, limit=1, cursor=None)
    assert [one.id for one in first.findings] == [old.id]
    rest = findings.listing(by=CENTRE, now=LATER, limit=5, cursor=first.cursor)
    assert [(one.subject, one.state) for one in rest.findings] == [("b", "warned"), ("c", "lapsed")]
    assert rest.cursor is None and old.township == TOWNSHIP
