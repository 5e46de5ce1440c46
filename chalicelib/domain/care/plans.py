"""A plan: made, changed, paused, resumed, ended (DOMAIN §4). What it wants on which day is `generating`'s."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from chalicelib.domain.care import patterns
from chalicelib.domain.care.model import Ending, Holidays, Pause, Plan, PlanState
from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid, NotFound
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference.calendar import today

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=4)  # of a window
AHEAD = timedelta(days=366)  # how far a plan may begin or end in the future
MOST_PAUSES, MOST_ITEMS = 20, 20
STAFF = (Role.VILLAGE, Role.CENTRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a plan is to be like. Days and the window are local; `rule` is empty for once."""

    rule: str
    starts_on: date
    window_start: time
    window_end: time
    ends_on: date | None = None
    items: int = 0
    seal: str = ""
    heavy: bool = False
    holidays: Holidays = Holidays.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class For:
    """Whom a plan is for, as far as it matters: where he lives, and that he is cared for in this way."""

    beneficiary_id: str
    township: str
    village: str
    grid: str
    service: Service


def require_staff(by: Actor, township: str, village: str) -> Role:
    """As whom somebody deals with plans and visits there: the village's staff, else the centre's.

    Raises Forbidden (`role_needed`) for who is neither anywhere, NotFound (`no_such_plan`) for who is elsewhere.
    """
    if by.holds(Role.VILLAGE, village):
        return Role.VILLAGE
    if by.holds(Role.CENTRE, township):
        return Role.CENTRE
    if not any(by.holds(role) for role in STAFF):
        raise Forbidden("role_needed", role=Role.VILLAGE)
    raise NotFound("no_such_plan")


def made(id: str, whom: For, wish: Wish, *, now: datetime) -> Plan:
    """A new plan. Raises Invalid: `plan_dates`, `plan_window`, `plan_load`, and what `patterns.check` does."""
    if wish.starts_on < today(now):
        raise Invalid("plan_dates")
    _check(wish, whom.service, now)
    return Plan(
        id=id,
        beneficiary_id=whom.beneficiary_id,
        township=whom.township,
        village=whom.village,
        grid=whom.grid,
        service=whom.service,
        made_at=now,
        **_fields(wish),
    )


def changed(plan: Plan, wish: Wish, *, now: datetime) -> Plan:
    """The plan as it is to be from now on. Raises IllegalAction (`plan_over`), Invalid as `made`."""
    _require_active(plan)
    _check(wish, plan.service, now)
    return replace(plan, **_fields(wish), version=plan.version + 1)


def paused(plan: Plan, pause: Pause, *, now: datetime) -> Plan:
    """Without visits on these days too. Raises IllegalAction (`plan_over`), Invalid (`plan_pause`)."""
    _require_active(plan)
    here = today(now)
    if pause.since < here or pause.since > here + AHEAD or (pause.until is not None and pause.until < pause.since):
        raise Invalid("plan_pause")
    pauses = merged((*_lately(plan.pauses, here), pause))
    if len(pauses) > MOST_PAUSES:
        raise Invalid("plan_pause")
    return replace(plan, pauses=pauses, version=plan.version + 1)


def resumed(plan: Plan, day: date, *, now: datetime) -> Plan:
    """With visits again from `day` on: the pause that covers it ends the day before.

    Raises IllegalAction (`plan_over`), Invalid (`plan_pause`) for a day that is past, Conflict (`plan_not_paused`).
    """
    _require_active(plan)
    if day < today(now):
        raise Invalid("plan_pause")
    if not any(pause.covers(day) for pause in plan.pauses):
        raise Conflict("plan_not_paused")
    kept = tuple(cut for pause in plan.pauses if (cut := _cut(pause, day)))
    return replace(plan, pauses=kept, version=plan.version + 1)


def ended(plan: Plan, why: Ending, *, now: datetime) -> Plan:
    """No visits any more. Raises IllegalAction (`plan_over`)."""
    _require_active(plan)
    return replace(plan, state=PlanState.ENDED, ended_at=now, ending=why, version=plan.version + 1)


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The same days in as few pauses as there can be, in order: none touches another."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda one: one.since):
        last = found[-1] if found else None
        if last and (last.until is None or pause.since <= last.until + timedelta(days=1)):
            until = None if last.until is None or pause.until is None else max(last.until, pause.until)
            found[-1] = Pause(since=last.since, until=until)
        else:
            found.append(pause)
    return tuple(found)


def _cut(pause: Pause, day: date) -> Pause | None:
    if not pause.covers(day):
        return pause
    return replace(pause, until=day - timedelta(days=1)) if pause.since < day else None


def _lately(pauses: Iterable[Pause], here: date) -> tuple[Pause, ...]:
    """Those that are not over: history knows the others."""
    return tuple(pause for pause in pauses if pause.until is None or pause.until >= here)


def _check(wish: Wish, service: Service, now: datetime) -> None:
    latest = today(now) + AHEAD
    if wish.starts_on > latest or (wish.ends_on is not None and wish.ends_on < wish.starts_on):
        raise Invalid("plan_dates")
    _check_window(wish)
    _check_load(wish, service)
    patterns.check(wish.rule, starts_on=wish.starts_on)


def _check_window(wish: Wish) -> None:
    day = wish.starts_on
    length = datetime.combine(day, wish.window_end) - datetime.combine(day, wish.window_start)
    if not SHORTEST <= length <= LONGEST:
        raise Invalid("plan_window", least=SHORTEST // timedelta(minutes=1), most=LONGEST // timedelta(minutes=1))


def _check_load(wish: Wish, service: Service) -> None:
    """A knock carries nothing; a bag is counted, and one with medicine is sealed by somebody who is named (§4)."""
    carries = service is not Service.VISIT
    fits = 1 <= wish.items <= MOST_ITEMS if carries else not (wish.items or wish.seal or wish.heavy)
    if not fits or (service is Service.MEDICINE and not wish.seal.strip()):
        raise Invalid("plan_load", most=MOST_ITEMS)


def _fields(wish: Wish) -> dict[str, Any]:
    names = ("rule", "starts_on", "ends_on", "window_start", "window_end", "items", "heavy", "holidays")
    return {name: getattr(wish, name) for name in names} | {"seal": wish.seal.strip()}


def _require_active(plan: Plan) -> None:
    if not plan.is_active:
        raise IllegalAction("plan_over")
