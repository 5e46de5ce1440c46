"""Reports and photos on a real store, what is heard of them, and what is found."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import FindingState, Signal
from chalicelib.domain.people.model import Person
from chalicelib.domain.photos import Photo
from chalicelib.domain.photos import State as Awaited
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.services.fraud import following
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people
from chalicelib.store.reports import photos, reports
from tests.builders import CENTRE, COMMITTEE, COURIER, NOW, TOWNSHIP, WORKS, report
from tests.histories import happened
from tests.lines import Step, told
from tests.suspects import CENTRE2, HERE

A, S = Action, Status
LATER = NOW.replace(hour=9)
REJECTED: tuple[Step, ...] = ((A.REJECT, S.INVALID),)
VERIFIED: tuple[Step, ...] = ((A.VERIFY, S.WITH_VILLAGE),)


@pytest.fixture
def staffed(rules: None) -> None:
    """The rules in force, and people."""
    staff()


def staff() -> None:
    """Two of the centre, one of the committee, a courier and somebody of a department."""
    for one in (CENTRE, CENTRE2, COMMITTEE, COURIER, WORKS):
        people.put(Person(id=one.id, name="试点人员", phone="", posts=one.posts, valid_from=NOW))


def stored(id: str = "r1", *steps: Step, at: datetime = NOW, point: Any = HERE, **changes: Any) -> list[Event]:
    """A report of the courier with its history, at the version of its last line; the lines."""
    lines = told(*steps, subject=id, at=at, **{name: changes.pop(name) for name in ("kind",) if name in changes})
    if lines[-1].standing.status is S.INVALID:
        lines[-1] = replace(lines[-1], details={"reason": "false", "proven": True})
    held = report(lines[-1].standing.status, id=id, observed_at=at, created_at=at, **changes)
    for number in range(1, len(lines) + 1):
        put(replace(held, place=replace(held.place, point=point), version=number))
    happened(lines)
    return lines


def put(held: Report) -> None:
    """A report in the store."""
    transaction = Transaction()
    reports.put(held, transaction=transaction)
    transaction.commit()


def arrived(one: Photo) -> Photo:
    """A photo that was declared and developed."""
    transaction = Transaction()
    photos.declare([replace(one, state=Awaited.AWAITED, found=None)], transaction)
    transaction.commit()
    photos.settle(one)
    return one


def hear(lines: Iterable[Event], now: datetime = LATER) -> None:
    """What the queue brings, in this order."""
    for line in lines:
        following.follow(line, now=now)


def found(state: FindingState = FindingState.OPEN) -> dict[tuple[str, str], Finding]:
    """The township's findings in a state, by signal and subject."""
    page = findings.page(TOWNSHIP, limit=100, cursor=None)
    return {(one.signal, one.subject): one for one in page.findings if one.state is state}


def only(signal: Signal) -> Finding:
    """The one finding of this signal."""
    (one,) = [one for (kind, _), one in found().items() if kind == signal]
    return one


def messages(person: str = CENTRE.id) -> list[str]:
    """What somebody was told, by template, oldest first."""
    return [one.template for one in inbox.page(person, limit=50, before=None, now=LATER)][::-1]
