"""A report that is judged anew: what people had decided about its earlier verdicts, and awards that name it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.points import awards as awards_rules
from chalicelib.domain.points.appeals import Decision
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import answering, appeals, waiting
from chalicelib.store.points import awards
from tests.awarding import (
    FIRST,
    SECOND,
    THIRD,
    adjust,
    approve,
    entries,
    follow,
    propose,
    standing,
    wallet,
    written,
)
from tests.builders import COURIER, NOW
from tests.lines import told

pytestmark = pytest.mark.usefixtures("everybody")
A, S = Action, Status
DAY = timedelta(days=1)


TWICE = ((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), (A.OBJECT, S.WITH_CENTRE), (A.DISPATCH, S.DISPATCHED))


def upheld(entry: str, points: int = 5) -> None:
    """His appeal against an entry, upheld by somebody who had no part in it."""
    made = appeals.appeal(entry, "属实", key=None, by=COURIER, now=NOW + DAY)
    decision = Decision(points=points, answer="已核实")
    answering.decide(made.id, decision, award_id=f"w{made.id[:6]}", key=None, by=THIRD, now=NOW + DAY)


@pytest.mark.parametrize("told_first", [4, 5])
def test_an_upheld_reversal_goes_once_the_report_is_judged_anew(told_first: int) -> None:
    lines = told(*TWICE)
    later = [replace(line, at=line.at + 2 * DAY) for line in told(*TWICE, (A.REJECT, S.INVALID))[4:]]
    written([*lines[:3], lines[3], *later])
    follow(*lines[1:3])
    upheld("r1#000003#P12")
    assert wallet().balance == 5
    if told_first == 4:
        follow(later[0])
        assert wallet().balance == 5  # by the new verdict alone
    follow(later[1], later[0])
    assert wallet() == Wallet()


def test_an_upheld_reversal_goes_where_it_is_found_false_once_more() -> None:
    lines = told(*TWICE[:3])
    written(lines)
    follow(*lines[1:])
    upheld("r1#000003#P12")
    again = replace(told(*TWICE[:3], (A.REJECT, S.INVALID))[4], at=NOW + 3 * DAY)
    written([again])
    follow(again)
    assert wallet() == Wallet()


def test_what_an_older_verdict_took_is_past_once_the_report_was_found_true() -> None:
    lines = told(*TWICE)
    written(lines)
    follow(*lines)
    with pytest.raises(Conflict, match="judged_since"):
        upheld("r1#000003#P12")
    with pytest.raises(Conflict, match="judged_since"):
        adjust(5, "r1#000003#P12")


def test_awards_that_name_a_report_go_once_it_is_found_false_also_before_it_was_verified() -> None:
    lines = told((A.REJECT, S.INVALID))
    written(lines[:1])
    waits, stands = propose(report_id="r1"), propose(report_id="r1")
    approve(stands.id, SECOND)
    approve(stands.id, THIRD)
    written(lines[1:])
    assert awards_rules.concerns(lines[1])
    follow(lines[1])
    assert wallet() == Wallet() and awards.get(waits.id).state is ProposalState.VOIDED
    gone = standing(f"r1#000002#{stands.id}")
    assert gone and gone.zh == "改判：此前决定的积分随之撤销，收回60分（2026-11-23）。"
    assert len(entries()) == 5
    with pytest.raises(Conflict, match="report_untrue"):
        propose(report_id="r1")


def test_what_people_give_in_spite_of_a_verdict_stays_when_that_is_told_again() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), severity=4)
    written(lines)
    follow(*lines[1:])
    upheld("r1#000002#P14#outcome", 20)
    (held,) = waiting.listing(ProposalState.OPEN, by=FIRST, now=NOW, limit=10, cursor=None).proposals
    approve(held.id, FIRST, now=NOW + DAY)
    approve(held.id, SECOND, now=NOW + DAY)
    follow(*lines)
    assert wallet() == Wallet(balance=20, honour=20)
    again = replace(told(*TWICE[:3], (A.REJECT, S.INVALID), severity=4)[4], at=NOW + 3 * DAY)
    written([again])
    follow(again)
    assert wallet() == Wallet()
