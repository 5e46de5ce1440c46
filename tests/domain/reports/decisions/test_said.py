"""What the centre records for bodies without an account (代录)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.running import PartState
from chalicelib.domain.reports.terms import Proxy, ReturnReason, Wish
from tests.builders import CENTRE, COMMITTEE, COURIER, GRID_MEMBER, NOW, VILLAGER, WORKS
from tests.deeds import FIRE, PHOTO, PROXY, Fields, dispatched, do, offered, refusal

S, A = Status, Action
LATER = timedelta(hours=1)
SIGNING: list[tuple[Action, Fields]] = [
    (A.ACCEPT, {}),
    (A.RETURN, {"return_reason": ReturnReason.NOT_OURS, "text": "x"}),
]
WORKING: list[tuple[Action, Fields]] = [
    (A.RESOLVE, {"text": "已处理", "after_photos": PHOTO}),
    (A.REQUEST_REASSIGN, {"text": "x"}),
    (A.REQUEST_EXTENSION, {"text": "x", "hours": 4.0}),
]


def to_fire() -> Report:
    return dispatched("D06", kind="0104")


def with_fire() -> Report:
    return do(to_fire(), A.ACCEPT, CENTRE, proxy=PROXY).report


@pytest.mark.parametrize(
    ("held", "action", "fields"),
    [(to_fire(), *each) for each in SIGNING] + [(with_fire(), *each) for each in WORKING],
)
def test_the_centre_records_what_a_body_without_account_does(held: Report, action: Action, fields: Fields) -> None:
    change = do(held, action, CENTRE, proxy=PROXY, now=NOW + LATER, **fields)
    assert change.details["proxy"] == {
        "person": PROXY.person,
        "phone": PROXY.phone,
        "at": PROXY.at.isoformat(),
        "letter": PROXY.letter,
    }
    assert change.actor_id == CENTRE.id and action in offered(held, CENTRE)
    assert refusal(held, action, CENTRE, **fields) == (Invalid, "proxy_needed")


@pytest.mark.parametrize("proxy", [replace(PROXY, person=" "), replace(PROXY, phone=""), replace(PROXY, letter=" ")])
def test_person_phone_and_letter_are_all_needed(proxy: Proxy) -> None:
    assert refusal(to_fire(), A.ACCEPT, CENTRE, proxy=proxy) == (Invalid, "proxy_needed")


def test_it_happened_after_the_order_and_not_in_the_future() -> None:
    early, late = replace(PROXY, at=NOW - LATER), replace(PROXY, at=NOW + LATER)
    assert refusal(to_fire(), A.ACCEPT, CENTRE, proxy=early) == (Invalid, "proxy_before_order")
    assert refusal(to_fire(), A.ACCEPT, CENTRE, proxy=late) == (Invalid, "proxy_in_future")


@pytest.mark.parametrize(("action", "fields"), SIGNING)
@pytest.mark.parametrize("code", ["D04", "D09"])  # of the town; vertical, with accounts
def test_nothing_is_recorded_for_a_body_with_accounts(code: str, action: Action, fields: Fields) -> None:
    held = dispatched(code)
    assert refusal(held, action, CENTRE, proxy=PROXY, **fields) == (Forbidden, "not_your_part")
    assert action not in offered(held, CENTRE)


@pytest.mark.parametrize("by", [COMMITTEE, VILLAGER, WORKS])
def test_nobody_but_the_centre_records(by: Actor) -> None:
    assert refusal(to_fire(), A.ACCEPT, by, proxy=PROXY) == (Forbidden, "not_your_part")


def test_should_the_body_have_somebody_after_all_he_acts_himself() -> None:
    change = do(to_fire(), A.ACCEPT, FIRE)
    assert change.report.status is S.IN_HANDLING and "proxy" not in change.details


def test_making_safe_is_recorded_as_well() -> None:
    held = do(dispatched("D06", kind="0101"), A.ACCEPT, CENTRE, proxy=PROXY).report
    measures: Fields = {"text": "已清障", "after_photos": PHOTO}
    assert refusal(held, A.MAKE_SAFE, CENTRE, **measures) == (Invalid, "proxy_needed")
    assert do(held, A.MAKE_SAFE, CENTRE, proxy=PROXY, **measures).report.awaits_class


def test_a_wait_recorded_for_a_body_is_asked_for_and_not_yet_granted() -> None:
    wait: Fields = {"text": "等配件", "plan": "下周"}
    held = do(with_fire(), A.SUSPEND, CENTRE, proxy=PROXY, **wait).report
    assert (held.status, held.request and held.request.wish) == (S.IN_HANDLING, Wish.SUSPEND)
    assert do(held, A.GRANT, CENTRE).report.status is S.SUSPENDED
    assert refusal(held, A.SUSPEND, CENTRE, proxy=PROXY, **wait)[1] == "request_pending"


@pytest.mark.parametrize(
    ("action", "state"),
    [(A.ACCEPT_PART, PartState.ACCEPTED), (A.RETURN_PART, PartState.RETURNED), (A.FILE_PART, PartState.FILED)],
)
def test_a_helpers_part_is_recorded_for_it(action: Action, state: PartState) -> None:
    held = dispatched("D04", "D03", "D06", kind="0104")
    assert refusal(held, action, CENTRE, text="x") == (Invalid, "proxy_needed")
    change = do(held, action, CENTRE, text="x", proxy=PROXY)
    assert [part.state for part in change.report.parts] == [PartState.OPEN, state]
    assert change.details["department"] == "D06" and "proxy" in change.details
    assert refusal(held, action, CENTRE, text="x", proxy=PROXY, department="D03") == (Forbidden, "not_your_part")


def test_where_no_helper_lacks_an_account_the_centre_records_no_part() -> None:
    assert refusal(dispatched("D04", "D03"), A.FILE_PART, CENTRE, text="x", proxy=PROXY) == (
        Forbidden,
        "not_your_part",
    )


def at(hours: float) -> Proxy:
    return replace(PROXY, at=NOW + hours * LATER)


def test_what_was_signed_in_time_and_recorded_later_runs_from_the_signing() -> None:
    signed = do(to_fire(), A.ACCEPT, CENTRE, proxy=at(0.25), now=NOW + LATER).report
    assert (signed.entered_at, signed.unsigned) == (NOW + 0.25 * LATER, False)
    done: Fields = {"text": "已处理", "after_photos": PHOTO}
    assert do(signed, A.RESOLVE, CENTRE, proxy=at(0.5), now=NOW + LATER, **done).report.status is S.RESOLVED


def test_a_question_in_between_does_not_move_the_order() -> None:
    held = do(to_fire(), A.ASK_INFO, CENTRE, text="?", now=NOW + LATER).report
    back = do(held, A.SUPPLY_INFO, COURIER, text="x", now=NOW + 2 * LATER).report
    assert back.entered_at == to_fire().entered_at
    assert do(back, A.ACCEPT, CENTRE, proxy=at(0.5), now=NOW + 3 * LATER).report.status is S.IN_HANDLING


def test_a_helper_may_have_signed_before_the_lead_did() -> None:
    held = do(dispatched("D04", "D06", kind="0104"), A.ACCEPT, WORKS, now=NOW + LATER).report
    change = do(held, A.ACCEPT_PART, CENTRE, proxy=at(0.5), now=NOW + 2 * LATER)
    assert change.report.parts[0].state is PartState.ACCEPTED
    early: Fields = {"proxy": at(-1), "now": NOW + LATER}
    assert refusal(held, A.ACCEPT_PART, CENTRE, **early) == (Invalid, "proxy_before_order")


def test_the_centre_names_which_of_two_helpers_it_records_for() -> None:
    held = dispatched("D04", "D06", "D07", kind="0104")
    assert refusal(held, A.FILE_PART, CENTRE, text="x", proxy=PROXY) == (Invalid, "department_needed")
    change = do(held, A.FILE_PART, CENTRE, text="x", proxy=PROXY, department="D07")
    assert [part.state for part in change.report.parts] == [PartState.OPEN, PartState.FILED]


def test_a_pause_does_not_move_when_a_helper_was_ordered() -> None:
    held = dispatched("D04", "D06", kind="0104")
    asked = do(held, A.ASK_INFO, CENTRE, text="?", now=NOW + LATER).report
    back = do(asked, A.SUPPLY_INFO, COURIER, text="x", now=NOW + 7 * LATER).report
    change = do(back, A.ACCEPT_PART, CENTRE, proxy=at(0.5), now=NOW + 8 * LATER)
    assert change.report.parts[0].state is PartState.ACCEPTED


def test_after_a_reopening_the_letter_of_before_is_no_result() -> None:
    done: Fields = {"text": "已处理", "after_photos": PHOTO, "proxy": at(0.5)}
    solved = do(with_fire(), A.RESOLVE, CENTRE, now=NOW + LATER, **done).report
    again = do(solved, A.REOPEN, GRID_MEMBER, text="没处理", now=NOW + 2 * LATER).report
    assert refusal(again, A.RESOLVE, CENTRE, now=NOW + 3 * LATER, **done) == (Invalid, "proxy_before_order")


def test_what_was_done_in_time_and_recorded_late_breaches_nothing() -> None:
    held = to_fire()
    assert held.due_at
    signed = do(held, A.ACCEPT, CENTRE, proxy=at(0.1), now=held.due_at + LATER / 60).report
    assert (signed.breaches, signed.unsigned) == ((), False)
    urgent = do(dispatched("D06", kind="0101"), A.ACCEPT, CENTRE, proxy=PROXY).report
    assert urgent.due_at
    soon = replace(PROXY, at=urgent.due_at - LATER)
    change = do(
        urgent, A.MAKE_SAFE, CENTRE, text="已清障", after_photos=PHOTO, proxy=soon, now=urgent.due_at + LATER / 60
    )
    assert change.details["in_time"] and change.report.breaches == ()
