"""Joining: the call, and the application that comes by it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, TooManyRequests
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.applications import ApplicationState, Recruitment
from chalicelib.domain.people.model import Person
from chalicelib.services.people import applications, people
from chalicelib.store.people import answers
from chalicelib.store.people import people as stored_people
from tests.bench.calls import counted
from tests.builders import ADMIN, CENTRE, EVERYONE, NOW
from tests.joining import CALL, FORM, WRITE, apply, approve, call, refused, waiting

pytestmark = pytest.mark.usefixtures("rules")
__all__ = ["call"]


def test_the_same_form_waits_once_and_gets_the_same_answer(call: Recruitment) -> None:
    for id in ("a1", "a2", "a3", "a4", "a5"):
        apply(id)  # no refusal, however often, and no place of the call is taken
    assert waiting() == ["a1"]
    for number in (2, 3):
        apply(f"b{number}", phone=f"1000000000{number}")
    assert len(waiting()) == 3


def test_who_is_known_applies_like_a_stranger(call: Recruitment) -> None:
    """The answer must not tell whether a phone is known; the centre is told, when it approves."""
    people.enrol(Person(id="p1", name="甲", phone=FORM.phone, posts=(), valid_from=NOW))
    apply()
    refusal = refused(approve)
    assert isinstance(refusal, Conflict) and refusal.rule == "phone_taken"
    assert waiting() == ["a1"] and stored_people.find("a1") is None and answers.find("a1") is None


def test_a_full_call_refuses_known_and_unknown_alike(call: Recruitment) -> None:
    for number in (1, 2, 3):
        apply(f"a{number}", phone=f"1000000000{number}")
    assert refused(lambda: apply("a4", phone="10000000001")).rule == "recruitment_full"
    assert refused(lambda: apply("a5", phone="10000000005")).rule == "recruitment_full"


def test_no_more_than_the_call_takes_get_in_at_once(call: Recruitment) -> None:
    def one(number: int) -> str:
        try:
            apply(f"a{number}", phone=f"1000000001{number}")
        except DomainError as error:
            return error.rule
        return "in"

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(one, range(6)))
    assert sorted(found) == ["in"] * 3 + ["recruitment_full"] * 3
    assert len(waiting()) == 3


def test_a_call_sent_again_with_its_key_is_the_same_call() -> None:
    key = Key(caller_id=ADMIN.id, key="k", fingerprint="f")
    first = applications.call(CALL, key=key, by=ADMIN, now=NOW)
    again = applications.call(replace(CALL, code="other"), key=key, by=ADMIN, now=NOW)
    assert again == first
    assert refused(lambda: apply(code="other")).rule == "unknown_recruitment"


def test_who_has_the_code_reads_what_he_agrees_to(call: Recruitment) -> None:
    read = applications.read_call(CALL.code, address="2001:db8::1", now=NOW)
    assert read.recruitment == call and read.consent.version == 1 and read.consent.zh
    with pytest.raises(NotFound):
        applications.read_call("guess", address="2001:db8::1", now=NOW)
    with pytest.raises(Conflict):
        applications.read_call(CALL.code, address="2001:db8::1", now=CALL.valid_until)


def test_fifty_behind_one_address_apply_and_a_flood_does_not(call: Recruitment) -> None:
    for number in range(200):
        with pytest.raises(NotFound):
            apply(code=f"guess{number}", address=f"2001:db8::{number:x}")
    with pytest.raises(TooManyRequests):
        apply(address="2001:db8::ffff")
    apply(address="203.0.113.8")


def test_who_calls_for_couriers(rules: None) -> None:
    for by in EVERYONE:
        if by in (CENTRE, ADMIN):
            applications.call(replace(CALL, code=by.id), key=None, by=by, now=NOW)
        else:
            with pytest.raises(Forbidden):
                applications.call(replace(CALL, code=by.id), key=None, by=by, now=NOW)
    with pytest.raises(Invalid):
        applications.call(replace(CALL, most=10**9), key=None, by=ADMIN, now=NOW)


def test_lists_follow_each_other_oldest_first(call: Recruitment) -> None:
    for number in (1, 2, 3):
        form, now = replace(FORM, phone=f"1000000000{number}"), NOW + timedelta(minutes=number)
        applications.apply(f"a{number}", form, CALL.code, address="", now=now)
    seen: list[str] = []
    cursor = None
    while cursor or not seen:
        page = applications.listing(ApplicationState.SUBMITTED, by=CENTRE, now=NOW, limit=1, cursor=cursor)
        seen += [application.id for application in page.applications]
        if not (cursor := page.cursor):
            break
    assert seen == ["a1", "a2", "a3"]
    with pytest.raises(Invalid):
        applications.listing(ApplicationState.SUBMITTED, by=CENTRE, now=NOW, limit=1, cursor="bad")


def test_what_joining_costs(call: Recruitment) -> None:
    apply("a0", phone="10000000009")
    with counted() as calls:
        apply()
        apply("a2")  # the form waits: no other calls than before
    assert calls.names == ["UpdateItem", "GetItem", WRITE] * 2
    waiting()
    with counted() as calls:
        waiting()
    assert calls.names == ["Query", WRITE, "BatchGetItem"]
    with counted() as calls:
        approve()
    assert calls.names == ["GetItem", "GetItem", WRITE]
