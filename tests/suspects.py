"""Traces, photos and findings that tests speak of."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.domain.fraud.decisions import Order
from chalicelib.domain.fraud.findings import Draft, Evidence, Finding, told
from chalicelib.domain.fraud.terms import Judgement, Penalty, Signal
from chalicelib.domain.fraud.traces import Trace
from chalicelib.domain.people.model import Role
from chalicelib.domain.photos import ContentType, Findings, Media, Photo, Purpose, State
from chalicelib.domain.places import Point
from chalicelib.domain.reference.numbers import Numbers
from tests.builders import COURIER, NOW, RULES, TOWNSHIP, actor

NUMBERS = RULES.numbers
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HERE = Point(lat=24.6085, lon=117.9795)
CENTRE2 = actor("centre2", (Role.CENTRE, TOWNSHIP))
DHASH = "a3f1c2d4e5b69788"


def numbers(**changes: float) -> Numbers:
    """The numbers as shipped, but for these."""
    return Numbers(values=NUMBERS.values | changes)


def away(metres: float) -> Point:
    """So far to the north."""
    return Point(lat=HERE.lat + metres / 111_195, lon=HERE.lon)


def trace(id: str = "r1", **changes: Any) -> Trace:
    """A report of the courier, seen here and now, that nobody has judged."""
    fields: dict[str, Any] = {
        "courier_id": COURIER.id,
        "report_id": id,
        "number": 1,
        "at": NOW,
        "point": HERE,
        "klass": "C",
    }
    return Trace(**(fields | changes))


def photo(report: str = "r1", id: str = "before-1", *, found: dict[str, Any] | None = None, **changes: Any) -> Photo:
    """A photo that came, and what the worker read from it."""
    made = Photo(
        report_id=report,
        id=id,
        media=Media.PHOTO,
        purpose=Purpose.BEFORE,
        content_type=ContentType.JPEG,
        declared_at=NOW,
        by=COURIER.id,
        state=State.READY,
        found=Findings(**({"sha256": "5e" * 32, "dhash": DHASH} | (found or {}))),
    )
    return replace(made, **changes)


def finding(signal: Signal = Signal.FALSE_REPORT, *reports: str, **changes: Any) -> Finding:
    """Something that looks wrong about the courier's reports."""
    named = reports or ("r1",)
    draft = Draft(
        signal=signal, subject=named[0], person_id=COURIER.id, evidence=tuple(Evidence(report=id) for id in named)
    )
    made = told(None, draft, township=TOWNSHIP, now=NOW)
    assert made
    return replace(made, **changes)


def order(
    deed: Judgement, *forfeit: str, reason: str = "现场核查", days: int = 0, penalty: Penalty | None = None
) -> Order:
    """What somebody of the centre decides."""
    return Order(deed=deed, reason=reason, days=days, penalty=penalty, forfeit=forfeit)


WARN, DISMISS = order(Judgement.WARN), order(Judgement.DISMISS)
P91, P92 = order(Judgement.PENALISE, penalty=Penalty.FALSE), order(Judgement.PENALISE, penalty=Penalty.DECEIT)
FREEZE = order(Judgement.FREEZE, days=30)
