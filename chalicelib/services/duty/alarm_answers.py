"""Use cases of answering the alarm for a danger to life: in the app, or through the link in an SMS."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial

from chalicelib.domain.duty import alarms as rules
from chalicelib.domain.duty.alarms import Alarm
from chalicelib.domain.duty.rosters import Slot, duty_days, on_duty
from chalicelib.domain.errors import AlreadyDone, Forbidden, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.notifications import wording
from chalicelib.domain.notifications.messages import Both
from chalicelib.domain.people.model import Actor, Post
from chalicelib.domain.places import Point
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.model import Action, Report
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports import records
from chalicelib.store import history
from chalicelib.store.duty import alarms as store
from chalicelib.store.duty import rosters
from chalicelib.store.notifications import deliveries
from chalicelib.store.notifications.deliveries import Link
from chalicelib.store.people import people
from chalicelib.store.reports import reports


class State(StrEnum):
    """How an alarm stands for one who was called, whichever call reached him."""

    WAITING = "waiting"
    YOURS = "yours"
    OTHERS = "others"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An alarm as who was called sees it by the link in his SMS: where and what it is, in the words of the SMS.

    Who has answered is to go there: he is told the kind in any case, and the `spot` (WGS-84) where there is one.
    """

    state: State
    alarm: Alarm
    place: Both
    matter: Both
    spot: Point | None = None


def acknowledge(report_id: str, *, by: Actor, now: datetime) -> Alarm:
    """Somebody signed in answers the alarm: the one who is first is noted, and nobody is called any more.

    Raises NotFound where he may not see the report or there is no alarm, Forbidden (`alarm_not_yours`).
    """
    sight.require_sight(by, reports.get(report_id))
    alarm = _alarm(report_id)
    post = rules.answers_as(by, alarm)
    if post is None:
        raise Forbidden("alarm_not_yours")
    if not alarm.is_open:
        return alarm
    return _acknowledge(alarm, post=post, actor_id=by.id, details={"post": post}, now=now)


def acknowledge_by_link(token: str, *, now: datetime) -> Shown | None:
    """Who was called by SMS answers through the link in it, where an answer is waited for; None if the link is none."""
    link = _link(token, now)
    if link is None:
        return None
    shown = _shown(link, now)
    if shown.state is not State.WAITING:
        return shown
    post, _, who = link.called.partition("#")
    details: dict[str, object] = {"post": post, "called": who} | _on_duty(post, who, link.at)
    _acknowledge(shown.alarm, post=post, actor_id=_person(who), details=details, now=now)
    return _shown(link, now)


def show(token: str, *, now: datetime) -> Shown | None:
    """What the link in an SMS leads to, if it is one. Looking answers nothing: phones look at links by themselves."""
    link = _link(token, now)
    return _shown(link, now) if link else None


def _link(token: str, now: datetime) -> Link | None:
    """What the token opens. Who was called as the holder of a post opens nothing once he holds it no more."""
    link = deliveries.link(token, now=now)
    post, _, who = link.called.partition("#") if link else ("", "", "")
    if _person(who):
        known = people.find(who)
        return link if known and Post.of(post) in known.posts else None
    return link


def _shown(link: Link, now: datetime) -> Shown:
    """By the report's latest line: what has become confidential since the SMS is not named any more."""
    alarm, report, lines = _alarm(link.report_id), reports.get(link.report_id), history.of(link.report_id)
    state = _state(alarm, report, lines, link.called) if rules.is_for(alarm, link.called, report) else State.OVER
    goes, standing, words = state is State.YOURS, lines[-1].standing, sentences()
    book, known = rulebook.in_force(now=now), areas.listing(now=now)[0]
    return Shown(
        state=state,
        alarm=alarm,
        place=wording.grid(standing, known, words) if goes else wording.place(lines[-1], known, words),
        matter=wording.matter(
            standing.kind, confidential=standing.confidential and not goes, rules=book, messages=words
        ),
        spot=report.place.point if goes else None,
    )


def _state(alarm: Alarm, report: Report, lines: list[Event], called: str) -> State:
    """An answer is waited for until there is one, or somebody acts unasked; also when the calls are used up."""
    since = [line for line in lines if line.number > alarm.number]
    if rules.is_over(report, [] if alarm.acknowledged_at else since):
        return State.OVER
    if alarm.acknowledged_at is None:
        return State.WAITING
    return State.YOURS if any(_is_by(called, line) for line in since) else State.OTHERS


def _is_by(called: str, line: Event) -> bool:
    """Whether the line is the answer of who was called by this key: through a link, or signed in."""
    post, _, who = called.partition("#")
    through = (line.details.get("post"), line.details.get("called"))
    return line.action is Action.ACKNOWLEDGE and (line.actor_id == who or through == (post, who))


def _alarm(report_id: str) -> Alarm:
    alarm = store.find(report_id)
    if alarm is None:
        raise NotFound("no_alarm", report=report_id)
    return alarm


def _acknowledge(alarm: Alarm, *, post: str, actor_id: str, details: dict[str, object], now: datetime) -> Alarm:
    """The alarm as it is answered; by whom else, where somebody was faster."""
    if alarm.acknowledged_at:
        return alarm
    answered = rules.acknowledged(alarm, as_=post, now=now)
    note = partial(records.note, alarm.report_id, Action.ACKNOWLEDGE, now=now, actor_id=actor_id, details=details)
    try:
        note(
            as_role=Post.of(post).role,
            extra=lambda transaction: store.put(answered, over=alarm, transaction=transaction),
        )
    except AlreadyDone:
        return _acknowledge(_alarm(alarm.report_id), post=post, actor_id=actor_id, details=details, now=now)
    return answered


def _person(who: str) -> str:
    return "" if who in set(Slot) else who


def _on_duty(post: str, who: str, at: datetime) -> dict[str, object]:
    """The name of who was on duty as he was called: he has no account that leads to it. Of people, the id says who."""
    if _person(who):
        return {}
    shift = on_duty(rosters.of(post, *duty_days(at)), at)
    duty = shift.held(Slot(who)) if shift else None
    return {"name": duty.name} if duty else {}
