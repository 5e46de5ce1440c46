"""What a forfeit took comes again as it was: whatever caps, approvals and people said, and however often it is told."""

from datetime import timedelta

import pytest

from chalicelib.domain.points import audit
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.points.transfers import account
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import auditing, waiting
from chalicelib.store.points import awards, wallets
from tests import awarding
from tests.awarding import FIRST, SECOND, THIRD, adjust, approve, entries, follow, propose, standing, written
from tests.builders import COURIER, NOW
from tests.lines import Step, told

pytestmark = pytest.mark.usefixtures("everybody")
A, S = Action, Status
VERIFIED, FORFEIT, RESTORE = (A.VERIFY, S.WITH_CENTRE), (A.FORFEIT, S.WITH_CENTRE), (A.RESTORE, S.WITH_CENTRE)
DAY = timedelta(days=1)


def wallet() -> Wallet:
    found = awarding.wallet()
    assert audit.misfit(entries(), auditing._stored(account(COURIER.id), entries())) is None
    return found


def history(*steps: Step, severity: int = 2) -> None:
    lines = told(*steps, severity=severity)
    written(lines)
    for line in lines:
        follow(line)


def month(period: str) -> int:
    return wallets.several(account(COURIER.id), (), [period])[1][period].honour


def test_a_full_cap_on_the_day_of_the_restoration_takes_nothing_of_it() -> None:
    lines = told(VERIFIED, FORFEIT, RESTORE)
    late = [*lines[:3], *told(VERIFIED, FORFEIT, RESTORE, at=NOW + 40 * DAY)[3:]]
    written(late)
    follow(*late[:3])
    for number in range(3):  # thirty points a day
        others = told(VERIFIED, subject=f"x{number}", severity=3, at=NOW + 40 * DAY)
        written(others)
        follow(*others)
    assert wallet().balance == 30
    follow(late[3])
    assert wallet() == Wallet(balance=35, honour=35)
    back = standing("r1#000004#P12")
    assert back and (back.day, back.zh) == ("2026-11-23", "申诉成立，恢复此前收回的积分：+5分（2026-11-23）。")
    assert (month("2026-11"), month("2027-01")) == (5, 30)


def test_what_people_had_put_right_comes_again_and_goes_with_the_verdict() -> None:
    lines = told(VERIFIED, FORFEIT, RESTORE, (A.REJECT, S.INVALID))
    written(lines)
    follow(lines[1])
    approve(adjust(3, "r1#000002#P12").id, SECOND)
    follow(lines[2])
    assert wallet() == Wallet()
    follow(lines[3])
    assert wallet() == Wallet(balance=8, honour=8)
    follow(lines[4], lines[3], lines[2])
    assert wallet() == Wallet()


def test_what_was_approved_needs_no_second_approval() -> None:
    lines = told(VERIFIED, FORFEIT, RESTORE, severity=4)
    written(lines)
    follow(lines[1])
    (held,) = waiting.listing(ProposalState.OPEN, by=FIRST, now=NOW, limit=9, cursor=None).proposals
    approve(held.id, FIRST)
    approve(held.id, SECOND)
    follow(*lines[2:])
    assert wallet() == Wallet(balance=20, honour=20)


def test_what_waited_waits_again_and_can_be_approved() -> None:
    history(VERIFIED, FORFEIT, RESTORE, severity=4)
    assert wallet() == Wallet(pending=20)
    (held,) = waiting.listing(ProposalState.OPEN, by=FIRST, now=NOW, limit=9, cursor=None).proposals
    assert (held.entry_id, held.day, held.needed) == ("r1#000004#P14", "2026-11-23", 2)
    approve(held.id, FIRST)
    approve(held.id, SECOND)
    assert wallet() == Wallet(balance=20, honour=20)


def test_an_award_that_names_it_goes_and_comes_with_it() -> None:
    lines = told(VERIFIED, FORFEIT, RESTORE, FORFEIT)
    written(lines)
    follow(lines[1])
    award = propose(report_id="r1")
    approve(award.id, SECOND)
    approve(award.id, THIRD)
    assert wallet().balance == 65
    follow(*lines[1:3])
    assert wallet() == Wallet()
    follow(*lines[1:4])
    assert wallet() == Wallet(balance=65, honour=65)
    follow(*lines[1:])
    assert wallet() == Wallet()
    assert awards.get(award.id).state is ProposalState.APPROVED


def test_what_was_found_untrue_meanwhile_does_not_come_again() -> None:
    lines = told(VERIFIED, FORFEIT, (A.REJECT, S.INVALID), (A.RESTORE, S.INVALID))
    written(lines[:2])
    follow(lines[1])
    award = propose(report_id="r1")
    approve(award.id, SECOND)
    approve(award.id, THIRD)
    written(lines[2:])
    follow(lines[4], lines[3])
    assert wallet() == Wallet()
