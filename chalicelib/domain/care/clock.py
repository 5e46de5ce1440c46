"""When the clock looks at a visit, and what for: each moment is worked out of the visit as it stands (DOMAIN §4).

What was done leaves a mark on the visit (`alarmed_at`, another state), by which its moment is no more: so whatever is
told twice or late acts once.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.care import ladder, vigil
from chalicelib.domain.care.model import Visit
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.reference.numbers import Numbers

S = VisitState
WANTED = frozenset({S.PLANNED, S.OFFERED})  # nobody has it yet
ALARM_BEFORE = "care_alarm_before_minutes"


class Due(StrEnum):
    """What is done then. Of several that are to be done by now, the first here."""

    MISS = "miss"  # the window is over, and nobody had it
    CLOSE = "close"  # … and its plan did not want it
    REPORT = "report"  # somebody is not well, or nobody knows
    NO_SHOW = "no_show"  # the window is over, and who had it did not come
    LOST = "lost"  # long over, and nobody told how it went
    SHUT = "shut"  # the courier has waited at the door for long enough
    CLIMB = "climb"  # nobody has found out yet
    MEAL_LATE = "meal_late"
    NOT_CLOSED = "not_closed"
    LAPSE = "lapse"  # who was asked has not answered
    MOVE_SILENT = "move_silent"  # … whether the time may change
    ALARM = "alarm"  # the centre hears that nobody has it
    SEEK = "seek"  # somebody is looked for
    ASK = "ask"  # the window has begun: does he come?


type Moment = Callable[[Visit, Numbers], datetime | None]


def _miss(visit: Visit, _: Numbers) -> datetime | None:
    return visit.end if visit.state in WANTED else None


def _close(visit: Visit, _: Numbers) -> datetime | None:
    return visit.end if visit.state is S.SET_ASIDE else None


def _lapse(visit: Visit, _: Numbers) -> datetime | None:
    return visit.asked_until if visit.state is S.OFFERED else None


def _move_silent(visit: Visit, _: Numbers) -> datetime | None:
    return visit.move.until if visit.move and visit.state is S.ACCEPTED else None


def _alarm(visit: Visit, numbers: Numbers) -> datetime | None:
    wanted = visit.state in WANTED and visit.alarmed_at is None
    return visit.start - numbers.minutes(ALARM_BEFORE) if wanted else None


def _seek(visit: Visit, _: Numbers) -> datetime | None:
    return visit.seek_at if visit.state is S.PLANNED else None


MOMENTS: Mapping[Due, Moment] = {
    Due.MISS: _miss,
    Due.CLOSE: _close,
    Due.REPORT: ladder.reports_at,
    Due.NO_SHOW: vigil.no_show_at,
    Due.LOST: vigil.lost_at,
    Due.SHUT: ladder.shuts_at,
    Due.CLIMB: ladder.climbs_at,
    Due.MEAL_LATE: vigil.meal_late_at,
    Due.NOT_CLOSED: vigil.not_closed_at,
    Due.LAPSE: _lapse,
    Due.MOVE_SILENT: _move_silent,
    Due.ALARM: _alarm,
    Due.SEEK: _seek,
    Due.ASK: vigil.ask_at,
}


def fallen(visit: Visit, numbers: Numbers, now: datetime) -> Due | None:
    """What is to be done by now, of several the first of `Due`; None where nothing is."""
    due = (one for one in Due if (at := MOMENTS[one](visit, numbers)) and at <= now)
    return next(due, None)


def next_at(visit: Visit, numbers: Numbers) -> datetime | None:
    """When the clock looks at it next; None where it need not."""
    return min((at for due in Due if (at := MOMENTS[due](visit, numbers))), default=None)
