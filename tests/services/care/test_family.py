"""The family contact's link: looks, pauses, asks and complains; ends nothing, and shows nobody's name or door."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape

import pytest

from chalicelib.api.pages.family import page as drawn
from chalicelib.domain.care.beneficiaries import BeneficiaryState, Pause, PausedBy
from chalicelib.domain.care.complaints import Redress
from chalicelib.domain.care.consents import Giver
from chalicelib.domain.care.looking import Seen
from chalicelib.domain.care.terms import Service, VisitState, Welfare
from chalicelib.gateways import page_keys
from chalicelib.services.care import (
    complaining,
    consenting,
    family,
    family_wishes,
    pausing,
    raising,
    registers,
    visited,
)
from chalicelib.services.care.family_wishes import FamilyWish, Sent
from chalicelib.services.care.raising import Who
from chalicelib.store import history
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.quotas import QuotaItem
from tests.builders import CENTRE, COURIER, GRID, NOW, TOWNSHIP, VILLAGE, VILLAGER
from tests.cared_for import ELDER, active, consented, raised, sealing
from tests.honouring import known, rule

__all__ = ["sealing"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADDRESS = "203.0.113.9"
W = FamilyWish


def visit(id: str, start: datetime, state: VisitState, **more: object) -> Seen:
    one = Seen(
        id=id,
        beneficiary_id="b1",
        township=TOWNSHIP,
        village=VILLAGE,
        service=Service.MEAL,
        start=start,
        end=start + HOUR,
        state=state,
        courier_id=COURIER.id,
    )
    return replace(one, **more)  # type: ignore[arg-type]


VISITS = [
    visit("v1", NOW - 2 * DAY, VisitState.DONE, handed_over_at=NOW, welfare=Welfare.WATCH, closed_at=NOW - 2 * DAY),
    visit("v2", NOW - DAY, VisitState.DONE, handed_over_at=NOW, left_behind=True, closed_at=NOW - DAY),
    visit("v3", NOW + 2 * HOUR, VisitState.ACCEPTED),
    visit("v4", NOW + DAY, VisitState.OFFERED),
]


@pytest.fixture(autouse=True)
def cared(rules: None, sealing: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(page_keys, "key", lambda: b"pages")
    monkeypatch.setattr(visited, "recent", lambda id, *, since, until: VISITS)
    known(COURIER, VILLAGER, CENTRE)
    active()
    yield


def link(now: datetime = NOW) -> str:
    return family.give("b1", by=VILLAGER, now=now).token


def show(token: str, now: datetime = NOW, once: str = "o1") -> family.Page:
    found = family.show(token, address=ADDRESS, once=once, now=now)
    assert found is not None
    return found


def act(token: str, wish: W, *, now: datetime = NOW, once: str = "o1", form: str = "", **more: object) -> bool:
    sent = Sent(form=form or show(token, now, once).form, wish=wish, **more)  # type: ignore[arg-type]
    return family_wishes.act(token, sent, address=ADDRESS, now=now)


def test_it_shows_how_it_went_and_who_comes_next_and_neither_name_nor_door() -> None:
    registers.view("b1", "送餐", by=VILLAGER, now=NOW)
    shown = show(link(), NOW + timedelta(minutes=1))
    assert [(line.delivered, line.left_behind, line.welfare) for line in shown.past] == [
        (True, True, None),
        (True, False, Welfare.WATCH),
    ]
    assert [line.courier for line in shown.ahead] == [("员", "试点快递公司"), ("", "")]
    assert [line.courier for line in shown.past] == [("", ""), ("", "")], "who came is not told for ever"
    assert [look.fields for look in shown.looks] == [("contact", "door", "name", "notes")]
    text = unescape(drawn(shown))
    assert "员师傅（试点快递公司）前来" in text and "已送达" in text and "需要留意" in text and "村居" in text
    for secret in (ELDER.name, ELDER.phone, ELDER.contact_phone, ELDER.door, ELDER.notes, "甲", "b1", COURIER.id):
        assert secret not in text.split("</style>")[1].replace(shown.form, ""), secret


def test_a_pause_is_of_the_familys_days_and_ends_by_its_own_word_alone() -> None:
    token = link()
    assert act(token, W.PAUSE, until=date(2026, 11, 30))
    assert store.get("b1").pauses == (Pause(first=date(2026, 11, 23), last=date(2026, 11, 30), by=PausedBy.FAMILY),)
    assert rule(lambda: act(token, W.PAUSE, once="o2", until=date(2027, 11, 30))) == "pause_days"
    assert act(token, W.RESUME, once="o3") and store.get("b1").pauses == ()
    away = Pause(first=date(2026, 11, 24), last=date(2026, 12, 30), by=PausedBy.VILLAGE)
    pausing.pause("b1", away, version=None, key=None, by=VILLAGER, now=NOW)
    assert rule(lambda: act(token, W.RESUME, once="o4")) == "not_yours_to_resume"
    assert rule(lambda: act(token, W.PAUSE, once="o5", until=date(2026, 11, 25))) == "not_yours_to_resume"
    assert act(token, W.STOP, once="o6") and store.get("b1").pauses[0].last == away.last


def test_a_wish_to_stop_pauses_and_asks_and_is_no_withdrawal() -> None:
    act(link(), W.STOP)
    one = store.get("b1")
    assert one.state is BeneficiaryState.ACTIVE and one.consented and one.pauses[0].asked
    line = history.happenings("beneficiary:b1")[-1]
    assert (line.deed, line.as_role, line.actor_id) == ("stop_asked", "family", "family")
    assert "要求停止" in drawn(show(link()))


def test_a_complaint_is_sealed_read_by_staff_and_answered_on_the_page() -> None:
    token = link()
    assert rule(lambda: act(token, W.COMPLAIN, words=" ")) == "words_needed"
    act(token, W.COMPLAIN, words="昨天的饭是凉的，找测试老人问")
    for item in store.BeneficiaryItem.query("b1"):
        assert "凉" not in str({name: value for name, value in item.attribute_values.items() if name != "sealed"})
    whole = registers.view("b1", "处理意见", by=CENTRE, now=NOW)
    assert whole.words == {"o1": "昨天的饭是凉的，找测试老人问"} and whole.beneficiary.complaints == 1
    assert rule(lambda: complaining.answer("b1", "o1", Redress.OPEN, key=None, by=CENTRE, now=NOW)) == "outcome_needed"
    complaining.answer("b1", "o1", Redress.PUT_RIGHT, key=None, by=VILLAGER, now=NOW)
    again = lambda: complaining.answer("b1", "o1", Redress.EXPLAINED, key=None, by=VILLAGER, now=NOW)  # noqa: E731
    assert rule(again) == "complaint_answered"
    text = drawn(show(token))
    assert "已改正" in text and "凉" not in text


def test_what_a_form_sends_twice_is_done_once_and_an_old_form_not_at_all() -> None:
    token = link()
    form = show(token).form
    for _ in range(2):
        assert act(token, W.COMPLAIN, form=form, words="饭凉")
    assert store.get("b1").complaints == 1
    late = NOW + family.FORM_LIFE
    assert rule(lambda: act(token, W.COMPLAIN, now=late, form=form, words="饭凉")) == "family_form_old"
    assert rule(lambda: act(token, W.COMPLAIN, form=token, words="饭凉")) == "family_form_old"


def test_a_link_ends_with_its_time_with_the_contact_the_consent_and_by_hand() -> None:
    token = link()
    assert family.show(token, address=ADDRESS, once="o", now=NOW + timedelta(days=180)) is None
    assert family.show(token + "x", address=ADDRESS, once="o", now=NOW) is None
    family.take_back("b1", by=VILLAGER, now=NOW)
    assert family.show(token, address=ADDRESS, once="o", now=NOW) is None
    token = link()
    who = Who(personal=replace(ELDER, contact_phone="13900000007"), village=VILLAGE, grid=GRID, spot=None)
    raising.edit("b1", who, version=None, by=VILLAGER, now=NOW)
    assert family.show(token, address=ADDRESS, once="o", now=NOW) is None
    token = link()
    consenting.withdraw("b1", Giver.OWN, by=VILLAGER, now=NOW)
    assert family.show(token, address=ADDRESS, once="o", now=NOW) is None
    consented()
    assert family.show(token, address=ADDRESS, once="o", now=NOW) is None, "a new consent takes a new link"
    assert not family_wishes.act(token, Sent(form="", wish=W.STOP), address=ADDRESS, now=NOW)


def test_a_link_is_given_where_visits_may_be_made() -> None:
    raised("b2", replace(ELDER, name="辛"))
    assert rule(lambda: family.give("b2", by=VILLAGER, now=NOW)) == "beneficiary_state"
    assert rule(lambda: family.give("b1", by=COURIER, now=NOW)) == "role_needed"


def test_who_tries_too_often_waits() -> None:
    token = link()
    for item in QuotaItem.scan():
        item.update([QuotaItem.used.set(10_000)])
    show(token)
    for item in QuotaItem.scan():
        item.update([QuotaItem.used.set(10_000)])
    assert rule(lambda: show(token)) == "care_link_looks"
    for item in QuotaItem.scan():
        assert ADDRESS not in item.person_id
        item.delete()
    act(token, W.COMPLAIN, words="a")
    item = QuotaItem.get("family#b1", f"acts#{NOW:%Y-%m-%dT%H}")
    item.update([QuotaItem.used.set(10)])
    assert rule(lambda: act(token, W.COMPLAIN, once="o2", words="a")) == "care_link_acts"


def test_nothing_of_the_page_comes_from_elsewhere_and_no_script_runs() -> None:
    text = drawn(show(link()))
    assert "<script" not in text and "http" not in text.split("</style>")[1]
