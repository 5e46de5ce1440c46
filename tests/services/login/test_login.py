"""Signing in: the same for every number until the code was right; then who may."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError, Forbidden, Unauthenticated
from chalicelib.domain.login.tokens import Grant
from chalicelib.domain.people.model import PersonState
from chalicelib.services.login import login
from chalicelib.services.reference import rulebook
from chalicelib.services.reference import tables as reference
from chalicelib.store.login import sessions
from chalicelib.store.login.codes import CodeItem
from chalicelib.store.login.sessions import SessionItem
from chalicelib.store.people import people
from tests.bench.calls import counted
from tests.builders import DATA, NOW
from tests.desk import ADDRESS, DEVICE, OTHER_DEVICE, PHONE, STRANGER, Desk, desk, enrolled

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("rules", "desk")
WRITE = "TransactWriteItems"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WRONG = "000000"


def ask(phone: str = PHONE, *, now: datetime = NOW, address: str = ADDRESS) -> None:
    login.ask(phone, address=address, now=now)


def enter(
    code: str, phone: str = PHONE, *, device: str = DEVICE, now: datetime = NOW + MINUTE, address: str = ADDRESS
) -> Grant:
    return login.enter(phone, code, device=device, name="手机", address=address, now=now)


def refused(code: str, phone: str = PHONE, *, now: datetime = NOW + MINUTE, device: str = DEVICE) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        enter(code, phone, now=now, device=device)
    return refusal.value


def code_for(desk: Desk, phone: str = PHONE, *, now: datetime = NOW) -> str:
    """A code, asked for and sent; wrong ones in these tests are never it."""
    ask(phone, now=now)
    desk.deliver(now)
    return desk.code


def test_a_code_signs_in(desk: Desk) -> None:
    person = enrolled()
    grant = enter(code_for(desk))
    session = sessions.find(person.id, grant.session_id)
    assert session is not None and session.device_name == "手机"
    assert (grant.access_expires_at, grant.refresh_expires_at) == (NOW + 16 * MINUTE, NOW + MINUTE + 30 * DAY)
    assert people.get(person.id).last_active_at == NOW + MINUTE


def test_the_sms_says_code_and_time_in_one_message(desk: Desk) -> None:
    enrolled()
    code = code_for(desk)
    ((phone, text, id),) = desk.sms
    assert phone == PHONE and text.startswith("【分拣】") and f"Fenjian code {code}, valid 5 min." in text
    assert len(text) <= 70  # what one SMS holds where one letter is not Latin
    assert code not in id


@pytest.mark.parametrize("known", [True, False])
def test_asking_is_the_same_for_every_number(desk: Desk, known: bool) -> None:
    if known:
        enrolled()
    ask(STRANGER)  # the process has read the rules
    with counted() as calls:
        ask()
    assert calls.names == ["UpdateItem", WRITE]
    assert len(desk.requests) == 2


def test_a_stranger_is_sent_nothing_and_learns_nothing(desk: Desk) -> None:
    enrolled()
    code_for(desk)
    ask(STRANGER)
    desk.deliver(NOW)
    assert len(desk.sms) == 1
    for phone in (PHONE, STRANGER):
        rulebook.in_force(now=NOW + MINUTE)  # the process has read the rules
        with counted() as calls:
            answers = [refused(WRONG, phone) for _ in range(6)]
        assert [(type(one), one.rule, one.facts) for one in answers] == [
            *((Unauthenticated, "code_wrong", {"left": left}) for left in (4, 3, 2, 1, 0)),
            (Unauthenticated, "code_needed", {}),
        ]
        tried = ["UpdateItem", "GetItem", "UpdateItem"]  # the address; whether one may be tried; the try, and …
        assert calls.names == [*tried, "UpdateItem"] * 5 + tried  # … that it was wrong


def test_without_having_asked_a_stranger_and_a_courier_hear_the_same() -> None:
    enrolled()
    assert refused(WRONG).rule == refused(WRONG, STRANGER).rule == "code_needed"


def test_a_code_whose_number_was_given_up_since_is_wrong(desk: Desk) -> None:
    person = enrolled()
    code = code_for(desk)
    people.put(replace(person, phone=STRANGER))
    assert refused(code).rule == "code_wrong"


@pytest.mark.parametrize("state", [PersonState.LEFT, PersonState.ERASED])
def test_a_closed_account_is_treated_as_a_stranger(desk: Desk, state: PersonState) -> None:
    enrolled(state=state, left_at=NOW)
    ask()
    desk.deliver(NOW)
    assert desk.sms == [] and refused(WRONG).rule == "code_wrong"


def test_who_is_paused_signs_in(desk: Desk) -> None:
    enrolled(state=PersonState.PAUSED)
    assert enter(code_for(desk))


@pytest.mark.parametrize(
    "changes",
    [
        {"approved_at": NOW - 91 * DAY},
        {"approved_at": NOW - 200 * DAY, "last_active_at": NOW - 91 * DAY},
        {"approved_at": NOW - DAY, "phone_at": NOW - MINUTE},
        {"approved_at": None},
    ],
)
def test_that_somebody_must_be_approved_anew_is_told_after_the_right_code_only(
    desk: Desk, changes: dict[str, Any]
) -> None:
    enrolled(**changes)
    code = code_for(desk)
    assert refused(WRONG).rule == "code_wrong"
    refusal = refused(code)
    assert isinstance(refusal, Forbidden) and refusal.rule == "reapproval_needed"
    assert SessionItem.count("p1") == 0


def test_after_five_wrong_tries_the_right_code_is_of_no_use(desk: Desk) -> None:
    enrolled()
    code = code_for(desk)
    for _ in range(5):
        refused(WRONG)
    assert refused(code).rule == "code_needed"


def test_a_code_is_good_for_five_minutes(desk: Desk) -> None:
    enrolled()
    code = code_for(desk)
    assert refused(code, now=NOW + 5 * MINUTE).rule == "code_needed"
    assert enter(code, now=NOW + 5 * MINUTE - timedelta(seconds=1))


def test_a_newer_code_takes_the_place_of_the_older(desk: Desk) -> None:
    enrolled()
    first = code_for(desk)
    second = code_for(desk, now=NOW + MINUTE)
    assert refused(first, now=NOW + 2 * MINUTE).rule == "code_wrong"
    assert enter(second, now=NOW + 2 * MINUTE)


def test_a_code_is_good_once(desk: Desk) -> None:
    enrolled()
    code = code_for(desk)
    enter(code)
    assert refused(code, device=OTHER_DEVICE).rule == "code_needed"
    assert refused(code, now=NOW + 3 * MINUTE).rule == "code_needed"
    assert SessionItem.count("p1") == 1


def test_where_the_answer_got_lost_the_same_device_gets_the_same_session(desk: Desk) -> None:
    enrolled()
    code = code_for(desk)
    first, second = enter(code), enter(code, now=NOW + 2 * MINUTE)
    assert (first.session_id, first.refresh_token) == (second.session_id, second.refresh_token)
    assert SessionItem.count("p1") == 1


def test_of_two_phones_with_the_right_code_one_gets_in(desk: Desk) -> None:
    enrolled()
    code = code_for(desk)

    def tried(number: int) -> str:
        try:
            return enter(code, device=f"{DEVICE}{number}").session_id
        except Unauthenticated as refusal:
            return refusal.rule

    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(tried, range(4)))
    assert sorted(len(one) for one in got) == [11, 11, 11, 32] and got.count("code_needed") == 3
    assert SessionItem.count("p1") == 1


@pytest.mark.parametrize("phone", [PHONE, STRANGER])
def test_what_is_kept_of_a_code_is_forgotten_when_the_table_says(desk: Desk, phone: str) -> None:
    body = (DATA / "retention.csv").read_text(encoding="utf-8").replace("sms_code,1,", "sms_code,3,")
    reference.publish("retention", body.encode(), base=None, by="test", now=NOW)
    enrolled()
    ask(phone)
    desk.deliver(NOW + MINUTE)
    [item] = CodeItem.scan()
    assert item.expires_at == (NOW + 3 * DAY).timestamp()
