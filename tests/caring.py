"""Plans and visits for tests: a meal at noon for somebody who stands for all who are cared for."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from chalicelib.domain.care.model import By, Plan, Step, Visit, stepped, visit_id
from chalicelib.domain.care.terms import Service, VisitAction, VisitState
from chalicelib.domain.reference import numbers
from tests.builders import DATA, GRID, TOWNSHIP, VILLAGE

NUMBERS = numbers.read((DATA / "numbers.csv").read_bytes())
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # 11:30 in Xiamen
EVE = NOON - timedelta(hours=24)  # when it is offered
HOUR = timedelta(hours=1)
CLERK = By(id="clerk", role="village", at=EVE)


def plan(**changes: Any) -> Plan:
    """A meal every day, at noon."""
    given: dict[str, Any] = {
        "id": "p1",
        "beneficiary_id": "b1",
        "township": TOWNSHIP,
        "village": VILLAGE,
        "grid": GRID,
        "service": Service.MEAL,
        "rule": "FREQ=DAILY",
        "starts_on": MONDAY,
        "window_start": time(11, 30),
        "window_end": time(12, 30),
        "items": 1,
        "seal": "食堂",
    }
    return Plan(**(given | changes))


def visit(**changes: Any) -> Visit:
    """Monday's meal, with nobody asked yet."""
    given: dict[str, Any] = {
        "id": visit_id("p1", MONDAY),
        "plan_id": "p1",
        "beneficiary_id": "b1",
        "township": TOWNSHIP,
        "village": VILLAGE,
        "grid": GRID,
        "service": Service.MEAL,
        "start": NOON,
        "end": NOON + HOUR,
        "items": 1,
    }
    return Visit(**(given | changes))


def born(one: Visit) -> Step:
    """The step by which it came to be."""
    return Step(before=None, after=one, deed="planned", by=CLERK)


def by(courier_id: str, at: datetime = EVE) -> By:
    """A courier as who does something."""
    return By(id=courier_id, role="courier", at=at)


def taken(before: Visit, courier_id: str, at: datetime = EVE) -> Step:
    """The step by which somebody who was asked takes it."""
    who = by(courier_id, at)
    return stepped(before, VisitAction.ACCEPT, VisitState.ACCEPTED, deed="accepted", by=who, courier_id=courier_id)
