"""Calls, applications and decisions."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import AlreadyDone, Conflict, DomainError, Invalid
from chalicelib.domain.people import applications, consents
from chalicelib.domain.people.applications import Application, ApplicationState, Form, Recruitment, Welcome
from chalicelib.domain.people.model import PersonState, Post, Role
from tests.builders import CENTRE, DATA, NOW, VILLAGE

CONSENTS = consents.read((DATA / "consents.csv").read_bytes())
DAY = timedelta(days=1)
CALL = Recruitment(
    code="c", villages=(VILLAGE,), valid_until=NOW + 30 * DAY, most=2, made_by="admin", made_at=NOW, used=1
)
FORM = Form(
    name=" 申请人 ",
    phone="10000000001",
    employer=" 试点快递公司 ",
    skills=(" 急救", "急救", " "),
    villages=(VILLAGE, VILLAGE),
    adult=True,
    consent=1,
)
WELCOME = Welcome(trained_on=date(2026, 11, 20), trained_by="讲师", pack_on=date(2026, 11, 23))


def applied(call: Recruitment = CALL, **changes: Any) -> Application:
    return applications.apply("a1", replace(FORM, **changes), call, consents=CONSENTS, now=NOW)


def test_an_application_is_tidied() -> None:
    form = applied().form
    assert (form.name, form.employer, form.skills, form.villages) == ("申请人", "试点快递公司", ("急救",), (VILLAGE,))


REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any], type[DomainError], str]] = {
    "a minor": ({"adult": False}, {}, Invalid, "adults_only"),
    "no name": ({"name": "  "}, {}, Invalid, "name_needed"),
    "a village the call is not for": ({"villages": ("350211102203",)}, {}, Invalid, "unknown_village"),
    "old words": ({"consent": 0}, {}, Conflict, "consent_outdated"),
    "words to come": ({"consent": 2}, {}, Conflict, "consent_outdated"),
    "too late": ({}, {"valid_until": NOW}, Conflict, "recruitment_over"),
    "too many": ({}, {"used": 2}, Conflict, "recruitment_full"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    form, call, kind, rule = REFUSED[name]
    with pytest.raises(kind) as refusal:
        applied(replace(CALL, **call), **form)
    assert refusal.value.rule == rule


def test_approval_makes_a_courier_and_leaves_nothing_personal_behind() -> None:
    after, courier = applications.approve(applied(), WELCOME, by=CENTRE, now=NOW)
    assert (after.state, after.decided_by, after.version) == (ApplicationState.APPROVED, CENTRE.id, 2)
    assert (after.form.name, after.form.phone, after.form.employer, after.form.skills) == ("", "", "", ())
    assert courier.id == "a1" and courier.posts == (Post(Role.COURIER, "a1"),) and courier.state is PersonState.ACTIVE
    assert courier.joined_at == courier.approved_at == courier.valid_from == NOW
    assert (courier.trained_by, courier.pack_on, courier.consent) == ("讲师", WELCOME.pack_on, 1)


@pytest.mark.parametrize("field", ["trained_on", "pack_on"])
def test_nobody_was_trained_tomorrow(field: str) -> None:
    tomorrow: dict[str, Any] = {field: date(2026, 11, 24)}
    with pytest.raises(Invalid):
        applications.approve(applied(), replace(WELCOME, **tomorrow), by=CENTRE, now=NOW)


def test_what_is_decided_is_decided() -> None:
    rejected = applications.reject(applied(), "a", by=CENTRE, now=NOW)
    assert (rejected.state, rejected.reason, rejected.form.name) == (ApplicationState.REJECTED, "a", "申请人")
    with pytest.raises(AlreadyDone):
        applications.approve(rejected, WELCOME, by=CENTRE, now=NOW)
    with pytest.raises(AlreadyDone):
        applications.reject(rejected, "b", by=CENTRE, now=NOW)


CALLS: dict[str, tuple[dict[str, Any], str]] = {
    "a village that is not": ({"villages": ("350211102999",)}, "unknown_village"),
    "over already": ({"valid_until": NOW}, "recruitment_ends_before"),
    "for too long": ({"valid_until": NOW + 91 * DAY}, "recruitment_too_long"),
    "for too many": ({"most": 101}, "recruitment_too_large"),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_call_that_is_refused(name: str) -> None:
    changes, rule = CALLS[name]
    with pytest.raises(Invalid) as refusal:
        applications.call(replace(CALL, **changes), known=[VILLAGE], longest=90 * DAY, largest=100)
    assert refusal.value.rule == rule


def test_a_call_may_use_all_there_is() -> None:
    longest = replace(CALL, valid_until=NOW + 90 * DAY, most=100)
    assert applications.call(longest, known=[VILLAGE], longest=90 * DAY, largest=100) is longest
    assert CALL.code in CALL.qr
