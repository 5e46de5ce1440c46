"""When somebody is pushed to, and what the push says."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.notifications import pushes
from chalicelib.domain.notifications.messages import read
from chalicelib.domain.notifications.pushes import Outbox
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reports.model import Action, Status
from tests.builders import COURIER, DATA, GRID_MEMBER, NOW, RULES
from tests.lines import event, standing, told

MESSAGES = read((DATA / "messages.csv").read_bytes())
MORNING = datetime(2026, 11, 24, 7, tzinfo=ZONE)
NOBODY = Outbox(person_id="p")


def at(outbox: Outbox, now: datetime) -> datetime:
    return pushes.push_at(outbox, now=now, calendar=RULES.calendar, numbers=RULES.numbers)


def local(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 23, hour, minute, tzinfo=ZONE)


def test_the_first_push_goes_out_at_once_and_the_next_half_an_hour_later() -> None:
    assert at(NOBODY, NOW) == NOW
    assert at(replace(NOBODY, pushed_at=NOW), NOW + timedelta(minutes=1)) == NOW + timedelta(minutes=30)
    assert at(replace(NOBODY, pushed_at=NOW), NOW + timedelta(minutes=31)) == NOW + timedelta(minutes=31)


@pytest.mark.parametrize(
    ("now", "then"), [(local(21, 59), local(21, 59)), (local(22), MORNING), (local(23, 30), MORNING)]
)
def test_at_night_nothing_is_pushed(now: datetime, then: datetime) -> None:
    assert at(NOBODY, now) == then
    assert at(NOBODY, local(5)) == local(7)
    assert at(NOBODY, local(7)) == local(7)


def test_who_does_not_want_to_be_disturbed_is_not() -> None:
    assert at(replace(NOBODY, quiet_until=local(15)), local(12)) == local(15)
    assert at(replace(NOBODY, quiet_until=local(22, 30)), local(12)) == MORNING
    assert at(replace(NOBODY, quiet_until=local(9)), local(12)) == local(12)


@given(
    minutes=st.integers(0, 5000),
    pushed=st.none() | st.integers(-5000, 5000),
    quiet=st.none() | st.integers(-5000, 5000),
)
def test_it_is_never_early_never_at_night_and_looking_again_then_changes_nothing(
    minutes: int, pushed: int | None, quiet: int | None
) -> None:
    def instant(number: int | None) -> datetime | None:
        return None if number is None else NOW + timedelta(minutes=number)

    now = NOW + timedelta(minutes=minutes)
    outbox = replace(NOBODY, pushed_at=instant(pushed), quiet_until=instant(quiet))
    then = at(outbox, now)
    assert then >= now and 7 <= then.astimezone(ZONE).hour < 22
    assert outbox.quiet_until is None or then >= outbox.quiet_until
    assert outbox.pushed_at is None or then >= outbox.pushed_at + timedelta(minutes=30)
    assert at(outbox, then) == then


def test_a_push_says_its_one_message_or_how_many_there_are() -> None:
    assert pushes.text([("甲", "a")], MESSAGES) == ("甲", "a")
    zh, en = pushes.text([("甲", "a"), ("乙" * 99, "b")], MESSAGES)
    assert zh == f"您有2条新消息，最新一条：{'乙' * 60}…"
    assert en == "You have 2 new messages. The newest: b"


def test_danger_to_life_is_urgent_for_those_who_deal_with_it() -> None:
    danger = told(kind="0106")[0]
    assert pushes.is_urgent(danger, GRID_MEMBER.id)
    assert not pushes.is_urgent(danger, COURIER.id)
    assert not pushes.is_urgent(told()[0], GRID_MEMBER.id)


@pytest.mark.parametrize(
    ("effect", "percent", "working_hours", "digest"),
    [
        (Effect.REMIND_HOLDER, 50, True, True),
        (Effect.REMIND_HOLDER, 50, False, False),
        (Effect.REMIND_HOLDER, 80, True, False),
        (Effect.SUPERVISE_YELLOW, 50, True, False),
    ],
)
def test_the_first_reminder_in_working_hours_waits_for_the_digest(
    effect: Effect, percent: int, working_hours: bool, digest: bool
) -> None:
    now = standing(Status.WITH_VILLAGE)
    line = event(Action.FALL_DUE, now, now, details={"effect": effect, "percent": percent})
    assert pushes.is_for_digest(line, by_working_hours=working_hours) is digest


def test_nobody_keeps_quiet_for_days() -> None:
    for until in (None, NOW + timedelta(hours=12), NOW - timedelta(days=1)):
        pushes.require_quiet(until, now=NOW, numbers=RULES.numbers)
    with pytest.raises(Invalid):
        pushes.require_quiet(NOW + timedelta(hours=13), now=NOW, numbers=RULES.numbers)
