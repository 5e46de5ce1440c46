"""Joining: the call, the application, the decision, and the SMS that follows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.access import What
from chalicelib.domain.applications import Application, ApplicationState, Form, Recruitment, Welcome
from chalicelib.domain.errors import (
    AlreadyDone,
    Busy,
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    TooManyRequests,
)
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people import Actor, Person, PersonState
from chalicelib.gateways import sms
from chalicelib.services import applications, people
from chalicelib.store import access, answers, due, reports
from chalicelib.store import people as stored_people
from chalicelib.store.applications import ApplicationItem
from tests.bench.calls import counted
from tests.builders import ADMIN, CENTRE, EVERYONE, NOW, VILLAGE, actor

pytestmark = pytest.mark.usefixtures("rules")
DAY, WRITE = timedelta(days=1), "TransactWriteItems"
CALL = Recruitment(code="code", villages=(VILLAGE,), valid_until=NOW + 30 * DAY, most=3, made_by=ADMIN.id, made_at=NOW)
FORM = Form(
    name="申请人", phone="10000000001", employer="试点快递公司", skills=(), villages=(VILLAGE,), adult=True, consent=1
)
WELCOME = Welcome(trained_on=date(2026, 11, 20), trained_by="讲师")


@pytest.fixture
def call(rules: None) -> Recruitment:
    """A call that is open."""
    return applications.call(CALL, key=None, by=ADMIN, now=NOW)


def apply(id: str = "a1", *, code: str = CALL.code, address: str = "203.0.113.7", **changes: Any) -> None:
    applications.apply(id, replace(FORM, **changes), code, address=address, now=NOW)


def waiting(state: ApplicationState = ApplicationState.SUBMITTED) -> list[str]:
    page = applications.listing(state, by=CENTRE, now=NOW, limit=50, cursor=None)
    return [application.id for application in page.applications]


def approve(id: str = "a1", *, by: Actor = CENTRE, key: Key | None = None) -> Application:
    return applications.approve(id, WELCOME, key=key, by=by, now=NOW)


def refused(do: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        do()
    return refusal.value


def test_an_approved_applicant_is_a_courier_and_is_told(call: Recruitment, monkeypatch: pytest.MonkeyPatch) -> None:
    apply()
    assert waiting() == ["a1"]
    assert approve().state is ApplicationState.APPROVED
    courier = people.profile(actor("a1"))
    assert courier.posts == (courier.own_post,) and courier.phone == FORM.phone and courier.approved_at == NOW
    assert stored_people.by_phone(FORM.phone) == courier
    assert (waiting(), waiting(ApplicationState.APPROVED)) == ([], ["a1"])
    ready = [one for shard in range(reports.DUE_SHARDS) for one in due.fallen(shard, NOW)]
    assert [(one.id, one.part) for one in ready] == [("a1", answers.PART)]
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(sms, "send", lambda phone, text, *, id: sent.append((phone, id)))
    for _ in range(2):
        applications.tell("a1", now=NOW)
    assert sent == [(FORM.phone, "a1#application_approved")]


def test_what_an_approved_application_said_is_kept_with_the_person_alone(call: Recruitment) -> None:
    apply()
    approve()
    kept = [item.body or "" for item in ApplicationItem.scan()]
    assert not any(FORM.name in body or FORM.phone in body for body in kept)


def test_a_rejected_applicant_is_told_and_may_apply_again(call: Recruitment) -> None:
    apply()
    rejected = applications.reject("a1", "不在本镇投递", key=None, by=CENTRE, now=NOW)
    assert (rejected.state, rejected.reason) == (ApplicationState.REJECTED, "不在本镇投递")
    assert (answer := answers.find("a1")) and answer.template == "application_rejected"
    assert stored_people.by_phone(FORM.phone) is None
    apply("a2")
    assert waiting() == ["a2"]
    assert ApplicationItem.get("a1").expires_at == int((NOW + 90 * DAY).timestamp())


def test_an_sms_that_cannot_be_sent_is_tried_again_for_a_day(
    call: Recruitment, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply()
    approve()

    def unreachable(phone: str, text: str, *, id: str) -> None:
        raise Busy("sms_unreachable")

    monkeypatch.setattr(sms, "send", unreachable)
    applications.tell("a1", now=NOW)
    assert not any(one.id == "a1" for shard in range(reports.DUE_SHARDS) for one in due.fallen(shard, NOW))
    later = NOW + applications.PAUSE
    assert any(one.id == "a1" for shard in range(reports.DUE_SHARDS) for one in due.fallen(shard, later))
    applications.tell("a1", now=NOW + DAY)
    assert answers.find("a1") is None


def test_the_same_phone_waits_once_and_gets_the_same_answer(call: Recruitment) -> None:
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


def test_two_who_decide_at_once_make_one_courier(call: Recruitment) -> None:
    apply()
    other = actor("centre2", *[(post.role, post.scope) for post in CENTRE.posts])

    def one(by: Actor) -> str:
        try:
            return approve(by=by).decided_by or ""
        except DomainError as error:
            return error.rule

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(one, (CENTRE, other)))
    assert len({"centre", "centre2"} & set(found)) == 1 and "application_decided" in found
    assert len(access.of("a1", limit=50, cursor=None).entries) == 1


def test_one_approves_while_another_rejects(call: Recruitment) -> None:
    apply()
    approve()
    refusal = refused(lambda: applications.reject("a1", "a", key=None, by=CENTRE, now=NOW))
    assert isinstance(refusal, AlreadyDone) and refusal.rule == "application_decided"
    assert stored_people.get("a1").state is PersonState.ACTIVE


def test_a_phone_that_was_taken_meanwhile_is_refused_and_nothing_is_half_done(call: Recruitment) -> None:
    apply("a1")
    applications.reject("a1", "a", key=None, by=CENTRE, now=NOW)
    apply("a2")
    people.enrol(Person(id="p1", name="甲", phone=FORM.phone, posts=(), valid_from=NOW))
    assert refused(lambda: approve("a2")).rule == "phone_taken"
    assert waiting() == ["a2"]


def test_an_approval_sent_again_with_its_key_is_done_once(call: Recruitment) -> None:
    apply()
    key = Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    assert approve(key=key) == approve(key=key)
    assert refused(approve).rule == "application_decided"


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


@pytest.mark.parametrize("by", [by for by in EVERYONE if by != CENTRE], ids=lambda by: by.id)
def test_the_centre_alone_reads_and_decides(by: Actor, call: Recruitment) -> None:
    apply()
    for do in (
        lambda: applications.listing(ApplicationState.SUBMITTED, by=by, now=NOW, limit=9, cursor=None),
        lambda: approve(by=by),
        lambda: applications.reject("a1", "a", key=None, by=by, now=NOW),
    ):
        with pytest.raises(Forbidden):
            do()
    assert waiting() == ["a1"]


def test_who_calls_for_couriers(rules: None) -> None:
    for by in EVERYONE:
        if by in (CENTRE, ADMIN):
            applications.call(replace(CALL, code=by.id), key=None, by=by, now=NOW)
        else:
            with pytest.raises(Forbidden):
                applications.call(replace(CALL, code=by.id), key=None, by=by, now=NOW)
    with pytest.raises(Invalid):
        applications.call(replace(CALL, most=10**9), key=None, by=ADMIN, now=NOW)


def test_every_look_at_an_application_is_noted(call: Recruitment) -> None:
    apply("a1")
    apply("a2", phone="10000000002")
    waiting()
    approve("a1")
    whats = {line.what for line in access.of("a1", limit=9, cursor=None).entries}
    assert whats == {What.SAW_APPLICATION, What.DECIDED_APPLICATION}
    assert [line.what for line in access.of("a2", limit=9, cursor=None).entries] == [What.SAW_APPLICATION]


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
        apply("a2")  # the phone waits: no other calls than before
    assert calls.names == ["UpdateItem", "GetItem", WRITE] * 2
    waiting()
    with counted() as calls:
        waiting()
    assert calls.names == ["Query", WRITE]
    with counted() as calls:
        approve()
    assert calls.names == ["GetItem", WRITE]


def test_an_application_that_is_none_is_not_found(call: Recruitment) -> None:
    apply()
    for id in ("a9", f"call#{CALL.code}", f"phone#{FORM.phone}"):
        with pytest.raises(NotFound):
            approve(id)
