"""The clock looks at a visit: whatever is due of it by now is done, once however often it is told."""

from collections.abc import Callable, Mapping
from datetime import datetime

from chalicelib.domain.care import ladder, offering, vigil
from chalicelib.domain.care.clock import Due, fallen, next_at
from chalicelib.domain.care.model import By, Step, Visit, clock
from chalicelib.services.care import dangers, seeking, steps
from chalicelib.services.reference import rulebook
from chalicelib.store.care import due, visits

MOST_STEPS = 8  # of a visit in one go; the rest waits for the next sweep

type Fire = Callable[[str, datetime], None]


def fire(visit_id: str, *, at: datetime, now: datetime) -> None:
    """Do all that is due of a visit by now, one line of history each. `at`: what was told to be due."""
    numbers = rulebook.in_force(now=now).numbers
    for _ in range(MOST_STEPS):
        visit = visits.find(visit_id)
        what = fallen(visit, numbers, now) if visit else None
        if what is None:
            _wait(visit_id, at, next_at(visit, numbers) if visit else None)
            return
        FIRES[what](visit_id, now)


def _wait(visit_id: str, at: datetime, until: datetime | None) -> None:
    """What was told is done, or a township's numbers have changed since it was worked out; something newer stays."""
    if until is None:
        due.done(visit_id, due.VISIT, at=at)
    else:
        due.put_off(visit_id, due.VISIT, at=at, until=until)


def _step(what: Due, rule: Callable[[Visit, By], Step]) -> Fire:
    """Take this step where it is still what is due."""

    def do(visit_id: str, now: datetime) -> None:
        numbers = rulebook.in_force(now=now).numbers

        def decide(visit: Visit) -> Step | None:
            return rule(visit, clock(now)) if fallen(visit, numbers, now) is what else None

        steps.change(visit_id, decide, now=now)

    return do


FIRES: Mapping[Due, Fire] = {
    Due.MISS: _step(Due.MISS, offering.missed),
    Due.CLOSE: _step(Due.CLOSE, offering.closed),
    Due.LAPSE: _step(Due.LAPSE, offering.lapsed),
    Due.MOVE_SILENT: _step(Due.MOVE_SILENT, offering.stays),
    Due.ALARM: _step(Due.ALARM, offering.alarmed),
    Due.REPORT: lambda visit_id, now: dangers.file(visit_id, now=now),
    Due.NO_SHOW: _step(Due.NO_SHOW, vigil.no_show),
    Due.LOST: _step(Due.LOST, vigil.lost),
    Due.SHUT: _step(Due.SHUT, ladder.shut),
    Due.CLIMB: _step(Due.CLIMB, ladder.climbed),
    Due.MEAL_LATE: _step(Due.MEAL_LATE, vigil.meal_late),
    Due.NOT_CLOSED: _step(Due.NOT_CLOSED, vigil.not_closed),
    Due.ASK: _step(Due.ASK, vigil.asked),
    Due.SEEK: lambda visit_id, now: seeking.seek(visit_id, now=now),
}
