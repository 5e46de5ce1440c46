"""A case of honours from the application to the decision: who does what, who reads what, and what it asks of AWS."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.fraud.decisions import Measures
from chalicelib.domain.honours.model import CaseState, HonourVerdict
from chalicelib.domain.honours.records import HonourDeed
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.actions import PersonAction, Wish
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points.transfers import account
from chalicelib.domain.reports.model import Status
from chalicelib.services.honours import cases, own
from chalicelib.services.people import audit, person_actions
from chalicelib.services.points import posting
from chalicelib.services.reference import rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import traces
from chalicelib.store.honours import cases as store
from chalicelib.store.notifications import inbox
from chalicelib.store.points import ledger, wallets
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, COMMITTEE, COURIER, COURIER2, DISTRICT, NOW, VILLAGER
from tests.honouring import FOR, SECOND, apply, decide, draw, entry, filed, kept, known, listed, recommend, rule

pytestmark = pytest.mark.usefixtures("people")
WRITE = "TransactWriteItems"
DAY = timedelta(days=1)


@pytest.fixture
def people(rules: None) -> None:
    """Two couriers who are known, of whom one has applied."""
    known(COURIER, COURIER2)
    apply()


def page(state: CaseState = CaseState.APPLIED, by: Actor = COMMITTEE) -> list[tuple[str, str]]:
    found = cases.listing(state, FOR, by=by, now=NOW, limit=9, cursor=None)
    return [(one.case.person_id, one.name) for one in found.cases]


def view(by: Actor = COMMITTEE, id: str = COURIER.id) -> cases.Whole:
    return cases.view(id, FOR, by=by, now=NOW)


def test_evidence_says_what_the_ledger_and_the_wallet_say() -> None:
    posting.post([entry("a", 50), entry("b", 60)])
    posting.post([entry("c", 30, honour=False), entry("d", -20, rule="P92")])
    filed("r1")
    filed("r2", Status.INVALID)
    drawn = draw().evidence
    assert drawn
    entries = ledger.page(account(COURIER.id), limit=99, before=None)
    assert drawn.points == sum(one.earned for one in entries if one.honour) == 90
    assert drawn.score == wallets.get(account(COURIER.id)).honour == 90
    assert (drawn.verified.ids, drawn.number, drawn.drawn_by) == (("r1",), 1, COMMITTEE.id)


def test_evidence_is_frozen_and_drawn_anew_beside_the_old() -> None:
    posting.post([entry("a", 50)])
    draw()
    posting.post([entry("b", 60)])
    assert view().evidence == store.evidence(COURIER.id, 1)
    draw(by=SECOND)
    assert [one.score for one in store.all_evidence(COURIER.id)] == [50, 110]
    assert cases.evidence(COURIER.id, 1, FOR, by=COMMITTEE, now=NOW).score == 50
    assert rule(lambda: cases.evidence(COURIER.id, 3, FOR, by=COMMITTEE, now=NOW)) == "no_such_evidence"


def test_one_recommends_another_decides_and_he_is_told_in_a_sentence() -> None:
    listed()
    case = kept()
    assert case.state is CaseState.LISTED and case.decision and case.decision.advised_by == SECOND.id
    assert [one.template for one in inbox.page(COURIER.id, limit=9, before=None, now=NOW)] == ["honours_listed"]
    decide(verdict=HonourVerdict.DECLINE)
    assert page(CaseState.LISTED) == [] and page(CaseState.DECLINED) == [(COURIER.id, "员courier")]
    told = own.view(COURIER.id).records
    D = HonourDeed
    assert [line.deed for line in told] == [D.APPLY, D.DRAW, D.RECOMMEND, D.LIST, D.DECLINE]
    assert [line.number for line in told] == [1, 2, 3, 4, 5]


def test_only_another_of_the_committee_takes_a_step() -> None:
    for someone in (CENTRE, ADMIN, DISTRICT, AUDITOR, VILLAGER, COURIER2):
        for step in (draw, recommend, decide):
            assert rule(partial(step, by=someone)) == "role_needed"
    himself = Actor(id=COURIER.id, posts=(*COURIER.posts, *COMMITTEE.posts))
    for step in (draw, recommend, decide):
        assert rule(partial(step, by=himself)) == "own_case"
    assert rule(lambda: view(himself)) == "own_case" and page(by=himself) == []


def test_who_has_left_is_weighed_no_more() -> None:
    draw()
    person_actions.act(COURIER.id, Wish(action=PersonAction.LEAVE), version=None, key=None, by=COURIER, now=NOW)
    for step in (draw, recommend, decide):
        assert rule(step) == "applicant_left"


def test_who_has_left_is_off_the_reference_list_at_once_and_can_be_taken_off_it() -> None:
    listed()
    person_actions.act(COURIER.id, Wish(action=PersonAction.LEAVE), version=None, key=None, by=COURIER, now=NOW)
    for reader in (COMMITTEE, DISTRICT, AUDITOR):
        assert page(CaseState.LISTED, reader) == []
    decide(verdict=HonourVerdict.DECLINE)
    assert kept().state is CaseState.DECLINED and page(CaseState.DECLINED) != []


def test_the_longest_in_a_state_come_first_whatever_was_done_in_it() -> None:
    apply(COURIER2, now=NOW + DAY)
    assert page() == [(COURIER.id, "员courier"), (COURIER2.id, "员courier2")]
    own.show_name(1, by=COURIER, now=NOW + 2 * DAY)
    assert page() == [(COURIER.id, "员courier"), (COURIER2.id, "员courier2")]
    draw(now=NOW + 3 * DAY)
    draw(COURIER2.id, now=NOW + 4 * DAY)
    draw(now=NOW + 5 * DAY)
    assert [id for id, _ in page(CaseState.OPEN)] == [COURIER.id, COURIER2.id]
    assert (kept().since, kept().touched_at) == (NOW + 3 * DAY, NOW + 5 * DAY)


def test_to_show_or_hide_ones_name_keeps_no_case_any_longer() -> None:
    for number in range(1, 4):
        own.show_name(number % 2 or None, by=COURIER, now=NOW + number * DAY)
    assert (kept().touched_at, kept().version) == (NOW, 4)
    assert store.ended_before(store.STANDING, NOW, limit=9) == [COURIER.id]
    at = [line.at for line in own.view(COURIER.id).records]
    assert at == [NOW + number * DAY for number in range(4)]


def test_reports_that_were_found_forged_are_no_evidence() -> None:
    filed("r1")
    filed("r2")
    transaction = Transaction()
    traces.put_measures(Measures(person_id=COURIER.id, forfeited={"r2": ("f1",)}, version=1), transaction)
    transaction.commit()
    drawn = draw().evidence
    assert drawn and drawn.verified.ids == ("r1",)


def test_the_auditor_sees_no_name_and_the_district_the_list_alone() -> None:
    filed("r1")
    listed()
    assert page(CaseState.LISTED, DISTRICT) == [(COURIER.id, "员courier")]
    assert page(CaseState.LISTED, AUDITOR) == [(COURIER.id, "员" + "*" * 7)]
    assert rule(lambda: page(CaseState.APPLIED, DISTRICT)) == rule(lambda: view(DISTRICT)) == "role_needed"
    seen = view(AUDITOR)
    assert seen.evidence and (seen.evidence.verified.count, seen.evidence.verified.ids) == (1, ())


def test_every_look_and_step_is_noted_with_its_purpose_and_the_auditor_lists_them() -> None:
    page()
    view()
    draw()
    cases.evidence(COURIER.id, 1, "复核", by=SECOND, now=NOW)
    found = audit.honours(by=AUDITOR, now=NOW, limit=9, cursor=None).entries
    noted = {(line.actor_id, line.what, line.subject, line.purpose) for line in found}
    assert noted == {
        (COMMITTEE.id, What.SAW_HONOURS, COURIER.id, FOR),
        (COMMITTEE.id, What.DEALT_WITH_HONOURS, COURIER.id, ""),
        (SECOND.id, What.SAW_HONOURS, COURIER.id, "复核"),
    }
    for someone in (COMMITTEE, DISTRICT, CENTRE, ADMIN):
        assert rule(partial(audit.honours, by=someone, now=NOW, limit=9, cursor=None)) == "role_needed"
    assert rule(lambda: cases.view(COURIER.id, " ", by=COMMITTEE, now=NOW)) == "purpose_needed"


def test_nothing_follows_by_itself() -> None:
    posting.post([entry("a", 5000)])
    filed("r1")
    assert kept().state is CaseState.APPLIED and kept().evidence == 0
    assert draw().named.case.state is CaseState.OPEN


@pytest.mark.parametrize("verdicts", [(HonourVerdict.LIST, HonourVerdict.DECLINE)] * 3)
def test_of_two_who_decide_at_once_one_is_refused(verdicts: tuple[HonourVerdict, HonourVerdict]) -> None:
    draw()
    version = recommend(by=COMMITTEE).named.case.version
    third = Actor(id="committee3", posts=COMMITTEE.posts)

    def one(number: int) -> str:
        try:
            decide(verdict=verdicts[number], by=(SECOND, third)[number], version=version)
        except DomainError as refusal:
            return refusal.rule
        return "done"

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(one, range(2)))
    assert found[0] in ("changed_meanwhile", "done") and found.count("done") == 1
    assert kept().version == version + 1 and len(own.view(COURIER.id).records) == version + 1
    assert len(inbox.page(COURIER.id, limit=9, before=None, now=NOW)) == 1


def test_a_step_sent_again_is_taken_once() -> None:
    key = Key(caller_id=COMMITTEE.id, key="k", fingerprint="f")
    draw(key=key)
    draw(key=key)
    assert len(store.all_evidence(COURIER.id)) == 1
    mine = Key(caller_id=COURIER2.id, key="k", fingerprint="f")
    apply(COURIER2, key=mine)
    apply(COURIER2, key=mine)
    assert kept(COURIER2.id).version == 1
    assert rule(lambda: apply(COURIER2)) == "honours_applied"
    assert rule(lambda: apply(CENTRE)) == "role_needed"


def test_steps_cost_few_calls() -> None:
    filed("r1")
    posting.post([entry("a", 50)])
    rulebook.in_force(now=NOW)
    page()  # the rules of all that follows are known now
    with counted() as calls:
        draw()
    assert calls.names == [
        "GetItem",
        "GetItem",
        "Query",
        "GetItem",
        "Query",
        WRITE,
        "GetItem",
        "GetItem",
        "BatchGetItem",
        "Query",
    ]
    with counted() as calls:
        recommend()
        decide()
    assert calls.names == ["GetItem", "GetItem", WRITE, "GetItem", "GetItem", "BatchGetItem", "Query"] * 2
    with counted() as calls:
        page(CaseState.LISTED)
        view()
    assert calls.names[:3] == ["Query", WRITE, "BatchGetItem"]
    assert calls.names[3:] == ["GetItem", "PutItem", "GetItem", "BatchGetItem", "Query"]
