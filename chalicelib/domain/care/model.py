"""What the care relay is made of: a plan, its visits, and a step that a visit takes (DOMAIN §4).

A visit's id is `<plan>.<yyyymmdd>`: one a plan and local day, so that it is born once however often it is thought of.
Nothing here says who the beneficiary is, but for his id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from chalicelib.domain.care.life import HELD, leads_to
from chalicelib.domain.care.matching import Ring
from chalicelib.domain.care.record import Run
from chalicelib.domain.care.terms import Service, VisitAction, VisitState
from chalicelib.domain.errors import IllegalAction

SYSTEM, CLOCK = "system", "clock"  # who the clock is, and as which role it acts


class PlanState(StrEnum):
    """Whether visits are made by it. Pauses are days of a plan that is active."""

    ACTIVE = "active"
    ENDED = "ended"


class Ending(StrEnum):
    """Why a plan has ended."""

    BY_HAND = "by_hand"
    OVER = "over"  # its rule or its last day
    STOPPED = "stopped"  # who is cared for is not, or not in this way, or agrees no more


class Holidays(StrEnum):
    """What becomes of days that the working calendar knows."""

    KEEP = "keep"  # every day of the pattern
    SKIP = "skip"  # not on holidays
    WORKDAYS = "workdays"  # on working days alone, make-up workdays among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Local days without a visit, both included; `until` is None where nobody knows yet."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day falls into it."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One service for one beneficiary: once, or by a weekly pattern. `rule` is an RRULE (RFC 5545), empty for once.

    The window is local (Asia/Shanghai) and lies within a day. `seal`: who seals the bag, a pharmacy, a health station,
    a canteen. `generated_until`: the last local day that visits were made for.
    """

    id: str
    beneficiary_id: str
    township: str
    village: str
    grid: str
    service: Service
    rule: str
    starts_on: date
    window_start: time
    window_end: time
    ends_on: date | None = None
    items: int = 0
    seal: str = ""
    heavy: bool = False
    pauses: tuple[Pause, ...] = ()
    holidays: Holidays = Holidays.KEEP
    state: PlanState = PlanState.ACTIVE
    ended_at: datetime | None = None
    ending: Ending | None = None
    made_at: datetime | None = None
    generated_until: date | None = None
    version: int = 1

    @property
    def is_active(self) -> bool:
        """Whether visits are made by it."""
        return self.state is PlanState.ACTIVE


class CalledOff(StrEnum):
    """Why a visit is not needed. Couriers are told none of it."""

    BY_HAND = "by_hand"  # this one alone
    PAUSED = "paused"
    HOLIDAY = "holiday"
    CHANGED = "changed"  # the plan has no visit on that day any more
    ENDED = "ended"  # the plan has


WANTED = ("start", "end", "items", "seal", "heavy")  # what a plan says of its visits, and a move of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Another time or load that the courier who has a visit is asked to agree to, until `until` (UTC)."""

    start: datetime
    end: datetime
    items: int
    seal: str
    heavy: bool
    asked_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit. Instants are UTC. `courier_id` is who is asked (`offered`), or who has it or had it to its end.

    `asked_until` is when the offer is over; `by_hand` whether the centre chose him. `asked`: everybody who ever was;
    `silent` let theirs lapse and are asked again after all others, `decliners` never. `seek_at`: when the clock looks
    for somebody, `next_at` when it looks at the visit at all; `alarmed_at`: since when the centre knows that nobody has
    it. `move` waits for an answer, `stays` got none in time.
    """

    id: str
    plan_id: str
    beneficiary_id: str
    township: str
    village: str
    grid: str
    service: Service
    start: datetime
    end: datetime
    items: int = 0
    seal: str = ""
    heavy: bool = False
    state: VisitState = VisitState.PLANNED
    courier_id: str | None = None
    asked_at: datetime | None = None
    asked_until: datetime | None = None
    by_hand: bool = False
    ring: Ring = Ring.GRID
    asked: tuple[str, ...] = ()
    decliners: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    seek_at: datetime | None = None
    accepted_at: datetime | None = None
    alarmed_at: datetime | None = None
    move: Move | None = None
    stays: Move | None = None
    called_off: CalledOff | None = None
    ended_at: datetime | None = None
    next_at: datetime | None = None
    run: Run = field(default_factory=Run)
    version: int = 1

    @property
    def holder(self) -> str | None:
        """The courier who has it, and has not done it."""
        return self.courier_id if self.state in HELD else None


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something, as which role, and when (UTC): where a phone was offline, by its own clock."""

    id: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a visit becomes, and what is said of it. `before` is None where it is born.

    `slip`: its courier let go of it after he had seen the door, or shortly before its window, which his book counts.
    `facts` as a happening's.
    """

    before: Visit | None
    after: Visit
    deed: str
    by: By
    person_id: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    slip: bool = False


def clock(now: datetime) -> By:
    """The clock as who does something."""
    return By(id=SYSTEM, role=CLOCK, at=now)


def stepped(
    before: Visit,
    action: VisitAction,
    to: VisitState,
    *,
    deed: str,
    by: By,
    person_id: str | None = None,
    facts: Mapping[str, object] | None = None,
    slip: bool = False,
    **changes: Any,
) -> Step:
    """The step by which a visit comes to `to`, with these fields changed; `person_id` is else whoever has it or had it.

    Raises IllegalAction (`visit_state`) where the table of its life has no such row.
    """
    if to not in leads_to(before.state, action):
        raise IllegalAction("visit_state", action=action, state=before.state)
    after = replace(before, state=to, version=before.version + 1, **changes)
    concerned = person_id or after.courier_id or before.courier_id
    return Step(before=before, after=after, deed=deed, by=by, person_id=concerned, facts=facts or {}, slip=slip)


def visit_id(plan_id: str, day: date) -> str:
    """The visit of a plan on a local day."""
    return f"{plan_id}.{day:%Y%m%d}"
