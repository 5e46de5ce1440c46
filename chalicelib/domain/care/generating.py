"""Which visits a plan wants in the next days, and what becomes of those that are there already (DOMAIN §4, ADR 0049).

One comparison serves all: making visits each night, an edit, a pause, a resumption, a holiday, an end. It is run on
what there is, so running it twice, or again after it was interrupted, gives the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from chalicelib.domain.care.model import WANTED, By, CalledOff, Holidays, Move, Plan, Step, Visit, stepped, visit_id
from chalicelib.domain.care.offering import first_seek
from chalicelib.domain.care.record import Run
from chalicelib.domain.care.terms import VisitAction, VisitState
from chalicelib.domain.reference.calendar import ZONE, today
from chalicelib.domain.reference.clocks import Calendar
from chalicelib.domain.reference.numbers import Numbers

A, S = VisitAction, VisitState
AHEAD, MOVE_HOURS, ALARM_BEFORE = "care_generate_days", "care_move_hours", "care_alarm_before_minutes"
UNTAKEN = frozenset({S.PLANNED, S.OFFERED})
NOT_BEGUN = UNTAKEN | {S.ACCEPTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What days are compared with: the rule's, the calendar's, and those on which somebody receives visits at all."""

    rule_days: frozenset[date]
    calendar: Calendar
    receives: Callable[[date], bool]


def horizon(plan: Plan, numbers: Numbers, *, now: datetime) -> list[date]:
    """The local days that visits are made for, from today on; as far as they were made before, too."""
    here = today(now)
    last = here + timedelta(days=numbers.count(AHEAD))
    last = max(last, plan.generated_until) if plan.generated_until else last
    return [here + timedelta(days=number) for number in range((last - here).days + 1)]


def not_wanted(plan: Plan, day: date, terms: Terms) -> CalledOff | None:
    """Why there is no visit on that day; None where there is one."""
    if not plan.is_active:
        return CalledOff.ENDED
    in_time = plan.starts_on <= day and (plan.ends_on is None or day <= plan.ends_on)
    if day not in terms.rule_days or not in_time:
        return CalledOff.CHANGED
    if any(pause.covers(day) for pause in plan.pauses) or not terms.receives(day):
        return CalledOff.PAUSED
    return CalledOff.HOLIDAY if _is_left_out(plan.holidays, day, terms.calendar) else None


def born(
    plan: Plan, days: Iterable[date], there: Mapping[str, Visit], terms: Terms, by: By, numbers: Numbers
) -> list[Step]:
    """The visits that are wanted, that are not there yet, and whose window has not begun."""
    new = (_visit(plan, day, by.at, numbers) for day in days if not_wanted(plan, day, terms) is None)
    return [
        Step(before=None, after=one, deed="planned", by=by) for one in new if one.id not in there and one.start > by.at
    ]


def followed(visit: Visit, plan: Plan, terms: Terms, by: By, numbers: Numbers) -> Step | None:
    """What becomes of a visit that is there; None where nothing does: it is as wanted, has begun or has ended.

    Whoever has it is asked before it moves. One that is not wanted is set aside, and wanted again perhaps; for good
    where the plan has ended.
    """
    day = visit.start.astimezone(ZONE).date()
    why = not_wanted(plan, day, terms)
    if why:
        return _taken_off(visit, why, by)
    wish = _visit(plan, day, by.at, numbers)
    if visit.start <= by.at or wish.start <= by.at:
        return None
    if visit.state is S.SET_ASIDE:
        return _renewed(visit, wish, by)
    if visit.state in UNTAKEN:
        return _moved(visit, wish, by) if not _is_as(visit, wish) else None
    return _asked(visit, wish, by, numbers) if visit.state is S.ACCEPTED else None


def _is_left_out(holidays: Holidays, day: date, calendar: Calendar) -> bool:
    if holidays is Holidays.SKIP:
        return calendar.is_holiday(day)
    return holidays is Holidays.WORKDAYS and not calendar.is_workday(day)


def _visit(plan: Plan, day: date, now: datetime, numbers: Numbers) -> Visit:
    start = _instant(day, plan.window_start)
    return Visit(
        id=visit_id(plan.id, day),
        plan_id=plan.id,
        beneficiary_id=plan.beneficiary_id,
        township=plan.township,
        village=plan.village,
        grid=plan.grid,
        service=plan.service,
        start=start,
        end=_instant(day, plan.window_end),
        items=plan.items,
        seal=plan.seal,
        heavy=plan.heavy,
        seek_at=first_seek(start, now, numbers),
    )


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def _taken_off(visit: Visit, why: CalledOff, by: By) -> Step | None:
    for_good = why is CalledOff.ENDED
    takes = NOT_BEGUN | {S.SET_ASIDE, S.PICKED_UP} if for_good else NOT_BEGUN
    if visit.state not in takes or (visit.start <= by.at and not for_good):
        return None
    return called_off(visit, why, by) if for_good else set_aside(visit, why, by)


def set_aside(visit: Visit, why: CalledOff, by: By) -> Step:
    """Its plan does not want it now. Whoever was asked or had it hears that it is not needed."""
    gone: dict[str, Any] = {"called_off": why, "move": None, "asked_until": None}
    return stepped(visit, A.SET_ASIDE, S.SET_ASIDE, deed="called_off", by=by, facts={"why": why}, **gone)


def called_off(visit: Visit, why: CalledOff, by: By) -> Step:
    """It is not needed any more, for good. Raises IllegalAction (`visit_state`) where it has come too far or ended."""
    gone: dict[str, Any] = {"called_off": why, "move": None, "asked_until": None, "ended_at": by.at}
    deed = "called_back" if visit.state is S.PICKED_UP else "called_off"  # a bag that is out goes back
    return stepped(visit, A.CALL_OFF, S.CANCELLED, deed=deed, by=by, facts={"why": why}, **gone)


def _renewed(visit: Visit, wish: Visit, by: By) -> Step:
    """As if it were new: but who declined it is not asked again."""
    changes = _wanted_as(wish) | {
        "called_off": None,
        "courier_id": None,
        "accepted_at": None,
        "silent": (),
        "stays": None,
        "run": Run(),
    }
    return stepped(visit, A.RENEW, S.PLANNED, deed="planned", by=by, alarmed_at=None, **changes)


def _moved(visit: Visit, wish: Visit, by: By) -> Step:
    """Nobody has it: who was asked was asked for another time, and who declined may like this one."""
    gone = {"courier_id": None, "asked_until": None, "decliners": (), "silent": ()}
    return stepped(
        visit,
        A.MOVE,
        S.PLANNED,
        deed="moved",
        by=by,
        person_id=visit.courier_id,
        alarmed_at=None,
        **(_wanted_as(wish) | gone),
    )


def _asked(visit: Visit, wish: Visit, by: By, numbers: Numbers) -> Step | None:
    """Whether the courier agrees to the other time; once for each, and no more where it is as it was again."""
    if _is_as(visit, wish):
        return stepped(visit, A.MOVE, S.ACCEPTED, deed="move_withdrawn", by=by, move=None) if visit.move else None
    if any(move and _is_as(move, wish) for move in (visit.move, visit.stays)):
        return None
    move = _move(visit, wish, by.at, numbers)
    facts = {"to_start": move.start.isoformat(), "to_end": move.end.isoformat(), "until": move.until.isoformat()}
    return stepped(visit, A.MOVE, S.ACCEPTED, deed="move_asked", by=by, facts=facts, move=move)


def _move(visit: Visit, wish: Visit, now: datetime, numbers: Numbers) -> Move:
    """There is time to think until two alarms' time before the earlier window: so that another can still be found."""
    earlier = min(visit.start, wish.start)
    latest = max(earlier - 2 * numbers.minutes(ALARM_BEFORE), now + (earlier - now) / 2)
    until = min(now + numbers.hours(MOVE_HOURS), latest)
    return Move(
        start=wish.start, end=wish.end, items=wish.items, seal=wish.seal, heavy=wish.heavy, asked_at=now, until=until
    )


def _is_as(one: Visit | Move, wish: Visit) -> bool:
    return all(getattr(one, name) == getattr(wish, name) for name in WANTED)


def _wanted_as(wish: Visit) -> dict[str, Any]:
    return {name: getattr(wish, name) for name in (*WANTED, "seek_at")}
