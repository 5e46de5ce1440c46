"""Duty rosters (值班表): who answers for a village, centre, department or committee, hour by hour (DOMAIN §1).

A shift begins at a local time of its day and lasts until the next one begins, 24 hours at most: so whole days, nights
that end the next morning and changes at noon are all written the same way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.calendar import ZONE

ON_ROSTER = frozenset({Role.VILLAGE, Role.CENTRE, Role.COMMITTEE, Role.DEPARTMENT})
WHOLE_DAY = timedelta(days=1)
MOST_DAYS = 31  # read or written at once
LATEST_DAY = 400  # from today on


class Slot(StrEnum):
    """The two who are on duty at any time."""

    MAIN = "main"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Somebody on duty; he need not be known to Fenjian otherwise."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Who is on duty from `begins` (`HH:MM`, local) on; a slot may stay empty for now."""

    begins: str = "00:00"
    main: Duty | None = None
    deputy: Duty | None = None

    def held(self, slot: Slot) -> Duty | None:
        """Who has that slot."""
        return self.main if slot is Slot.MAIN else self.deputy


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A post's shifts of one local day, in order. `version` counts its changes, 0 before the first."""

    post: str
    day: date
    shifts: tuple[Shift, ...] = field(default=())
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A slot of a post that is empty from `begins` (`HH:MM`, local) on."""

    post: str
    slot: Slot
    begins: str


def on_duty(rosters: Iterable[Roster], at: datetime) -> Shift | None:
    """The shift that runs at `at`, by one post's rosters of that local day and the day before; None between shifts."""
    begun = [(start, shift) for start, shift in _starts(rosters) if start <= at < start + WHOLE_DAY]
    return max(begun, key=lambda one: one[0])[1] if begun else None


def duty_days(at: datetime) -> tuple[date, date]:
    """The local days whose shifts may run at `at`."""
    today = at.astimezone(ZONE).date()
    return today - WHOLE_DAY, today


def gaps(post: str, rosters: Iterable[Roster], day: date) -> list[Gap]:
    """The slots that are empty at some time of the day, each with the time from which; [] where all is filled."""
    held, midnight = list(rosters), datetime.combine(day, time(), ZONE)
    turns = {midnight} | {at for start, _ in _starts(held) for at in (start, start + WHOLE_DAY)}
    found: list[Gap] = []
    empty: set[Slot] = set()
    for at in sorted(turn for turn in turns if midnight <= turn < midnight + WHOLE_DAY):
        shift = on_duty(held, at)
        now_empty = {slot for slot in Slot if shift is None or shift.held(slot) is None}
        found += [Gap(post=post, slot=slot, begins=f"{at:%H:%M}") for slot in Slot if slot in now_empty - empty]
        empty = now_empty
    return found


def checked(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """The shifts in order. Raises Invalid (`shifts_overlap`) where two begin at the same time."""
    ordered = sorted(shifts, key=lambda shift: shift.begins)
    if len({shift.begins for shift in ordered}) < len(ordered):
        raise Invalid("shifts_overlap")
    return tuple(ordered)


def require_days(days: Sequence[date], *, now: datetime) -> None:
    """Raises Invalid (`roster_twice`) for a day that stands twice, and (`roster_day`) for one that is past or too far.

    What was is not rewritten.
    """
    today = now.astimezone(ZONE).date()
    if len(set(days)) < len(days):
        raise Invalid("roster_twice")
    for day in days:
        if not today <= day <= today + timedelta(days=LATEST_DAY):
            raise Invalid("roster_day", day=day.isoformat(), most=LATEST_DAY)


def span(first: date, last: date) -> list[date]:
    """Every day from the first to the last. Raises Invalid (`roster_span`) for none or too many."""
    days = (last - first).days + 1
    if not 1 <= days <= MOST_DAYS:
        raise Invalid("roster_span", most=MOST_DAYS)
    return [first + timedelta(days=number) for number in range(days)]


def post_of(key: str) -> Post:
    """The post that a roster is for. Raises NotFound (`no_roster_for`) where the key names none that has one."""
    try:
        post = Post.of(key)
    except ValueError as error:
        raise NotFound("no_roster_for", post=key) from error
    if post.role not in ON_ROSTER or not post.scope:
        raise NotFound("no_roster_for", post=key)
    return post


def require_reader(actor: Actor, post: Post, *, township: str) -> None:
    """Names and phones are for those on the roster's post, the centre and the admin. Raises Forbidden."""
    if not (_edits(actor, post, township) or actor.holds(Role.CENTRE, township)):
        raise Forbidden("roster_not_yours", post=post.key)


def require_editor(actor: Actor, post: Post, *, township: str, proxied: bool) -> None:
    """The post itself, the admin, and for a body without accounts (`proxied`) the centre. Raises Forbidden."""
    if not (_edits(actor, post, township) or (proxied and actor.holds(Role.CENTRE, township))):
        raise Forbidden("roster_not_yours", post=post.key)


def _edits(actor: Actor, post: Post, township: str) -> bool:
    return actor.holds(post.role, post.scope) or actor.holds(Role.ADMIN, township)


def _starts(rosters: Iterable[Roster]) -> list[tuple[datetime, Shift]]:
    return [
        (datetime.combine(roster.day, time.fromisoformat(shift.begins), ZONE), shift)
        for roster in rosters
        for shift in roster.shifts
    ]
