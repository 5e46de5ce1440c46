"""What verdicts do to points that wait for people or were put right: nothing is given twice, nothing stays behind."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

import pytest

from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.points import transfers
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import points, posting, waiting
from chalicelib.store.points import awards
from chalicelib.store.points.awards import AwardItem
from tests.awarding import (
    FIRST,
    SECOND,
    THIRD,
    adjust,
    approve,
    propose,
    standing,
    wallet,
)
from tests.builders import COMMITTEE, COURIER, NOW
from tests.histories import happened
from tests.lines import told

pytestmark = pytest.mark.usefixtures("everybody")
A, S = Action, Status
LATER = NOW + timedelta(hours=1)
DAY = timedelta(days=1)


def followed(*steps: tuple[Action, Status]) -> str:
    """A severe report that is true, and what follows from it; the id of what waits for people."""
    lines = told(*steps, severity=4)
    happened(lines)
    for line in lines:
        points.follow(line, now=line.at)
    page = waiting.listing(ProposalState.OPEN, by=FIRST, now=NOW, limit=10, cursor=None)
    return page.proposals[0].id if page.proposals else ""


def test_what_a_severe_report_earns_waits_on_the_same_list() -> None:
    id = followed((A.VERIFY, S.WITH_CENTRE))
    held = awards.get(id)
    assert (held.kind, held.rule, held.points, held.needed, held.proposed_by) == (Kind.EARN, "P14", 20, 2, "")
    approve(id, FIRST)
    approve(id, SECOND)
    assert wallet() == Wallet(balance=20, honour=20)
    posted = standing("r1#000002#P14#outcome")
    assert posted and "经2人批准" in posted.zh and posted.report_id == "r1"


def test_a_verdict_that_changes_closes_what_waits_and_takes_back_what_was_approved() -> None:
    id = followed((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID))
    assert id == "" and wallet() == Wallet()
    (closed,) = waiting.listing(ProposalState.VOIDED, by=FIRST, now=NOW, limit=10, cursor=None).proposals
    with pytest.raises(Conflict, match="award_closed"):
        approve(closed.id, FIRST)


def test_a_verdict_and_the_last_word_at_once_leave_nothing_wherever_they_meet() -> None:
    for number in range(3):
        lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), subject=f"r{number}", severity=4)
        happened(lines)
        points.follow(lines[1], now=LATER)
        (held,) = waiting.listing(ProposalState.OPEN, by=FIRST, now=NOW, limit=10, cursor=None).proposals
        approve(held.id, FIRST)

        def last_word(id: str = held.id) -> None:
            with suppress(Conflict):
                approve(id, SECOND)

        with ThreadPoolExecutor(2) as pool:
            word = pool.submit(last_word)
            pool.submit(points.follow, lines[2], now=LATER).result()
            word.result()
        assert wallet() == Wallet() and not awards.get(held.id).is_open


def test_the_committee_is_told_which_report_it_was_and_not_whose() -> None:
    id = followed((A.VERIFY, S.WITH_CENTRE))
    seen = waiting.view(id, by=COMMITTEE, now=NOW)
    assert (seen.report_id, seen.courier_id) == ("r1", "")
    assert waiting.view(id, by=FIRST, now=NOW).courier_id == COURIER.id


def test_little_takes_one_other_to_put_right_and_much_takes_two() -> None:
    small = adjust(20)
    approve(small.id, SECOND)
    large = adjust(21)
    assert (small.needed, large.needed) == (1, 2) and wallet() == Wallet(balance=20, pending=21)
    approve(large.id, SECOND)
    assert wallet() == Wallet(balance=20, pending=21)
    approve(large.id, THIRD)
    assert wallet() == Wallet(balance=41)
    with pytest.raises(Invalid, match="adjust_points"):
        adjust(501)


def test_a_correction_names_the_old_entry_and_goes_with_it() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), severity=2)
    happened(lines)
    points.follow(lines[1], now=LATER)
    done, waits = adjust(3, "r1#000002#P12"), adjust(4, "r1#000002#P12")
    approve(done.id, SECOND)
    assert wallet() == Wallet(balance=8, honour=8, pending=4)
    assert (posted := standing(f"{done.entry_id}#outcome")) and posted.corrects == "r1#000002#P12"
    points.follow(lines[2], now=LATER)
    points.follow(lines[2], now=LATER)
    assert wallet() == Wallet() and awards.get(waits.id).state is ProposalState.VOIDED
    with pytest.raises(Conflict, match="entry_taken_back"):
        adjust(3, "r1#000002#P12")


def test_what_was_taken_back_before_the_last_word_cannot_be_put_right_any_more() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), severity=2)
    happened(lines)
    points.follow(lines[1], now=LATER)
    with pytest.raises(NotFound, match="no_such_entry"):
        adjust(3, "r9#000002#P12")
    made = adjust(3, "r1#000002#P12")
    points.follow(lines[2], now=LATER)
    with pytest.raises(Conflict, match="award_closed"):
        approve(made.id, SECOND)


def test_nothing_but_a_reversal_or_a_penalty_takes_him_below_nothing() -> None:
    with pytest.raises(Conflict, match="below_zero"):
        adjust(-1)
    approve(adjust(10).id, SECOND)
    first, second = adjust(-6), adjust(-6)
    approve(first.id, SECOND)
    with pytest.raises(Conflict, match="below_zero"):
        approve(second.id, SECOND)
    assert wallet() == Wallet(balance=4, pending=-6)
    assert propose("P93", reason="未到").state is ProposalState.APPROVED
    assert wallet() == Wallet(balance=-1, pending=-6, honour=-5)


def test_two_who_take_the_last_points_at_once_leave_no_debt() -> None:
    approve(adjust(10).id, SECOND)
    waiting_ = [adjust(-6).id for _ in range(4)]

    def agree(id: str) -> None:
        with suppress(Conflict):
            approve(id, SECOND)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(agree, waiting_))
    assert wallet().balance == 4


def test_what_waits_without_a_proposal_is_shown_once_it_is_told_again_unless_it_was_decided() -> None:
    for number in range(2):
        lines = told((A.VERIFY, S.WITH_CENTRE), subject=f"r{number}", severity=4)
        happened(lines)
        points.follow(lines[1], now=LATER)
    first, second = (f"r{number}#000002#P14" for number in range(2))
    for entry in (first, second):  # as they were written before proposals were
        AwardItem(id=f"award#{sha256(entry.encode()).hexdigest()[:32]}").delete()
    decided = standing(second)
    assert decided
    posting.post([transfers.voided(decided, event_id="x", at=LATER)])
    for number in (0, 1, 0):
        points.follow(told((A.VERIFY, S.WITH_CENTRE), subject=f"r{number}", severity=4)[1], now=LATER)
    (held,) = waiting.listing(ProposalState.OPEN, by=FIRST, now=NOW, limit=10, cursor=None).proposals
    assert held.entry_id == first
    approve(held.id, FIRST)
    approve(held.id, SECOND)
    assert wallet() == Wallet(balance=20, honour=20)
