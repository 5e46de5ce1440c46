"""Who hears what of an event, in the app (DOMAIN §2). Tables of rules; the sentences stand in `data/messages.csv`.

Pools are told that may see the report anyway (`reports/sight.py`; a test holds the two together): the reporter, the
post it lies with now, the departments called to help, and for danger to life the first line of duty.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from chalicelib.domain.events import Event
from chalicelib.domain.people import Post, Role
from chalicelib.domain.reports.life import REMARKS
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.taxonomy import DANGER_CLASS

A, S = Action, Status

# What the reporter hears of an action …
REPORTER_HEARS = {
    A.VERIFY: "verified",
    A.ASK_INFO: "info_asked",
    A.DISPATCH: "dispatched",
    A.DECIDE: "dispatched",
    A.REASSIGN: "dispatched",
    A.ACCEPT: "accepted",
    A.ESCALATE: "passed_on",
    A.TRANSFER: "transferred",
    A.CANCEL: "cancelled",
    A.RESOLVE: "resolved",
    A.ANSWER: "resolved",
    A.CONFIRM: "closed",
    A.REOPEN: "reopened",
    A.COMMENT: "commented",
    A.ADD_INFO: "commented",
}
# … or rather this, where it led to that status.
INSTEAD = {
    (A.VERIFY, S.CLOSED): "verified_gone",
    (A.VERIFY, S.RESOLVED): "verified_solved",
    (A.DISPATCH, S.WITH_VILLAGE): "given_to_village",
    (A.DECIDE, S.WITH_VILLAGE): "given_to_village",
    (A.DECIDE, S.SUSPENDED): None,
    (A.DECIDE, S.CLOSED): None,
    (A.CONFIRM, S.RESOLVED): None,
}
# What the pool hears that a report now lies with.
HOLDER_HEARS = {
    S.SUBMITTED: "to_verify",
    S.WITH_VILLAGE: "to_solve",
    S.WITH_CENTRE: "to_sort",
    S.COORDINATING: "to_coordinate",
    S.DISPATCHED: "to_sign",
    S.IN_HANDLING: "to_redo",
    S.SUSPENDED: "to_review",
    S.RESOLVED: "to_recheck",
}
# Its own step, and the colleagues who share the pool see it in their list.
NO_NEWS_TO_HOLDER = frozenset({A.ACCEPT})
# The first line of duty where lives are in danger.
ALARM = {Role.GRID_MEMBER: "alarm", Role.VILLAGE: "alarm_guard", Role.CENTRE: "alarm"}
ALARM_CENTRE_ONLY = "alarm_centre_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The people who hold a post are to hear a template."""

    post: str
    template: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One sentence for one person, in both languages. `id` sorts by the event's time, the same at every telling."""

    person_id: str
    id: str
    template: str
    event_id: str
    report_id: str
    at: datetime
    zh: str
    en: str
    unread: bool = True


def concerns(event: Event) -> bool:
    """Whether anybody hears of the event."""
    return bool(for_reporter(event) or calls(event, centre_only=False))


def for_reporter(event: Event) -> str | None:
    """What the reporter hears; nothing of what he did himself, of internal remarks, or of a close told before."""
    if event.internal or event.actor_id == event.reporter_id:
        return None
    if event.action is A.REJECT:
        return f"rejected_{event.details['reason']}"
    if event.action is A.CONFIRM and event.was and event.was.status is S.CLOSED:
        return None
    instead = (event.action, event.standing.status)
    return INSTEAD[instead] if instead in INSTEAD else REPORTER_HEARS.get(event.action)


def calls(event: Event, *, centre_only: bool) -> list[Call]:
    """Which pools hear what, the most urgent first. `centre_only`: the centre alone verifies this kind."""
    return [*_alarms(event, centre_only), *_holder(event), *_helpers(event)]


def instead(event: Event, pools: dict[str, list[str]]) -> list[Call]:
    """The centre hears of what lies with a post that nobody holds but the one who has just acted."""
    if event.action in REMARKS:
        return []
    centre = Post(Role.CENTRE, event.standing.township).key
    alone = [call for call in _holder(event) if not set(pools[call.post]) - {event.actor_id}]
    return [Call(post=centre, template=call.template) for call in alone if call.post != centre]


def addressed(event: Event, called: list[Call], pools: dict[str, list[str]]) -> dict[str, str]:
    """Each person's template: one at most, the first that fits, and none for who did it himself."""
    reporter = for_reporter(event)
    first = [(event.reporter_id, reporter)] if reporter else []
    pooled = ((person, call.template) for call in called for person in pools[call.post])
    heard: dict[str, str] = {}
    for person, template in chain(first, pooled):
        if person != event.actor_id:
            heard.setdefault(person, template)
    return heard


def message_id(event: Event, template: str) -> str:
    """Sorts by when it happened: `20261123T060701123456#<event id>#<template>`."""
    return f"{stamp(event.at)}#{event.id}#{template}"


def stamp(at: datetime) -> str:
    """A UTC instant as a message id begins with it."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def _alarms(event: Event, centre_only: bool) -> list[Call]:
    """Grid, village and centre together, when it comes in as a danger to life or turns out to be one."""
    now, was = event.standing, event.was
    if now.klass != DANGER_CLASS or now.holder is None or (was and was.klass == DANGER_CLASS):
        return []
    centre = Post(Role.CENTRE, now.township).key
    if centre_only:
        return [Call(post=centre, template=ALARM_CENTRE_ONLY)]
    grid = [Call(post=Post(Role.GRID_MEMBER, now.grid).key, template=ALARM[Role.GRID_MEMBER])] if now.grid else []
    village = [Call(post=Post(Role.VILLAGE, now.village).key, template=ALARM[Role.VILLAGE])] if now.village else []
    return [*grid, *village, Call(post=centre, template=ALARM[Role.CENTRE])]


def _holder(event: Event) -> list[Call]:
    now, was = event.standing, event.was
    if now.holder is None or event.action in NO_NEWS_TO_HOLDER:
        return []
    if event.action in REMARKS:
        by_reporter = event.actor_id == event.reporter_id
        return [Call(post=now.holder, template="added_by_reporter" if by_reporter else "remarked")]
    moved = was is None or (was.holder, was.status) != (now.holder, now.status)
    template = HOLDER_HEARS.get(now.status)
    return [Call(post=now.holder, template=template)] if moved and template else []


def _helpers(event: Event) -> list[Call]:
    codes = event.details.get("co_handlers", ()) if event.action in (A.DISPATCH, A.DECIDE, A.REASSIGN) else ()
    if not isinstance(codes, list | tuple):
        return []
    return [Call(post=Post(Role.DEPARTMENT, str(code)).key, template="to_help") for code in codes]
