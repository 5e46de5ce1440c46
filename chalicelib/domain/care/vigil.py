"""Runs that stand still: when the clock looks, and what it makes of them (DOMAIN §4).

What it told somebody leaves a mark on the visit, by which it is told once.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.care.model import By, Step, Visit, stepped
from chalicelib.domain.care.terms import Service, VisitAction, VisitState
from chalicelib.domain.reference.numbers import Numbers

A, S = VisitAction, VisitState
ASK, MEAL, CLOSE, LOST = "care_ask_minutes", "care_meal_minutes", "care_close_after_minutes", "care_late_steps_days"
UNDER_WAY = frozenset({S.PICKED_UP, S.ARRIVED, S.HANDED_OVER})
WITH_MEAL = frozenset({S.PICKED_UP, S.ARRIVED})


def no_show_at(visit: Visit, _: Numbers) -> datetime | None:
    """When who has it has not come."""
    return visit.end if visit.state is S.ACCEPTED else None


def ask_at(visit: Visit, numbers: Numbers) -> datetime | None:
    """When he is asked whether he comes."""
    waits = visit.state is S.ACCEPTED and visit.run.asked_at is None
    return visit.start + numbers.minutes(ASK) if waits else None


def meal_late_at(visit: Visit, numbers: Numbers) -> datetime | None:
    """When a meal has been on its way too long."""
    fetched, is_meal = visit.run.picked_up_at, visit.service is Service.MEAL
    waits = is_meal and visit.state in WITH_MEAL and visit.run.meal_late_at is None
    return fetched + numbers.minutes(MEAL) if fetched and waits else None


def not_closed_at(visit: Visit, numbers: Numbers) -> datetime | None:
    """When the centre hears that a run is still open."""
    waits = visit.state in UNDER_WAY and visit.run.not_closed_at is None
    return visit.end + numbers.minutes(CLOSE) if waits else None


def lost_at(visit: Visit, numbers: Numbers) -> datetime | None:
    """When nothing can come any more of it from any phone."""
    return visit.end + numbers.days(LOST) if visit.state in UNDER_WAY else None


def no_show(visit: Visit, by: By) -> Step:
    """Its window is over, and who has it has not begun. The village hears of it and looks after it by itself."""
    return stepped(visit, A.FALL_DUE, S.MISSED, deed="no_show", by=by, move=None, ended_at=by.at)


def asked(visit: Visit, by: By) -> Step:
    """Its window has begun: does he come?"""
    return _told(visit, "asked_after", by, asked_at=by.at)


def meal_late(visit: Visit, by: By) -> Step:
    """The meal is cold, or nobody says that it is there."""
    return _told(visit, "meal_late", by, meal_late_at=by.at)


def not_closed(visit: Visit, by: By) -> Step:
    """The run is still open long after its window."""
    return _told(visit, "not_closed", by, not_closed_at=by.at)


def lost(visit: Visit, by: By) -> Step:
    """Nobody told how it went. What was handed over was; the rest counts as missed."""
    if visit.state is S.HANDED_OVER:
        run = replace(visit.run, closed_at=by.at)
        return stepped(visit, A.FALL_DUE, S.DONE, deed="unchecked", by=by, run=run, ended_at=by.at)
    return stepped(visit, A.FALL_DUE, S.MISSED, deed="lost", by=by, ended_at=by.at)


def _told(visit: Visit, deed: str, by: By, **marks: Any) -> Step:
    return stepped(visit, A.FALL_DUE, visit.state, deed=deed, by=by, run=replace(visit.run, **marks))
