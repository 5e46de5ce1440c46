"""Points that people decide: proposed by one, agreed to by others, once, whatever happens at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.notifications import inbox
from chalicelib.services.people import access
from chalicelib.services.points import proposing, waiting
from chalicelib.services.points.proposing import Wish
from chalicelib.store.points import awards
from tests.awarding import (
    CENTRES,
    FIRST,
    SECOND,
    THIRD,
    adjust,
    approve,
    entries,
    propose,
    reject,
    standing,
    wallet,
)
from tests.builders import COMMITTEE, COURIER, NOW, TOWNSHIP, VILLAGER, actor

pytestmark = pytest.mark.usefixtures("everybody")
A, S = Action, Status
LATER = NOW + timedelta(hours=1)


def told_him() -> list[str]:
    return [message.zh for message in inbox.page(COURIER.id, limit=10, cursor=None, now=NOW).messages]


def test_two_others_agree_and_the_points_are_there_with_a_sentence() -> None:
    made = propose()
    assert wallet() == Wallet(pending=60) and made.needed == 2
    assert approve(made.id, SECOND).is_open and wallet() == Wallet(pending=60)
    done = approve(made.id, COMMITTEE)
    assert done.state is ProposalState.APPROVED and wallet() == Wallet(balance=60, honour=60)
    posted = standing(f"{made.id}#P17#outcome")
    assert posted and posted.kind is Kind.AWARD and posted.settles == f"{made.id}#P17"
    assert posted.zh == "特别贡献：+60分（规则P17第1版，2026-11-23）。理由：救起落水老人"
    assert posted.en.endswith("+60 points (rule P17, edition 1, 2026-11-23). Reason: 救起落水老人")
    assert told_him() == [f"{posted.zh}。如有异议，可在7天内申诉。"]


def test_a_rule_that_asks_nobody_is_given_at_once() -> None:
    made = propose("P34", reason="入户宣传")
    assert made.state is ProposalState.APPROVED and wallet() == Wallet(balance=2, honour=2)
    assert propose("P93", reason="未到").points == -5 and wallet() == Wallet(balance=-3, honour=-3)
    assert len(told_him()) == 2


def test_caps_count_for_what_people_award_by_the_day_of_the_deed() -> None:
    for _ in range(6):
        propose("P34")
    assert wallet() == Wallet(balance=10, honour=10)
    propose("P34", day=(NOW - timedelta(days=1)).date())
    assert wallet() == Wallet(balance=12, honour=12)


def test_who_proposed_it_whom_it_is_for_and_others_cannot_agree() -> None:
    made = propose()
    refusals = {FIRST: "proposer_approves", VILLAGER: "role_needed"}
    both = actor(COURIER.id, (Role.CENTRE, TOWNSHIP), (Role.COURIER, COURIER.id))
    for who, rule in (*refusals.items(), (both, "own_points")):
        with pytest.raises(Forbidden, match=rule):
            approve(made.id, who)
    with pytest.raises(Forbidden, match="own_points"):
        propose(by=both)
    with pytest.raises(Forbidden, match="not_your_area"):
        propose(by=actor("far", (Role.CENTRE, "350211103")))
    assert awards.get(made.id) == made


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("award_rule", {"rule": "P12"}),
        ("award_rule", {"rule": "P91"}),
        ("award_points", {"rule": "P17", "points": 101}),
        ("award_points", {"rule": "P17", "points": None}),
        ("award_day", {"rule": "P34", "day": (NOW + timedelta(days=1)).date()}),
        ("award_day", {"rule": "P34", "day": (NOW - timedelta(days=32)).date()}),
        ("text_needed", {"rule": "P34", "reason": " "}),
    ],
)
def test_what_makes_no_sense_is_refused(rule: str, changes: dict[str, object]) -> None:
    with pytest.raises(Invalid, match=rule):
        propose(**changes)  # type: ignore[arg-type]
    assert entries() == []


def test_staff_earn_nothing_and_nobody_is_nobody() -> None:
    with pytest.raises(Conflict, match="earns_no_points"):
        propose(courier_id=SECOND.id)
    with pytest.raises(NotFound, match="no_such_person"):
        propose(courier_id="nobody")


def test_one_rejection_is_enough_and_he_hears_why() -> None:
    made = propose()
    approve(made.id, SECOND)
    done = reject(made.id, THIRD)
    assert done.state is ProposalState.REJECTED and wallet() == Wallet()
    assert reject(made.id, THIRD) == done  # again is once
    with pytest.raises(Conflict, match="award_closed"):
        approve(made.id, COMMITTEE)
    assert told_him() == [
        "未获批准：特别贡献，+60分（规则P17第1版，2026-11-23）。理由：材料不足。如有异议，可在7天内申诉。"
    ]


def test_agreeing_twice_is_once() -> None:
    made = propose()
    assert approve(made.id, SECOND) == approve(made.id, SECOND)
    assert approve(made.id, THIRD) == approve(made.id, THIRD) and approve(made.id, SECOND).version == 3
    assert wallet() == Wallet(balance=60, honour=60) and len(entries()) == 2 and len(told_him()) == 1


def test_the_same_request_makes_one_award() -> None:
    key = Key(caller_id=FIRST.id, key="k", fingerprint="f")
    wish = Wish(courier_id=COURIER.id, rule="P34", reason="宣传")
    first = proposing.award("a1", wish, key=key, by=FIRST, now=NOW)
    assert proposing.award("a2", wish, key=key, by=FIRST, now=LATER) == first and len(entries()) == 1


def test_eight_who_agree_at_once_post_it_once() -> None:
    made = propose()

    def agree(who: Actor) -> bool:
        try:
            return approve(made.id, who).version > 1
        except Conflict:
            return False

    with ThreadPoolExecutor(8) as pool:
        agreed = sum(pool.map(agree, CENTRES[1:9]))
    assert agreed == 2 == len(awards.get(made.id).votes)
    assert wallet() == Wallet(balance=60, honour=60) and len(entries()) == 2 and len(told_him()) == 1


def test_agreeing_and_refusing_at_once_end_in_one_of_them() -> None:
    for number in range(4):
        made = propose(reason=f"第{number}次")
        approve(made.id, SECOND)

        def act(who: Actor, id: str = made.id) -> None:
            with suppress(Conflict):
                approve(id, who) if who is THIRD else reject(id, who)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(act, (THIRD, CENTRES[4])))
        assert awards.get(made.id).state in (ProposalState.APPROVED, ProposalState.REJECTED)
        outcome = standing(f"{made.entry_id}#outcome")
        assert outcome and (outcome.state is EntryState.POSTED) is (awards.get(made.id).state is ProposalState.APPROVED)
        wallet()


def test_he_can_see_that_his_points_were_decided_on() -> None:
    made = propose()
    reject(made.id, SECOND)
    seen = [line.what for line in access.about(COURIER.id, now=LATER, limit=10, cursor=None).entries]
    assert set(seen) == {"decided_points", "proposed_points"}


def test_the_list_goes_on_page_by_page() -> None:
    made = [propose("P01", now=NOW + timedelta(seconds=number)).id for number in range(5)]
    seen: list[str] = []
    cursor = None
    while cursor or not seen:
        page = waiting.listing(ProposalState.OPEN, by=COMMITTEE, now=NOW, limit=2, cursor=cursor)
        seen += [one.id for one in page.proposals]
        cursor = page.cursor
    assert seen == made


def test_a_deduction_that_is_refused_is_nothing_to_appeal_against() -> None:
    approve(adjust(10).id, SECOND)
    reject(adjust(-3).id, SECOND, "查无实据。")
    assert told_him()[0] == "积分更正未获批准：-3分（2026-11-23）。理由：查无实据。"
    reject(adjust(3).id, SECOND, "查无实据。")
    assert told_him()[0].endswith("理由：查无实据。如有异议，可在7天内申诉。")
