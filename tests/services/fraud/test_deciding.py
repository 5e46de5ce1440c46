"""What a person decides follows at once and once: a warning, a penalty, a freeze, points taken back."""

from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import Conflict, NotFound, StaleVersion
from chalicelib.domain.fraud.decisions import Order
from chalicelib.domain.fraud.terms import FindingState, Judgement, Penalty, Signal
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Person, PersonState
from chalicelib.domain.points.transfers import account
from chalicelib.services.fraud import findings
from chalicelib.services.points import posting
from chalicelib.services.points.posting import Spending
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings as store
from chalicelib.store.fraud import traces
from chalicelib.store.people import people
from chalicelib.store.points import wallets
from tests.builders import CENTRE, COURIER, NOW
from tests.judging import ACCOUNT, appeal, balance, decide, earned, entries, follow, hear, raised, refused
from tests.suspects import CENTRE2, DISMISS, FREEZE, HOUR, P91, P92, WARN, finding, order
from tests.suspicions import LATER, REJECTED, VERIFIED, messages, stored

pytestmark = pytest.mark.usefixtures("staffed")


def test_a_warning_is_remembered_and_told_with_its_reason() -> None:
    stored("r0", *REJECTED)
    warned = decide(first := raised(Signal.FALSE_REPORT, "r0"), WARN)
    assert (warned.state, warned.decisions[0].by) == (FindingState.WARNED, CENTRE.id)
    assert messages(COURIER.id) == ["finding_warned_you"]
    assert traces.measures(COURIER.id).warnings.keys() == {first.id}
    assert entries() == {}


def test_points_for_a_false_report_are_taken_only_after_a_warning_and_once_it_is_proven() -> None:
    stored("r1", *REJECTED, at=LATER + HOUR, proven_false=True)
    made = raised(Signal.FALSE_REPORT)
    assert refused(lambda: decide(made, P91)) == (Conflict, "warning_first")
    decide(raised(Signal.FALSE_REPORT, "r0"), WARN)
    done = decide(made, P91)
    assert done.state is FindingState.PENALISED and balance() == -10
    entry = entries()[f"{made.id}#P91"]
    assert (entry.earned, entry.kind, entry.report_id, entry.event_id) == (-10, "award", "r1", made.id)
    assert entry.zh.startswith("虚假上报：扣10分")
    assert set(messages(COURIER.id)) == {"finding_warned_you", "finding_penalised_you"}


def test_what_was_made_before_the_warning_costs_nothing() -> None:
    stored("r1", *REJECTED, proven_false=True)
    decide(raised(Signal.FALSE_REPORT, "r0"), WARN)
    assert refused(lambda: decide(raised(Signal.FALSE_REPORT), P91)) == (Conflict, "warning_first")


def test_what_the_centre_has_not_confirmed_as_false_costs_nothing() -> None:
    stored("r1", *REJECTED)
    decide(raised(Signal.FALSE_REPORT, "r0"), WARN)
    assert refused(lambda: decide(raised(Signal.FALSE_REPORT), P91)) == (Conflict, "not_proven_false")
    assert entries() == {}


def test_deceit_costs_twenty_and_what_the_report_gave() -> None:
    earned()
    assert balance() == 5
    done = decide(raised(), order(Judgement.PENALISE, "r1", penalty=Penalty.DECEIT))
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


@pytest.mark.parametrize("last", [WARN, P92])
def test_the_last_word_ends_the_freeze(last: Order) -> None:
    made = raised()
    decide(made, FREEZE)
    decide(made, last)
    assert wallets.holding(ACCOUNT, ()).frozen_until is None


def test_what_a_freeze_took_comes_back_where_nothing_was_found() -> None:
    earned()
    made = raised()
    decide(made, order(Judgement.FREEZE, "r1", days=3))
    follow("r1")
    assert balance() == 0
    decide(made, DISMISS)
    follow("r1")
    measures = traces.measures(COURIER.id)
    assert (balance(), measures.forfeited, measures.freezes) == (5, {}, {})
    assert [line.action for line in history.of("r1")][-2:] == ["forfeit", "restore"]


def test_who_is_suspected_hears_nothing_of_what_is_dismissed() -> None:
    made = raised()
    decide(made, DISMISS)
    assert messages(COURIER.id) == []
    assert findings.mine(by=COURIER, now=LATER, limit=10, cursor=None).findings == []
    assert refused(lambda: appeal(made)) == (NotFound, "no_such_finding")


def test_two_findings_take_a_reports_points_once() -> None:
    earned()
    first, second = raised(), raised(Signal.PHOTO_SAME)
    decide(first, order(Judgement.WARN, "r1"))
    assert decide(second, order(Judgement.WARN, "r1")).decisions[0].forfeited == ("r1",)
    follow("r1")
    assert balance() == 0 and len(history.of("r1")) == 3
    for made, left in ((first, 0), (second, 5)):
        appeal(made)
        hear(made, True)
        follow("r1")
        assert balance() == left
    assert len(history.of("r1")) == 4
    assert refused(lambda: decide(raised(Signal.PHOTO_TIME, "r2"), order(Judgement.WARN, "r1")))[1] == "not_in_finding"


def test_a_report_of_somebody_else_loses_nothing() -> None:
    stored("r1", *VERIFIED, reporter_id="courier2")
    assert refused(lambda: decide(raised(), order(Judgement.WARN, "r1"))) == (Conflict, "not_his_report")
    assert store.get(finding(Signal.SPEED).id).state is FindingState.OPEN


def test_staff_are_warned_but_have_no_points_to_lose() -> None:
    about = raised(Signal.RECHECK, person_id="works")
    assert refused(lambda: decide(about, FREEZE)) == (Conflict, "finding_not_couriers")
    assert refused(lambda: decide(about, P92)) == (Conflict, "finding_not_couriers")
    decide(about, WARN)
    assert messages("works") == ["finding_warned_you"]


@pytest.mark.parametrize("state", [PersonState.PAUSED, PersonState.LEFT])
def test_who_pauses_or_leaves_escapes_nothing(state: PersonState) -> None:
    people.put(Person(id="gone", name="林", phone="", posts=(), valid_from=NOW, state=state, trained_on=NOW.date()))
    about = raised(person_id="gone")
    decide(about, FREEZE)
    decide(about, P92)
    assert wallets.get(account("gone")).balance == -20


def test_who_left_and_was_no_courier_has_nothing_to_lose() -> None:
    people.put(Person(id="gone", name="林", phone="", posts=(), valid_from=NOW, state=PersonState.LEFT))
    assert refused(lambda: decide(raised(person_id="gone"), P92)) == (Conflict, "finding_not_couriers")


def test_who_has_to_do_with_a_finding_reads_nothing_of_it() -> None:
    mine, involved = raised(person_id=CENTRE.id), raised(Signal.VERIFIER, involved=(CENTRE.id,))
    other = raised(Signal.PHOTO_SAME)
    listed = findings.listing(by=CENTRE, now=LATER, limit=10, cursor=None).findings
    assert [one.id for one in listed] == [other.id]
    for one in (mine, involved):
        assert refused(lambda one=one: findings.view(one.id, by=CENTRE, now=LATER)) == (NotFound, "no_such_finding")  # type: ignore[misc]
        assert findings.view(one.id, by=CENTRE2, now=LATER) == one


def test_somebody_who_read_an_older_version_is_told_so() -> None:
    assert refused(lambda: decide(raised(), WARN, version=7)) == (StaleVersion, "stale_version")


def test_a_request_that_comes_again_is_answered_again() -> None:
    made, key = raised(), Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    assert decide(made, P92, key=key) == decide(made, P92, key=key)
    assert balance() == -20 and len(messages(COURIER.id)) == 1
