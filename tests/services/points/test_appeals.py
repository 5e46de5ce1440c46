"""A courier appeals, once and in time; somebody who had no part in it answers, and what he is given is an entry."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.errors import AlreadyDone, Conflict, Forbidden, Invalid, NotFound
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points import transfers
from chalicelib.domain.points.appeals import Appeal, AppealState, Decision
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.duty import mornings
from chalicelib.services.notifications import inbox
from chalicelib.services.points import answering, appeals, points, posting, reminding
from chalicelib.store.points import awards
from tests.awarding import FIRST, SECOND, THIRD, adjust, approve, entries, propose, reject, standing
from tests.builders import CENTRE, COMMITTEE, COURIER, COURIER2, GRID_MEMBER, NOW
from tests.histories import happened
from tests.lines import by, told

pytestmark = pytest.mark.usefixtures("everybody")
A, S = Action, Status
DUE_AT = datetime(2026, 11, 30, 1, tzinfo=UTC)  # forty working hours later: the next Monday at nine
REFUSED, THREE = Decision(points=None, answer="依据充分"), Decision(points=3, answer="应为较大")


def verified() -> str:
    """A report that CENTRE verified, and the entry that it earned."""
    lines = told((A.VERIFY, S.WITH_CENTRE), severity=2)
    lines[1] = by(lines[1], CENTRE.id, "centre")
    happened(lines)
    points.follow(lines[1], now=NOW)
    return entries()[0].id


def appeal(entry: str, *, now: datetime = NOW, by: Actor = COURIER) -> Appeal:
    return appeals.appeal(entry, "应评为较大", key=None, by=by, now=now)


def decide(id: str, decision: Decision, by: Actor = FIRST, *, award: str = "w1", now: datetime = NOW) -> Appeal:
    return answering.decide(id, decision, award_id=award, key=None, by=by, now=now)


def heard(who: Actor) -> list[str]:
    return [message.zh for message in inbox.page(who.id, limit=20, cursor=None, now=NOW).messages]


def test_upheld_it_becomes_an_entry_that_names_the_old_one() -> None:
    entry = verified()
    made = appeal(entry)
    assert (made.points, made.rule, made.report_id) == (5, "P12", "r1")
    assert made.due_at == DUE_AT
    done = decide(made.id, THREE)
    assert (done.state, done.award_id) == (AppealState.UPHELD, "w1")
    given = standing(f"{entry}#w1")
    assert given and (given.kind, given.corrects, given.earned, given.honour) == (Kind.ADJUST, entry, 3, True)
    assert points.wallet(COURIER.id) == Wallet(balance=8, honour=8)
    assert "您的积分申诉已获支持：+3分。答复：应为较大" in heard(COURIER)
    assert decide(made.id, THREE) == done  # again is once
    with pytest.raises(Conflict, match="appeal_closed"):
        decide(made.id, replace(THREE, points=4))


def test_refused_it_is_a_record_and_he_hears_why() -> None:
    made = appeal(verified())
    done = decide(made.id, REFUSED)
    assert (done.state, done.award_id, done.answer) == (AppealState.REFUSED, "", "依据充分")
    assert decide(made.id, REFUSED) == done  # again is once
    with pytest.raises(Conflict, match="appeal_closed"):
        decide(made.id, THREE)
    assert heard(COURIER) == ["您的积分申诉未获支持。答复：依据充分"] and len(entries()) == 1
    (own,) = appeals.mine(by=COURIER, limit=5, cursor=None).appeals
    assert own == replace(done, decided_by="")


def test_neither_who_verified_nor_who_decided_nor_himself_answers() -> None:
    with pytest.raises(Forbidden, match="decided_it_before"):
        decide(appeal(verified()).id, REFUSED, by=CENTRE)
    award = propose()
    approve(award.id, SECOND)
    reject(award.id, THIRD)
    outcome = appeal(f"{award.entry_id}#outcome")
    for who in (FIRST, SECOND, THIRD):
        with pytest.raises(Forbidden, match="decided_it_before"):
            decide(outcome.id, REFUSED, by=who)
    with pytest.raises(Forbidden, match="role_needed"):
        decide(outcome.id, REFUSED, by=GRID_MEMBER)
    with pytest.raises(Forbidden, match="role_needed"):
        decide(outcome.id, REFUSED, by=COMMITTEE)


def test_what_was_refused_is_given_after_all_by_its_rule_once_two_agree() -> None:
    award = propose()
    reject(award.id, THIRD)
    made = appeal(f"{award.entry_id}#outcome")
    done = decide(made.id, Decision(points=60, answer="有证人"), by=CENTRE)
    assert done.state is AppealState.AGREED and points.wallet(COURIER.id) == Wallet(pending=60)
    assert "您参与决定的积分（P17）有申诉，处理结果：支持。答复：有证人" in heard(THIRD)
    approve("w1", SECOND)
    approve("w1", COMMITTEE)
    assert appeals.view(made.id, by=FIRST, now=NOW).appeal.state is AppealState.UPHELD
    posted = standing(f"{award.entry_id}#w1#outcome")
    assert posted and (posted.rule, posted.kind, posted.cap is not None) == ("P17", Kind.AWARD, False)
    assert points.wallet(COURIER.id) == Wallet(balance=60, honour=60)


def test_where_others_do_not_agree_the_appeal_is_refused_for_their_reason() -> None:
    award = propose()
    reject(award.id, THIRD)
    made = appeal(f"{award.entry_id}#outcome")
    with pytest.raises(Invalid, match="award_points"):
        decide(made.id, Decision(points=30, answer="有证人"), by=CENTRE)
    decide(made.id, Decision(points=60, answer="有证人"), by=CENTRE)
    reject("w1", SECOND, "证词不一")
    after = appeals.view(made.id, by=COURIER, now=NOW).appeal
    assert (after.state, after.answer, after.decided_by) == (AppealState.REFUSED, "证词不一", "")
    assert points.wallet(COURIER.id) == Wallet()


def test_much_waits_for_two_others_and_goes_with_the_verdict() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), severity=2)
    happened(lines)
    points.follow(lines[1], now=NOW)
    made = appeal("r1#000002#P12")
    decide(made.id, Decision(points=30, answer="应为重大"))
    assert points.wallet(COURIER.id) == Wallet(balance=5, honour=5, pending=30)
    points.follow(lines[2], now=NOW)
    points.follow(lines[2], now=NOW)
    assert points.wallet(COURIER.id) == Wallet() and awards.get("w1").state is ProposalState.VOIDED
    after = appeals.view(made.id, by=FIRST, now=NOW).appeal
    assert (after.state, after.decided_by) == (AppealState.REFUSED, "")
    why = "改判：待批准的+30分（2026-11-23）不再办理。"
    assert (after.answer, heard(COURIER)[0]) == (why, f"您的积分申诉未获支持。答复：{why}")
    assert len(heard(COURIER)) == 2


def test_once_in_time_and_only_against_ones_own() -> None:
    entry = verified()
    with pytest.raises(NotFound, match="no_such_entry"):
        appeal(entry, by=COURIER2)
    with pytest.raises(Conflict, match="appeal_too_late"):
        appeal(entry, now=entries()[0].at + timedelta(days=7, seconds=1))
    made = appeal(entry, now=entries()[0].at + timedelta(days=7))
    with pytest.raises(AlreadyDone, match="appealed_already"):
        appeal(entry)
    waits = propose()
    with pytest.raises(Conflict, match="entry_not_appealable"):
        appeal(waits.entry_id)
    with pytest.raises(NotFound, match="no_such_appeal"):
        appeals.view(made.id, by=COURIER2, now=NOW)
    with pytest.raises(Forbidden):
        appeals.listing(AppealState.OPEN, overdue=False, by=COMMITTEE, now=NOW, limit=5, cursor=None)


@pytest.mark.parametrize("id", ["f1#P91", "f1#P92", "f1.appeal#P91"])
def test_what_a_finding_took_is_appealed_with_the_finding(id: str) -> None:
    event, _, rule = id.partition("#")
    taken = transfers.moved(COURIER.id, -10, Kind.AWARD, id=id, event_id=event, at=NOW)
    posting.post([replace(taken, rule=rule, edition=1)])
    with pytest.raises(Conflict, match="entry_of_finding"):
        appeal(id)
    with pytest.raises(Conflict, match="entry_of_finding"):
        adjust(10, id)


def test_what_a_finding_took_back_comes_back_with_its_appeal() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.FORFEIT, S.WITH_CENTRE), severity=4)
    happened(lines)
    for line in lines:
        points.follow(line, now=NOW)
    with pytest.raises(Conflict, match="entry_of_finding"):
        appeal("r1#000002#P14#outcome")
    happened(other := told((A.VERIFY, S.WITH_CENTRE), (A.FORFEIT, S.WITH_CENTRE), severity=2, subject="r2"))
    for line in other:
        points.follow(line, now=NOW)
    for deed in (appeal, lambda id: adjust(5, id)):
        with pytest.raises(Conflict, match="entry_of_finding"):
            deed("r2#000003#P12")
    assert appeal("r2#000002#P12").points == 5


def test_two_who_answer_at_once_give_one_answer() -> None:
    made = appeal(verified())

    def answer(who: Actor) -> None:
        with suppress(Conflict):
            decide(made.id, THREE if who is FIRST else REFUSED, by=who, award=f"w-{who.id}")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(answer, (FIRST, SECOND)))
    found = appeals.view(made.id, by=THIRD, now=NOW).appeal
    assert len(entries()) == (2 if found.state is AppealState.UPHELD else 1)


def test_the_centre_hears_each_working_morning_what_waits_and_what_is_late() -> None:
    made = appeal(verified())
    late = made.due_at + timedelta(days=3)
    assert reminding.remind(now=NOW) == 11 and reminding.remind(now=NOW) == 0
    assert heard(FIRST) == ["积分申诉待答复1件，其中已逾期0件，今天到期0件。"]
    listed = appeals.listing(AppealState.OPEN, overdue=True, by=FIRST, now=NOW, limit=5, cursor=None)
    assert listed.appeals == []
    (overdue,) = appeals.listing(AppealState.OPEN, overdue=True, by=FIRST, now=late, limit=5, cursor=None).appeals
    assert overdue == made
    assert mornings.begin(now=NOW + timedelta(days=1, hours=1))["appeals"] == 11


def test_what_waits_for_approval_is_said_each_morning_to_all_who_may_agree() -> None:
    propose()
    propose("P01", now=NOW + timedelta(hours=1))
    assert reminding.remind(now=NOW + timedelta(days=2)) == 12
    said = "待批准的积分2项，等候最久的已2天。"
    assert heard(COMMITTEE) == heard(FIRST) == [said]
    appeal(verified(), now=NOW + timedelta(days=2))
    assert reminding.remind(now=NOW + timedelta(days=3)) == 12
    assert heard(FIRST)[0] == "积分申诉待答复1件，其中已逾期0件，今天到期0件。待批准的积分2项，等候最久的已3天。"
    assert heard(COMMITTEE)[0] == "待批准的积分2项，等候最久的已3天。"


def test_who_decided_on_an_entry_without_a_rule_hears_that_it_was_one_put_right() -> None:
    award = adjust(3)
    approve(award.id, SECOND)
    decide(appeal(f"{award.entry_id}#outcome").id, REFUSED, by=THIRD)
    assert heard(SECOND) == ["您参与决定的积分（积分更正）有申诉，处理结果：不支持。答复：依据充分"]
