"""An alarm from the report that raises it to the answer that ends it, however often and late its messages come."""

from datetime import datetime, timedelta

import pytest

from chalicelib.domain.alarms import Step
from chalicelib.domain.deliveries import State
from chalicelib.domain.errors import Busy, Forbidden, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.people import Person, Role
from chalicelib.domain.people import Post as Office
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Basis
from chalicelib.domain.rosters import Duty, Roster, Shift
from chalicelib.services import alarms, deliveries, intake, reports
from chalicelib.store import alarms as store
from chalicelib.store import history, people, rosters
from chalicelib.store.base import Transaction
from tests.builders import (
    CENTRE,
    COMMITTEE,
    COURIER,
    GRID_MEMBER,
    NOW,
    RULES,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    WORKS,
    draft,
)
from tests.outbox import MINUTE, Post, post

pytestmark = pytest.mark.usefixtures("rules", "staff")
A = Action
__all__ = ["post"]
SECRET = next(kind.code for kind in RULES.taxonomy.kinds.values() if kind.klass == "E" and kind.verify_by_centre)
VILLAGE_POST, CENTRE_POST = f"village:{VILLAGE}", f"centre:{TOWNSHIP}"
PHONES = {"village#main": "1001", "village#deputy": "1002", "centre#main": "1003", "centre#deputy": "1004"}


@pytest.fixture
def staff(tables: str) -> None:
    """Two of the committee, one each of centre and village, with phones; and everyone on duty today."""
    offices = {COMMITTEE.id: (Role.COMMITTEE, TOWNSHIP), "second": (Role.COMMITTEE, TOWNSHIP)}
    offices |= {CENTRE.id: (Role.CENTRE, TOWNSHIP), VILLAGER.id: (Role.VILLAGE, VILLAGE)}
    for number, (id, (role, scope)) in enumerate(offices.items()):
        people.put(Person(id=id, name=id, phone=f"200{number}", posts=(Office(role, scope),), valid_from=NOW))
    on_duty("village")
    on_duty("centre")


def on_duty(place: str, *, main: bool = True, deputy: bool = True) -> None:
    duties = {slot: Duty(name=f"{place} {slot}", phone=PHONES[f"{place}#{slot}"]) for slot in ("main", "deputy")}
    shift = Shift(main=duties["main"] if main else None, deputy=duties["deputy"] if deputy else None)
    post = VILLAGE_POST if place == "village" else CENTRE_POST
    known = rosters.of(post, NOW.date(), NOW.date())
    transaction = Transaction()
    rosters.put(Roster(post=post, day=NOW.date(), shifts=(shift,), version=len(known) + 1), transaction)
    transaction.commit()


def file(id: str = "e1", kind: str = "0106") -> Event:
    """A danger to life comes in; its first line."""
    intake.accept(id, draft(kind=kind), key=None, by=COURIER, now=NOW)
    return history.of(id)[0]


def follow(id: str, now: datetime, *, times: int = 1) -> None:
    """What the queue brings of a report's history: everything, as often as asked."""
    for _ in range(times):
        for line in history.of(id):
            alarms.follow(line, now=now)


def raised(post: Post, id: str = "e1", kind: str = "0106") -> None:
    file(id, kind)
    step(post, id, NOW)


def step(post: Post, id: str, now: datetime) -> list[str]:
    """The alarm's clock, its history and the outbox, all at once; the phones that were called just now."""
    before = len(post.sent)
    alarm = store.find(id)
    if alarm and alarm.next_at:
        alarms.fire(id, at=alarm.next_at, now=now)
    follow(id, now)
    follow(id, now)
    post.work(now)
    return [to for _, to, _, _ in post.sent[before:]]


def lines(id: str = "e1") -> list[tuple[Action, object]]:
    return [(line.action, line.details.get("step")) for line in history.of(id)]


def link(post: Post, phone: str) -> str:
    """The token in the last SMS to a phone."""
    text = next(text for _, to, text, _ in reversed(post.sent) if to == phone)
    return text.rpartition("/v1/alarms/")[2]


def test_those_on_duty_in_village_and_centre_are_called_at_once(post: Post) -> None:
    raised(post)
    assert [to for _, to, _, _ in post.sent] == ["1001", "1003"]
    assert "值守" in post.sent[0][2] and "值守" not in post.sent[1][2]
    assert "深青村" in post.sent[0][2] and "https://fenjian.example.org/v1/alarms/" in post.sent[0][2]
    assert lines() == [(A.SUBMIT, None), (A.ALARM, "main")]


def test_nobody_answers_and_the_chain_goes_on_every_five_minutes(post: Post) -> None:
    raised(post)
    assert step(post, "e1", NOW + 4 * MINUTE) == [], "not yet"
    assert step(post, "e1", NOW + 5 * MINUTE) == ["1002", "1004"]
    assert step(post, "e1", NOW + 10 * MINUTE) == ["1003", "1004", "2002"]
    assert sorted(step(post, "e1", NOW + 15 * MINUTE)) == ["2000", "2001"]
    assert step(post, "e1", NOW + 20 * MINUTE) == []
    assert sorted(step(post, "e1", NOW + 30 * MINUTE)) == ["2000", "2001"]
    assert [made for _, made in lines()][1:] == ["main", "deputy", "centre", "committee", "committee"]


def test_where_the_centre_alone_verifies_only_its_duty_person_is_called_without_a_word_of_what_it_is(
    post: Post,
) -> None:
    raised(post, kind=SECRET)
    ((_, to, text, _),) = post.sent
    assert to == "1003" and "保密事项" in text and "深青" not in text
    assert step(post, "e1", NOW + 5 * MINUTE) == ["1004"]


def test_an_empty_slot_is_passed_over_at_once(post: Post) -> None:
    on_duty("village", main=False)
    on_duty("centre", main=False, deputy=False)
    raised(post)
    assert [to for _, to, _, _ in post.sent] == ["1002"]
    assert step(post, "e1", NOW + 5 * MINUTE) == ["2002"], "no deputy is left: the centre"


def test_twice_late_or_out_of_order_a_timer_calls_once(post: Post) -> None:
    raised(post)
    first = store.find("e1")
    assert first and first.next_at
    for at in (first.next_at, first.next_at, first.next_at - MINUTE, NOW):
        alarms.fire("e1", at=at, now=NOW + 9 * MINUTE)
    assert [made for _, made in lines()][1:] == ["main", "deputy"]
    second = store.find("e1")
    assert second and second.next_at == NOW + 14 * MINUTE
    alarms.fire("nothing", at=NOW, now=NOW)


def test_two_timers_at_once_call_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    raised(post)
    seen = store.find("e1")
    assert seen and seen.next_at
    alarms.fire("e1", at=seen.next_at, now=NOW + 5 * MINUTE)
    monkeypatch.setattr(store, "find", lambda _: seen)  # it had read before the other wrote
    alarms.fire("e1", at=seen.next_at, now=NOW + 5 * MINUTE)
    assert [made for _, made in lines()][1:] == ["main", "deputy"]


def test_what_dies_between_two_steps_is_taken_up_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    new = file()
    alarms.follow(new, now=NOW)
    with monkeypatch.context() as broken, pytest.raises(Busy):
        broken.setattr("chalicelib.gateways.queues.send", lambda queue, messages, delay=0: frozenset(messages))
        follow("e1", NOW)
    assert {one.state for one in deliveries.of("e1")} == {State.QUEUED}
    follow("e1", NOW, times=3)
    post.work(NOW)
    assert [to for _, to, _, _ in post.sent] == ["1001", "1003"]


def test_an_answer_in_the_app_ends_it_and_is_in_the_history(post: Post) -> None:
    raised(post)
    alarm = alarms.acknowledge("e1", by=VILLAGER, now=NOW + MINUTE)
    assert (alarm.is_open, alarm.acknowledged_as) == (False, VILLAGE_POST)
    assert step(post, "e1", NOW + 5 * MINUTE) == []
    last = history.of("e1")[-1]
    assert (last.action, last.actor_id, last.as_role, last.internal) == (A.ACKNOWLEDGE, "village", "village", True)
    again = alarms.acknowledge("e1", by=CENTRE, now=NOW + 2 * MINUTE)
    assert again.acknowledged_as == VILLAGE_POST, "the first one stands"
    assert len(history.of("e1")) == 3


def test_an_answer_through_the_link_says_who_was_on_duty(post: Post) -> None:
    raised(post)
    token = link(post, "1003")
    shown = alarms.show(token, now=NOW)
    assert shown.alarm and shown.alarm.is_open, "to look is not to answer"
    answered = alarms.acknowledge_by_link(token, now=NOW + MINUTE)
    assert answered.alarm and answered.alarm.acknowledged_as == CENTRE_POST
    assert history.of("e1")[-1].details == {"post": CENTRE_POST, "called": "main", "name": "centre main"}
    late = alarms.acknowledge_by_link(link(post, "1001"), now=NOW + 2 * MINUTE)
    assert late.alarm and late.alarm.acknowledged_as == CENTRE_POST


def test_who_was_called_by_post_answers_as_himself(post: Post) -> None:
    raised(post)
    for minutes in (5, 10):
        step(post, "e1", NOW + minutes * MINUTE)
    alarms.acknowledge_by_link(link(post, "2002"), now=NOW + 11 * MINUTE)
    last = history.of("e1")[-1]
    assert (last.actor_id, last.details["name"]) == (CENTRE.id, CENTRE.id)


@pytest.mark.parametrize("token", ["", "x", "link#x"])
def test_a_link_that_is_none_opens_nothing(post: Post, token: str) -> None:
    assert alarms.show(token, now=NOW).alarm is None
    assert alarms.acknowledge_by_link(token, now=NOW).alarm is None


def test_a_link_lapses(post: Post) -> None:
    raised(post)
    assert alarms.show(link(post, "1003"), now=NOW + timedelta(hours=25)).alarm is None


def test_two_answers_at_once_are_one(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    raised(post)
    seen = store.find("e1")
    alarms.acknowledge("e1", by=CENTRE, now=NOW)
    found = iter([seen])
    real = store.find
    monkeypatch.setattr(store, "find", lambda id: next(found, None) or real(id))
    assert alarms.acknowledge("e1", by=VILLAGER, now=NOW).acknowledged_as == CENTRE_POST
    assert len(history.of("e1")) == 3


def test_who_is_not_called_does_not_answer(post: Post) -> None:
    raised(post)
    with pytest.raises(Forbidden):
        alarms.acknowledge("e1", by=GRID_MEMBER, now=NOW)
    with pytest.raises(NotFound):
        alarms.acknowledge("e1", by=WORKS, now=NOW)
    intake.accept("r1", draft(), key=None, by=COURIER, now=NOW)
    with pytest.raises(NotFound):
        alarms.acknowledge("r1", by=CENTRE, now=NOW)


def test_what_was_taken_up_is_not_called_for_any_more(post: Post) -> None:
    raised(post)
    verify = Command(action=A.VERIFY, basis=Basis.ON_SITE, kind="0106")
    reports.act("e1", verify, version=None, key=None, by=GRID_MEMBER, now=NOW + MINUTE)
    assert step(post, "e1", NOW + 5 * MINUTE) == []
    assert store.find("e1").is_open is False  # type: ignore[union-attr]


def test_an_event_that_comes_again_long_after_raises_nothing(post: Post) -> None:
    raised(post)
    alarms.acknowledge("e1", by=CENTRE, now=NOW)
    sent, count = len(post.sent), len(history.of("e1"))
    follow("e1", NOW + timedelta(days=40), times=2)
    post.work(NOW)
    assert (len(post.sent), len(history.of("e1"))) == (sent, count)


def test_what_turns_out_to_be_a_danger_raises_the_alarm_then(post: Post) -> None:
    intake.accept("r1", draft(), key=None, by=COURIER, now=NOW)
    follow("r1", NOW)
    assert store.find("r1") is None
    verify = Command(action=A.VERIFY, basis=Basis.ON_SITE, kind="0106")
    reports.act("r1", verify, version=None, key=None, by=GRID_MEMBER, now=NOW)
    assert step(post, "r1", NOW) == ["1001", "1003"]


def test_the_history_says_what_was_sent_by_channel_and_role(post: Post) -> None:
    raised(post)
    assert [(one.template, one.channel, one.role, one.state, one.people) for one in deliveries.of("e1")] == [
        ("sms_alarm", "sms", "centre", State.SENT, 1),
        ("sms_alarm_guard", "sms", "village", State.SENT, 1),
    ]


def test_without_a_bridge_it_is_recorded_and_an_alarm_rings(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.configured = False
    raised(post)
    assert {one.state for one in deliveries.of("e1")} == {State.NO_CHANNEL}
    assert "undeliverable: " in caplog.text
    assert store.find("e1").step is Step.MAIN  # type: ignore[union-attr]  # the chain goes on in the app
