"""From the inbox to the phone: each message in one push, no two pushes of one person within half an hour."""

import random
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from chalicelib.domain.errors import Busy, Invalid
from chalicelib.domain.events import Event
from chalicelib.domain.notifications.deliveries import Delivery, DeliveryState
from chalicelib.domain.people.model import Person, Role
from chalicelib.domain.people.model import Post as Office
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.notifications import deliveries, digests, inbox, notices, pushes
from chalicelib.services.notifications.outbox import Outgoing
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import deliveries as records
from chalicelib.store.notifications import pushes as store
from chalicelib.store.people import people
from chalicelib.store.reports import reports
from tests.builders import COURIER, GRID, GRID_MEMBER, NOW, VILLAGE, VILLAGER, report
from tests.lines import event, standing, told
from tests.outbox import MINUTE, Post, do, post

pytestmark = pytest.mark.usefixtures("rules", "staff")
A, S = Action, Status
__all__ = ["post"]


@pytest.fixture
def staff(tables: str) -> None:
    """A grid member and somebody of the village."""
    for person, office in ((GRID_MEMBER, Office(Role.GRID_MEMBER, GRID)), (VILLAGER, Office(Role.VILLAGE, VILLAGE))):
        people.put(Person(id=person.id, name=person.id, phone=person.id, posts=(office,), valid_from=NOW))


def line(number: int, **changes: Any) -> Event:
    """A new report of the grid, for its grid member to verify."""
    return told(subject=f"r{number}", at=NOW + number * MINUTE, **changes)[0]


def states(report_id: str) -> list[tuple[str, DeliveryState, int]]:
    return [(one.template, one.state, one.people) for one in deliveries.of(report_id)]


def test_the_first_message_is_pushed_at_once_and_the_next_ones_together(post: Post) -> None:
    for number in range(4):
        now = NOW + number * MINUTE
        notices.tell(line(number), now=now)
        post.work(now)
    assert [text for _, _, text, _ in post.sent] == ["待核实：道路坑洞，请于2026-11-23 17:00前核实。"] or len(
        post.sent
    ) == 1
    post.work(NOW + 31 * MINUTE)
    assert len(post.sent) == 2 and "您有3条新消息" in post.sent[1][2]
    assert states("r0") == [("to_verify", DeliveryState.SENT, 1)]
    assert states("r3") == [("to_verify", DeliveryState.MERGED, 1)]


def test_told_twice_is_pushed_once(post: Post) -> None:
    for _ in range(3):
        notices.tell(line(0), now=NOW)
    post.work(NOW)
    notices.tell(line(0), now=NOW + 40 * MINUTE)
    post.work(NOW + 40 * MINUTE)
    assert len(post.sent) == 1


def test_danger_to_life_is_pushed_by_itself_at_night_and_to_who_wants_quiet(post: Post) -> None:
    night = datetime(2026, 11, 23, 23, tzinfo=ZONE)
    pushes.keep_quiet(night + timedelta(hours=9), by=GRID_MEMBER, now=night)
    for number in range(3):
        notices.tell(line(number, kind="0106"), now=night)
        notices.tell(line(number + 5), now=night)
    post.work(night)
    to_grid = [text for _, to, text, _ in post.sent if to == GRID_MEMBER.id]
    assert len(to_grid) == 3 and all("特急" in text for text in to_grid)
    assert {state for _, state, _ in states("r0")} == {DeliveryState.SENT}
    assert {state for _, state, _ in states("r5")} == {DeliveryState.QUEUED}


def test_what_the_bridge_does_not_take_is_tried_again_and_then_once(post: Post) -> None:
    notices.tell(line(0), now=NOW)
    (errand, _), *_ = post.errands()
    post.failing = True
    with pytest.raises(Busy):
        do(errand, NOW)
    assert states("r0") == [("to_verify", DeliveryState.FAILED, 1)]
    notices.tell(line(1), now=NOW + MINUTE)
    post.failing = False
    do(errand, NOW + 2 * MINUTE)
    do(errand, NOW + 3 * MINUTE)
    assert len(post.sent) == 1 and states("r0") == [("to_verify", DeliveryState.SENT, 1)]
    post.work(NOW + 40 * MINUTE)
    assert len(post.sent) == 2


def test_without_a_channel_nothing_waits_and_the_inbox_has_it(post: Post) -> None:
    post.configured = False
    notices.tell(line(0), now=NOW)
    assert states("r0") == [("to_verify", DeliveryState.NO_CHANNEL, 1)]
    assert not post.queue
    assert inbox.unread(GRID_MEMBER.id, now=NOW) == 1


def test_a_wait_is_cut_into_what_the_queue_can_keep_and_is_kept_by_one(post: Post) -> None:
    notices.tell(line(0), now=NOW)
    post.work(NOW)
    for number in (1, 2, 3):
        notices.tell(line(number), now=NOW + number * MINUTE)
        post.work(NOW + number * MINUTE)
    waiting = post.errands()
    assert [delay for _, delay in waiting] == [900], "one looks again, not three"
    do(waiting[0][0], NOW + 16 * MINUTE)
    ((errand, delay),) = post.errands()
    assert delay == 14 * 60
    do(errand, NOW + 30 * MINUTE)
    assert len(post.sent) == 2


@pytest.mark.parametrize("seed", range(8))
def test_in_any_order_with_duplicates_and_failures_each_message_is_in_one_push(post: Post, seed: int) -> None:
    """A day of messages told in any order, several times, with workers that die; everything comes out once."""
    chance, now = random.Random(seed), NOW
    events = [line(number) for number in range(12)]
    tellings = chance.choices(events, k=8) + events
    chance.shuffle(tellings)
    waiting: list[tuple[datetime, Outgoing]] = []
    pushed_at: list[datetime] = []
    while tellings or waiting or post.queue:
        if tellings and chance.random() < 0.6:
            notices.tell(tellings.pop(), now=now)
        waiting += [(now + timedelta(seconds=delay), errand) for errand, delay in post.errands()]
        due = [one for one in waiting if one[0] <= now]
        if due:
            one = chance.choice(due)
            post.failing, before = chance.random() < 0.2, len(post.sent)
            try:
                do(one[1], now)
            except Busy:
                continue
            finally:
                pushed_at += [now] * (len(post.sent) - before)
            if chance.random() < 0.8:  # else it is delivered once more
                waiting.remove(one)
        now += chance.choice([timedelta(), MINUTE, 7 * MINUTE])
        post.failing = False
    assert {states(f"r{number}")[0][1] for number in range(12)} <= {DeliveryState.SENT, DeliveryState.MERGED}
    pushes_of = [delivery.reason for number in range(12) for delivery in _records(f"r{number}")]
    assert len(pushes_of) == 12 and set(pushes_of) == {id for _, _, _, id in post.sent}
    assert store.outbox(GRID_MEMBER.id).pending == frozenset()


def _records(report_id: str) -> list[Delivery]:
    return records.of(report_id)


def test_pushes_of_one_person_are_half_an_hour_apart(post: Post) -> None:
    at: list[datetime] = []
    for minute in range(100):
        now = NOW + minute * MINUTE
        if minute % 3 == 0 and minute < 60:
            notices.tell(line(minute), now=now)
        before = len(post.sent)
        post.work(now)
        at += [now] * (len(post.sent) - before)
    assert [(later - earlier) / MINUTE for earlier, later in pairwise(at)] == [30, 30]


def test_first_reminders_in_working_hours_stand_in_the_next_mornings_digest_alone(post: Post) -> None:
    now = standing(S.WITH_VILLAGE)
    details = {"effect": Effect.REMIND_HOLDER, "percent": 50, "post": now.holder}
    transaction = Transaction()
    reports.put(report(S.WITH_VILLAGE, version=1), transaction=transaction)
    transaction.commit()
    reminder = event(A.FALL_DUE, now, now, actor_id="", as_role="timer", internal=True, details=details)
    for _ in range(2):
        notices.tell(reminder, now=NOW)
    assert inbox.unread(VILLAGER.id, now=NOW) == 0 and not post.queue
    assert states("r1") == [("reminder", DeliveryState.SUPPRESSED, 1)]
    digests.send(now=NOW)
    morning = NOW + timedelta(hours=23)
    assert [digests.send(now=morning) for _ in range(2)] == [1, 0]
    found = inbox.page(VILLAGER.id, limit=9, cursor=None, now=morning).messages
    next_one, this_one = [one for one in found if one.template == "digest"]
    assert "时限过半提醒0件" in this_one.zh and "时限过半提醒1件" in next_one.zh


def test_a_digest_says_nothing_of_what_was_dealt_with_meanwhile(post: Post) -> None:
    now = standing(S.WITH_VILLAGE)
    details = {"effect": Effect.REMIND_HOLDER, "percent": 50, "post": now.holder}
    notices.tell(event(A.FALL_DUE, now, now, actor_id="", as_role="timer", details=details), now=NOW)
    digests.send(now=NOW + timedelta(hours=23))
    assert inbox.unread(VILLAGER.id, now=NOW) == 0


def test_quiet_has_an_end() -> None:
    with pytest.raises(Invalid):
        pushes.keep_quiet(NOW + timedelta(days=2), by=COURIER, now=NOW)
    pushes.keep_quiet(NOW + timedelta(hours=1), by=COURIER, now=NOW)
    assert store.outbox(COURIER.id).quiet_until == NOW + timedelta(hours=1)
    pushes.keep_quiet(None, by=COURIER, now=NOW)
    assert store.outbox(COURIER.id).quiet_until is None
