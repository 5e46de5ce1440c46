"""The alarm for a danger to life (class E): who on duty is called, step by step, until one answers (DOMAIN §1, §2).

| step      | when                      | who is called                                                             |
|-----------|---------------------------|---------------------------------------------------------------------------|
| main      | at once                   | those on duty in village and centre; the centre's alone where it verifies |
| deputy    | `alarm_minutes` later     | their deputies                                                            |
| centre    | `alarm_minutes` later     | all of the centre                                                         |
| committee | `alarm_minutes` later     | all of the committee, again every `alarm_repeat_minutes`                  |

An empty slot is passed over at once: the deputy stands in for the main, and a step without anybody is no step.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.duty.rosters import Slot
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reference.taxonomy import DANGER_CLASS
from chalicelib.domain.reports.life import REMARKS
from chalicelib.domain.reports.model import SYSTEM, Action, Report

ANSWERING = (Role.VILLAGE, Role.CENTRE, Role.COMMITTEE)
# What does nothing about the danger: marks, the system's own steps, the reporter's, and what only passes it on.
NOT_TAKEN_UP = (
    REMARKS
    | SYSTEM
    | {Action.SUPPLY_INFO, Action.OBJECT, Action.URGE, Action.SUPERVISE}
    | {Action.RELOCATE, Action.RECLASSIFY, Action.ASK_INFO, Action.ASSIGN, Action.HAND_OVER}
    | {Action.ESCALATE, Action.RETURN, Action.RETURN_PART, Action.RETURN_TO_VILLAGE}
)
STAFF = frozenset({*map(str, ANSWERING), "grid_member", "neighbour", "department", "co_handler"})


class Step(StrEnum):
    """The chain, in order."""

    MAIN = "main"
    DEPUTY = "deputy"
    CENTRE = "centre"
    COMMITTEE = "committee"


CHAIN = tuple(Step)
REMEMBERED = 4  # calls whose SMS may still be under way


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One who is called: the `slot` of a post's roster, or the `person` who holds the post.

    `times`: by which of the alarm's calls; `token` opens the link in his SMS.
    """

    post: str
    slot: Slot | None = None
    person: str = ""
    times: int = 1
    token: str = ""

    @property
    def key(self) -> str:
        """Names him within a step."""
        return f"{self.post}#{self.slot or self.person}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A report's alarm; `number` is that of the line of history that raised it. `next_at` is None once nobody is
    called any more; an answer is waited for until it has `ended`.

    `times` counts the calls so far, `called` are those of the last few, `ever` is everyone who was called at all.
    """

    report_id: str
    number: int
    raised_at: datetime
    centre: str
    committee: str
    village: str | None
    step: Step = Step.MAIN
    times: int = 0
    called: tuple[Called, ...] = field(default=())
    ever: tuple[str, ...] = field(default=())
    next_at: datetime | None
    ended: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_as: str = ""

    @property
    def latest(self) -> list[Called]:
        """Those of the last call."""
        return [one for one in self.called if one.times == self.times]

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for."""
        return not self.ended


def raises(event: Event) -> bool:
    """Whether it comes in as a danger to life with this line, turns out to be one, or is one again; or elsewhere."""
    now, was = event.standing, event.was
    if now.klass != DANGER_CLASS or now.holder is None:
        return False
    known = was is not None and was.klass == DANGER_CLASS and was.holder is not None and was.village == now.village
    return not known or event.action is Action.REOPEN


def ordered(event: Event) -> str | None:
    """The department that is given a danger to life to deal with by this line: its person on duty hears at once."""
    now, was = event.standing, event.was
    if now.klass != DANGER_CLASS or not now.department or now.holder != Post(Role.DEPARTMENT, now.department).key:
        return None
    orders = event.action in (Action.DISPATCH, Action.DECIDE, Action.REASSIGN)
    return now.department if was and (orders or was.klass != DANGER_CLASS) else None


def concerns(event: Event) -> bool:
    """Whether somebody on duty hears of the line."""
    return event.action is Action.ALARM or raises(event) or ordered(event) is not None


def raised(event: Event, *, centre_only: bool) -> Alarm:
    """The alarm that the line raises, before anybody was called."""
    now = event.standing
    return Alarm(
        report_id=event.subject_id,
        number=event.number,
        raised_at=event.at,
        centre=Post(Role.CENTRE, now.township).key,
        committee=Post(Role.COMMITTEE, now.township).key,
        village=Post(Role.VILLAGE, now.village).key if now.village and not centre_only else None,
        next_at=event.at,
    )


def is_over(report: Report, since: Iterable[Event]) -> bool:
    """Whether nobody need be called any more, by the report and the lines since the alarm was raised."""
    return report.holder is None or report.nature.klass != DANGER_CLASS or any(map(_takes_up, since))


def _takes_up(line: Event) -> bool:
    return line.action not in NOT_TAKEN_UP and line.as_role in STAFF


type Filled = Callable[[str, Slot], bool]
type Holders = Callable[[str], Sequence[str]]


def call(alarm: Alarm, *, filled: Filled, holders: Holders, now: datetime, numbers: Numbers) -> Alarm:
    """The alarm after its next call: the first step from where it stands that reaches anybody, else the last one.

    `filled`: whether a post's slot has somebody now; `holders`: the people who hold a post.
    """
    for step in CHAIN[CHAIN.index(alarm.step) + (alarm.times > 0) :] or CHAIN[-1:]:
        called = _reached(alarm, step, filled, holders)
        if called:
            break
    times = alarm.times + 1
    keys = tuple(one.key for one in called)
    earlier = (one for one in alarm.called if one.times > times - REMEMBERED)
    return replace(
        alarm,
        step=step,
        times=times,
        called=(*earlier, *(replace(one, times=times) for one in called)),
        ever=tuple(dict.fromkeys((*alarm.ever, *keys))),
        next_at=_next_at(step, times, now, numbers),
    )


def _next_at(step: Step, times: int, now: datetime, numbers: Numbers) -> datetime | None:
    if step is not CHAIN[-1]:
        return now + numbers.minutes("alarm_minutes")
    return now + numbers.minutes("alarm_repeat_minutes") if times < numbers.count("alarm_calls") else None


def _reached(alarm: Alarm, step: Step, filled: Filled, holders: Holders) -> list[Called]:
    posts = [post for post in (alarm.village, alarm.centre) if post]
    if step is Step.MAIN:
        return [first for post in posts for first in _on_duty(post, filled)[:1]]
    if step is Step.DEPUTY:
        again = [one for post in posts for one in _on_duty(post, filled)]
        return [one for one in again if one.key not in alarm.ever and one.slot is Slot.DEPUTY]
    post = alarm.centre if step is Step.CENTRE else alarm.committee
    return [*_on_duty(post, filled), *(Called(post=post, person=person) for person in holders(post))]


def _on_duty(post: str, filled: Filled) -> list[Called]:
    return [Called(post=post, slot=slot) for slot in Slot if filled(post, slot)]


def with_tokens(alarm: Alarm, make: Callable[[], str]) -> Alarm:
    """The alarm with a token for each of those just called."""
    called = tuple(one if one.token else replace(one, token=make()) for one in alarm.called)
    return replace(alarm, called=called)


def told(alarm: Alarm) -> dict[str, object]:
    """What the line of history says of a call: of which alarm, which one, which step, and who was called."""
    called = [one.key for one in alarm.latest]
    return {"alarm": alarm.number, "step": alarm.step, "times": alarm.times, "called": called}


def answers_as(actor: Actor, alarm: Alarm) -> str | None:
    """The post as which somebody signed in answers the alarm; None where he is not among those it is for."""
    posts = [post for post in (alarm.village, alarm.centre, alarm.committee) if post]
    held = {post.key for post in actor.posts}
    return next((post for post in posts if post in held), None)


def is_for(alarm: Alarm, called: str, report: Report) -> bool:
    """Whether the alarm still calls this post: not a village that it has left, or that may not know of it any more."""
    post, posts = called.partition("#")[0], (alarm.centre, alarm.committee)
    return post in posts or (post == alarm.village and not report.nature.verify_by_centre)


def acknowledged(alarm: Alarm, *, as_: str, now: datetime) -> Alarm:
    """The alarm after somebody has answered it."""
    return replace(alarm, next_at=None, ended=True, acknowledged_at=now, acknowledged_as=as_)


def over(alarm: Alarm) -> Alarm:
    """The alarm of what was taken up or ended meanwhile."""
    return replace(alarm, next_at=None, ended=True)
