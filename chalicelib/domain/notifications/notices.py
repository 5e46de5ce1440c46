"""Who hears what of an event, in the app (DOMAIN §2). The tables of rules stand in `hearing`.

Pools are told that may see the report anyway, or might until now (`reports/sight.py`; a test holds the two together):
the reporter, the post it lies with now, those it was taken from, the departments called to help, whoever a rung of the
ladder calls, and for danger to life the first line of duty.
"""

from dataclasses import dataclass
from functools import partial
from itertools import chain

from chalicelib.domain.duty import alarms
from chalicelib.domain.events import Event
from chalicelib.domain.notifications.hearing import (
    ALARM,
    ALARM_CENTRE_ONLY,
    BROUGHT_BY,
    FALSE_CLOSING,
    HOLDER_HEARS,
    INSTEAD,
    NO_NEWS_TO_HOLDER,
    OTHERS_HEAR,
    REPORTER_HEARS,
    REPORTER_HEARS_OF,
    UNANSWERED,
    Who,
)
from chalicelib.domain.notifications.inbox import stamp
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reference.taxonomy import VILLAGE
from chalicelib.domain.reports.life import REMARKS
from chalicelib.domain.reports.model import Action, Status

A, S, W = Action, Status, Who
REPORTER = "reporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The people who hold a post are to hear a template; only `person`, where he is one of them."""

    post: str
    template: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody hears, and as whom."""

    template: str
    role: str


def concerns(event: Event) -> bool:
    """Whether anybody hears of the event."""
    return bool(for_reporter(event) or calls(event, centre_only=False))


def for_reporter(event: Event) -> str | None:
    """What the reporter hears; nothing of what he did himself, of internal remarks, or of a close told before."""
    return None if event.internal or event.actor_id == event.reporter_id else told_reporter(event)


def told_reporter(event: Event) -> str | None:
    """What whoever reported the matter hears of the event, unless it is his own doing."""
    if event.action is A.FOLLOW:
        return str(event.details["template"])
    if event.action is A.REJECT:
        return f"rejected_{event.details['reason']}"
    if event.action is A.FALL_DUE:
        return REPORTER_HEARS_OF.get(Effect(str(event.details["effect"])))
    if event.action is A.CONFIRM and event.was and event.was.status is S.CLOSED:
        return None
    instead = (event.action, event.standing.status)
    return INSTEAD[instead] if instead in INSTEAD else REPORTER_HEARS.get(event.action)


def calls(event: Event, *, centre_only: bool) -> list[Call]:
    """Which pools hear what, the most urgent first. `centre_only`: the centre alone verifies this kind."""
    return [
        *_alarms(event, centre_only),
        *_holder(event),
        *_others(event, centre_only),
        *_helpers(event),
        *_released(event),
    ]


def instead(event: Event, pools: dict[str, list[str]]) -> list[Call]:
    """The centre hears of what lies with a post that nobody holds but the one who has just acted."""
    if event.action in REMARKS:
        return []
    centre = Post(Role.CENTRE, event.standing.township).key
    turned = [call for call in _others(event, centre_only=True) if call.post == event.standing.holder]
    alone = [call for call in (*_holder(event), *turned) if not set(pools[call.post]) - {event.actor_id}]
    return [Call(post=centre, template=call.template) for call in alone if call.post != centre]


def addressed(event: Event, called: list[Call], pools: dict[str, list[str]]) -> dict[str, Heard]:
    """What each person hears: one template at most, the first that fits, and none who did it himself."""
    reporter = for_reporter(event)
    first = [(event.reporter_id, Heard(template=reporter, role=REPORTER))] if reporter else []
    pooled = (
        (person, Heard(template=call.template, role=Post.of(call.post).role))
        for call in called
        for person in _listeners(call, pools[call.post])
    )
    heard: dict[str, Heard] = {}
    for person, what in chain(first, pooled):
        if person != event.actor_id:
            heard.setdefault(person, what)
    return heard


def _listeners(call: Call, pool: list[str]) -> list[str]:
    return [call.person] if call.person in pool else pool


def message_id(event: Event, template: str) -> str:
    """Sorts by when it happened: `20261123T060701123456#<event id>#<template>`."""
    return f"{stamp(event.at)}#{event.id}#{template}"


def _alarms(event: Event, centre_only: bool) -> list[Call]:
    """Grid, village and centre together, when it comes in as a danger to life or turns out to be one."""
    if not alarms.raises(event):
        return []
    now = event.standing
    centre = Post(Role.CENTRE, now.township).key
    if centre_only:
        return [Call(post=centre, template=ALARM_CENTRE_ONLY)]
    grid = [Call(post=Post(Role.GRID_MEMBER, now.grid).key, template=ALARM[Role.GRID_MEMBER])] if now.grid else []
    village = [Call(post=Post(Role.VILLAGE, now.village).key, template=ALARM[Role.VILLAGE])] if now.village else []
    return [*grid, *village, Call(post=centre, template=ALARM[Role.CENTRE])]


def _holder(event: Event) -> list[Call]:
    now, was = event.standing, event.was
    if now.holder is None or Post.of(now.holder).role is Role.COURIER or event.action in NO_NEWS_TO_HOLDER:
        return []  # what waits for its reporter is told him as such
    if event.action in REMARKS:
        by_reporter = event.actor_id == event.reporter_id
        return [Call(post=now.holder, template="added_by_reporter" if by_reporter else "remarked")]
    moved = was is None or (was.holder, was.status) != (now.holder, now.status)
    template = BROUGHT_BY.get(_cause(event)) or HOLDER_HEARS.get(now.status)
    return [Call(post=now.holder, template=template)] if moved and template else []


def _others(event: Event, centre_only: bool) -> list[Call]:
    if event.action is A.ALARM:
        who = UNANSWERED.get(alarms.Step(str(event.details["step"])))
        hear: tuple[tuple[Who, str], ...] = ((who, "alarm_unanswered"),) if who else ()
    else:
        hear = OTHERS_HEAR.get(_cause(event), ()) + (FALSE_CLOSING if event.details.get("false_closing") else ())
    found = [_call(event, who, template) for who, template in hear if not (centre_only and who is W.VILLAGE)]
    return [call for call in found if call]


def _cause(event: Event) -> Action | Effect:
    return Effect(str(event.details["effect"])) if event.action is A.FALL_DUE else event.action


def _call(event: Event, who: Who, template: str) -> Call | None:
    now = event.standing
    if who is W.TURN:
        turn = str(event.details.get("post") or now.holder or "")
        if not turn or Post.of(turn).role is Role.COURIER:
            return None
        return Call(post=turn, template=template, person=now.assignee if turn == now.holder else None)
    post = _pool(event, who)
    return Call(post=post, template=template) if post else None


def _pool(event: Event, who: Who) -> str | None:
    now = event.standing
    if who is W.BEFORE:
        before = event.was.holder if event.was else None
        if before is None or before == now.holder or Post.of(before).role is Role.COURIER:
            return None
        return before
    if who is W.FORMER:
        former = event.was.department if event.was else None
        return Post(Role.DEPARTMENT, former).key if former and former != now.department else None
    if who is W.LEAD:
        return Post(Role.DEPARTMENT, now.department).key if now.department else None
    if who is W.VILLAGE:
        return Post(Role.VILLAGE, now.village).key if now.village else None
    return Post(Role.CENTRE if who is W.CENTRE else Role.COMMITTEE, now.township).key


def _helpers(event: Event) -> list[Call]:
    orders = event.action in (A.DISPATCH, A.DECIDE, A.REASSIGN, A.CALL_IN)
    return _bodies(event, "co_handlers", "to_help") if orders else []


def _released(event: Event) -> list[Call]:
    return _bodies(event, "released", "taken_off")


def _bodies(event: Event, detail: str, template: str) -> list[Call]:
    """Each body that the line names there; `V` is the village."""
    codes = event.details.get(detail, ())
    if not isinstance(codes, list | tuple):
        return []
    village, body = Post(Role.VILLAGE, event.standing.village or ""), partial(Post, Role.DEPARTMENT)
    return [Call(post=(village if code == VILLAGE else body(str(code))).key, template=template) for code in codes]
