"""Closings and blind re-checks that tests speak of."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.domain.events import Event, event
from chalicelib.domain.people.model import Person, Post, Role
from chalicelib.domain.rechecks import tasks
from chalicelib.domain.rechecks.tasks import Task
from chalicelib.domain.reference import closing
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.parties import Party
from tests.builders import COURIER2, GRID_MEMBER, NOW, RULES, VILLAGE, WORKS, report
from tests.deeds import PHOTO, do, handled, rung

EVERY_ONE = ",".join(closing.COLUMNS) + "\n*,1,anyone,0,any,100,甲,a"  # is looked at once more
LOOKED_AT = replace(RULES, closing=closing.read(EVERY_ONE.encode()))
HOUR = timedelta(hours=1)


def resolved(**changes: Any) -> Report:
    """Said to be solved by the department, with a photo."""
    return do(replace(handled(), **changes), Action.RESOLVE, WORKS, text="已修", after_photos=PHOTO).report


def closing_of(held: Report) -> Change:
    """The grid member saw it solved."""
    return do(held, Action.CONFIRM, GRID_MEMBER)


def unchecked(held: Report) -> Change:
    """Nobody looked."""
    return rung(held, NOW + timedelta(days=20))[-1]


def offered(held: Report | None = None, **changes: Any) -> Task:
    """The task of a closing, an hour ago."""
    change = closing_of(held or resolved())
    task = tasks.offered(event(change), change.report, lines(change), (), numbers=RULES.numbers)
    return replace(task, **changes)


def lines(*changes: Change) -> list[Event]:
    """Their lines of history."""
    return [event(change) for change in changes]


def rider(id: str = COURIER2.id, *villages: str, **changes: Any) -> Person:
    """A courier whose round covers the village."""
    posts = (Post(Role.COURIER, id),)
    made = Person(id=id, name="试点快递员", phone="", posts=posts, valid_from=NOW, villages=villages or (VILLAGE,))
    return replace(made, **changes)


def blind_line(answer: str, *, earns: bool = True, at: Any = NOW, by: str = COURIER2.id) -> Event:
    """A courier's answer, as history tells it."""
    held = report(Status.CLOSED, earns=earns)
    told: dict[str, object] = {"answer": answer, "closed_at": NOW.isoformat(), "photos": []}
    return event(
        Change(
            report=replace(held, version=held.version + 1),
            before=held,
            action=Action.BLIND_RECHECK,
            actor_id=by,
            as_role=Party.BLIND,
            at=at,
            internal=True,
            details=told,
        )
    )
