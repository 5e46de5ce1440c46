"""What is decided on points and on suspicions is kept for its time; who is forgotten leaves no word and no trace."""

from datetime import datetime, timedelta

import pytest

from chalicelib.domain.fraud.terms import Judgement, Signal
from chalicelib.domain.points.appeals import Decision
from chalicelib.domain.points.transfers import account
from chalicelib.services.people import own_data
from chalicelib.services.points import answering, appeals
from chalicelib.store.fraud import findings as kept_findings
from chalicelib.store.fraud import traces
from chalicelib.store.fraud.findings import FindingItem
from chalicelib.store.fraud.traces import TraceItem
from chalicelib.store.points import appeals as kept_appeals
from chalicelib.store.points import ledger
from chalicelib.store.points.awards import AwardItem
from tests.awarding import approve, known, propose
from tests.awarding import reject as refuse
from tests.builders import CENTRE, COMMITTEE, COURIER, NOW
from tests.judging import appeal, decide, earned, entries, hear, raised
from tests.suspects import CENTRE2, WARN, order
from tests.suspicions import LATER, VERIFIED, staffed, stored
from tests.suspicions import hear as heard

pytestmark = pytest.mark.usefixtures("staffed")
__all__ = ["staffed"]
DAY = timedelta(days=1)


def until(item: FindingItem | AwardItem, since: datetime) -> int | None:
    """How many days it is kept."""
    return None if item.expires_at is None else round((item.expires_at - since.timestamp()) / DAY.total_seconds())


def finding_kept(id: str) -> int | None:
    return until(FindingItem.get(id), LATER)


def test_a_suspicion_that_came_to_nothing_is_soon_forgotten_and_what_was_decided_later() -> None:
    dismissed, warned = raised(), raised(Signal.SPEED, "r2")
    assert finding_kept(warned.id) is None
    decide(dismissed, order(Judgement.DISMISS))
    decide(warned, WARN)
    assert (finding_kept(dismissed.id), finding_kept(warned.id)) == (180, 1095)
    appeal(warned)
    assert finding_kept(warned.id) is None
    hear(warned, False)
    assert finding_kept(warned.id) == 1095


def test_who_decided_on_points_is_kept_for_its_time_and_the_ledger_for_ever() -> None:
    known(CENTRE2)
    waits, gone = propose(now=NOW), propose(now=NOW)
    refuse(gone.id, CENTRE2, now=NOW)
    approve(waits.id, CENTRE2, now=NOW)

    def award_kept(id: str) -> int | None:
        return until(AwardItem.get(f"award#{id}"), NOW)

    assert (award_kept(waits.id), award_kept(gone.id)) == (None, 1825)
    approve(waits.id, COMMITTEE, now=NOW)
    assert award_kept(waits.id) == 1825
    made = appeals.appeal(f"{gone.entry_id}#outcome", "有证人", key=None, by=COURIER, now=NOW)
    assert until(AwardItem.get(f"appeal#{made.id}"), NOW) is None
    answering.decide(made.id, Decision(points=None, answer="无"), award_id="w1", key=None, by=CENTRE, now=NOW)
    assert until(AwardItem.get(f"appeal#{made.id}"), NOW) == 1825


def test_who_is_forgotten_leaves_no_word_of_his_and_no_trace_and_the_ledger_stays() -> None:
    made = raised()
    decide(made, WARN)
    appeal(made)
    heard(stored("r7", *VERIFIED))
    earned("r8")
    against = next(iter(entries()))
    disputed = appeals.appeal(against, "我住院了", key=None, by=COURIER, now=LATER)
    before = ledger.all_of(account(COURIER.id))
    assert traces.record(COURIER.id).judged and traces.measures(COURIER.id).warnings
    own_data.close_account(COURIER, now=LATER)
    assert own_data.erase(COURIER.id, now=LATER + 15 * DAY)
    finding = kept_findings.get(made.id)
    assert finding.appeal and finding.appeal.text == "" and finding.decisions
    silent = kept_appeals.get(disputed.id)
    assert (silent.text, silent.entry_id, silent.points) == ("", against, disputed.points)
    assert list(TraceItem.query(f"courier:{COURIER.id}")) == []
    assert ledger.all_of(account(COURIER.id)) == before
