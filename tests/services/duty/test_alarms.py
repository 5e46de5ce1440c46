"""An alarm from the report that raises it to its last call, however often and late its messages come."""

from datetime import datetime, timedelta

import pytest

from chalicelib.domain.duty.alarms import Step
from chalicelib.domain.errors import Busy
from chalicelib.domain.notifications.deliveries import DeliveryState
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Basis
from chalicelib.services.duty import alarm_answers, alarms
from chalicelib.services.notifications import deliveries
from chalicelib.services.reports import intake, reports
from chalicelib.store import history
from chalicelib.store.duty import alarms as store
from tests.builders import CENTRE, COURIER, GRID_MEMBER, NOW, draft
from tests.on_duty import SECRET, enrol_staff, file, follow, link, on_duty, raised, step
from tests.outbox import MINUTE, Post, post

pytestmark = pytest.mark.usefixtures("rules", "staff")
A = Action
__all__ = ["post"]


@pytest.fixture
def staff(tables: str) -> None:
    """Two of the committee, one each of centre and village, with phones; and everyone on duty today."""
    enrol_staff()


def lines(id: str = "e1") -> list[tuple[Action, object]]:
    return [(line.action, line.details.get("step")) for line in history.of(id)]


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
    assert {one.state for one in deliveries.of("e1")} == {DeliveryState.QUEUED}
    follow("e1", NOW, times=3)
    post.work(NOW)
    assert [to for _, to, _, _ in post.sent] == ["1001", "1003"]


def test_what_was_taken_up_is_not_called_for_any_more(post: Post) -> None:
    raised(post)
    verify = Command(action=A.VERIFY, basis=Basis.ON_SITE, kind="0106")
    reports.act("e1", verify, version=None, key=None, by=GRID_MEMBER, now=NOW + MINUTE)
    assert step(post, "e1", NOW + 5 * MINUTE) == []
    assert store.find("e1").is_open is False  # type: ignore[union-attr]


def test_an_event_that_comes_again_long_after_raises_nothing(post: Post) -> None:
    raised(post)
    alarm_answers.acknowledge("e1", by=CENTRE, now=NOW)
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
        ("sms_alarm", "sms", "centre", DeliveryState.SENT, 1),
        ("sms_alarm_guard", "sms", "village", DeliveryState.SENT, 1),
    ]


def test_without_a_bridge_it_is_recorded_and_an_alarm_rings(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.configured = False
    raised(post)
    assert {one.state for one in deliveries.of("e1")} == {DeliveryState.NO_CHANNEL}
    assert "undeliverable: " in caplog.text
    assert store.find("e1").step is Step.MAIN  # type: ignore[union-attr]  # the chain goes on in the app


def relocated(id: str, now: datetime) -> None:
    """The centre finds that it lies in another village."""
    there = Command(action=A.RELOCATE, grid="350211102003001")
    reports.act(id, there, version=None, key=None, by=CENTRE, now=now)


def test_in_another_village_the_alarm_is_that_villages(post: Post) -> None:
    raised(post)
    old = link(post, "1001")
    relocated("e1", NOW + MINUTE)
    step(post, "e1", NOW + MINUTE)
    shown = alarm_answers.acknowledge_by_link(old, now=NOW + 2 * MINUTE)
    assert shown and (shown.state, shown.spot) == (alarm_answers.State.OVER, None)
    alarm = store.find("e1")
    assert alarm and alarm.is_open and alarm.village == "village:350211102003", "the link ends nothing there"


def test_a_call_of_the_alarm_before_is_sent_no_more(post: Post) -> None:
    file("e1")
    (raising,) = history.of("e1")
    alarms.follow(raising, now=NOW)
    relocated("e1", NOW + MINUTE)
    moved = history.of("e1")[-1]
    alarms.follow(moved, now=NOW + MINUTE)
    follow("e1", NOW + 2 * MINUTE)
    post.work(NOW + 2 * MINUTE)
    assert [to for _, to, _, _ in post.sent] == ["1003"], "once, and nobody where it is not"
    assert "深青" not in post.sent[0][2]
