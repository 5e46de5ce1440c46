"""Use cases on the alarm for a danger to life: raised by history, carried on by the clock (answered: `alarm_answers`).

Each call is a line of the report's history, written together with the alarm's next step; what is sent follows from the
line. So a step that was decided is sent, however often and wherever a process dies in between, and is decided once.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from chalicelib.domain.duty import alarms as rules
from chalicelib.domain.duty.alarms import Alarm
from chalicelib.domain.duty.rosters import Slot, duty_days, on_duty
from chalicelib.domain.errors import AlreadyDone, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.reports.model import Action, Report
from chalicelib.services.duty import calling
from chalicelib.services.notifications import notices
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import records
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.duty import alarms as store
from chalicelib.store.duty import rosters
from chalicelib.store.notifications import deliveries
from chalicelib.store.notifications.deliveries import Link
from chalicelib.store.people import people
from chalicelib.store.reports import reports

TOKEN_BYTES = 16


def follow(event: Event, *, now: datetime) -> None:
    """What follows from a line of history, once however often it is told: an alarm is raised, a call is sent."""
    if event.action is Action.ALARM:
        calling.call(event, now=now)
    elif rules.raises(event):
        _raise(event, now)
    if department := rules.ordered(event):
        calling.order(event, department, now=now)


def fire(report_id: str, *, at: datetime, now: datetime) -> None:
    """The next call of a report's alarm, if that is what fell due `at`: late, twice or out of order, it is one call."""
    alarm = store.find(report_id)
    if alarm is None or alarm.next_at != at or now < at:
        return
    with suppress(AlreadyDone, NotFound):
        _next_call(alarm, before=alarm, now=now)


def _raise(event: Event, now: datetime) -> None:
    before = store.find(event.subject_id)
    if before and before.number >= event.number:
        return
    centre_only = notices.centre_only(event, rulebook.in_force(now=now))
    with suppress(AlreadyDone, NotFound):
        _next_call(rules.raised(event, centre_only=centre_only), before=before, now=now)


def _next_call(alarm: Alarm, *, before: Alarm | None, now: datetime) -> None:
    """Write the next call, or that none is needed. Raises AlreadyDone where another has meanwhile."""
    since = [line for line in history.of(alarm.report_id) if line.number > alarm.number]
    if rules.is_over(reports.get(alarm.report_id), since):
        _save(rules.over(alarm), before)
        return
    numbers = rulebook.in_force(now=now).numbers
    called = rules.call(alarm, filled=_filled(alarm, now), holders=people.holders, now=now, numbers=numbers)
    called = rules.with_tokens(called, lambda: token_urlsafe(TOKEN_BYTES))

    def with_it(transaction: Transaction) -> None:
        store.put(called, over=before, transaction=transaction)
        for one in called.latest:
            link = Link(report_id=called.report_id, called=one.key, at=now)
            until = now + numbers.hours("alarm_link_hours")
            deliveries.put_link(one.token, link, until=until, transaction=transaction)

    told = rules.told(called)
    records.note(alarm.report_id, Action.ALARM, now=now, plan=_while_open, details=told, extra=with_it)


def _while_open(report: Report) -> dict[str, Any] | None:
    return None if report.holder is None else {}


def _save(alarm: Alarm, before: Alarm | None) -> None:
    transaction = Transaction()
    store.put(alarm, over=before, transaction=transaction)
    transaction.commit()


def _filled(alarm: Alarm, now: datetime) -> Callable[[str, Slot], bool]:
    posts = [post for post in (alarm.village, alarm.centre, alarm.committee) if post]
    shifts = {post: on_duty(held, now) for post, held in rosters.several(posts, duty_days(now)).items()}

    def filled(post: str, slot: Slot) -> bool:
        shift = shifts[post]
        return shift is not None and shift.held(slot) is not None

    return filled
