"""An application is decided on: once, by the centre, and the applicant is told by SMS."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.domain.errors import AlreadyDone, Busy, DomainError, Forbidden, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.applications import ApplicationState, Recruitment
from chalicelib.domain.people.model import Actor, Person, PersonState
from chalicelib.gateways import sms
from chalicelib.services.people import applications, people
from chalicelib.store.people import access, answers
from chalicelib.store.people import people as stored_people
from chalicelib.store.people.applications import ApplicationItem
from chalicelib.store.reports import due, reports
from tests.builders import CENTRE, EVERYONE, NOW, actor
from tests.joining import CALL, DAY, FORM, apply, approve, call, refused, waiting

pytestmark = pytest.mark.usefixtures("rules")
__all__ = ["call"]


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
    assert len(access.of("a1", limit=50)) == 1


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


def test_every_look_at_an_application_is_noted(call: Recruitment) -> None:
    apply("a1")
    apply("a2", phone="10000000002")
    waiting()
    approve("a1")
    whats = {line.what for line in access.of("a1", limit=9)}
    assert whats == {What.SAW_APPLICATION, What.DECIDED_APPLICATION}
    assert [line.what for line in access.of("a2", limit=9)] == [What.SAW_APPLICATION]


def test_an_application_that_is_none_is_not_found(call: Recruitment) -> None:
    apply()
    for id in ("a9", f"call#{CALL.code}", f"phone#{FORM.phone}"):
        with pytest.raises(NotFound):
            approve(id)
