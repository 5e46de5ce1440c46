"""Parked drafts: one tap keeps time and place of what a courier sees while he has no time to report it (DOMAIN §6: the
app never presses who is moving). They are his alone, few, and lapse."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from chalicelib.domain.errors import CapReached, Invalid, NotFound
from chalicelib.domain.places import Crs, Point
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.numbers import Numbers

MOST, HOUR = "parked_drafts", "parked_draft_hour"
AHEAD = timedelta(hours=24)  # as far as a phone's clock may be wrong, as for reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """What one tap kept. `at` by the phone's clock, `told_at` by ours (UTC); `photo` is what his own phone calls a
    picture that stays there until he files a report."""

    id: str
    at: datetime
    told_at: datetime
    expires_at: datetime
    point: Point | None = None
    crs: Crs = Crs.WGS84
    accuracy: float | None = None
    photo: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """All that a courier has parked, oldest first."""

    person_id: str
    drafts: tuple[Parked, ...] = ()
    version: int = 0

    def alive(self, now: datetime) -> tuple[Parked, ...]:
        """Those that have not lapsed."""
        return tuple(one for one in self.drafts if one.expires_at > now)


def dated(stated: datetime | None, *, kept: timedelta, now: datetime) -> datetime:
    """When it was seen, as the phone says. Raises Invalid (`draft_too_old`, `observed_in_future`)."""
    if stated is None:
        return now
    if stated > now + AHEAD:
        raise Invalid("observed_in_future", hours=AHEAD.total_seconds() / 3600)
    if stated + kept <= now:
        raise Invalid("draft_too_old", days=kept.days)
    return min(stated, now).astimezone(UTC)


def parked(drawer: Drawer, draft: Parked, *, numbers: Numbers, now: datetime) -> Drawer:
    """The drawer with one more. Raises CapReached (`parked_drafts`)."""
    kept = drawer.alive(now)
    if len(kept) >= numbers.count(MOST):
        raise CapReached("parked_drafts", cap=numbers.count(MOST))
    return _with(drawer, tuple(sorted((*kept, draft), key=lambda one: (one.at, one.id))))


def find(drawer: Drawer, id: str, *, now: datetime) -> Parked:
    """One that has not lapsed. Raises NotFound (`no_such_draft`)."""
    for one in drawer.alive(now):
        if one.id == id:
            return one
    raise NotFound("no_such_draft", draft=id)


def without(drawer: Drawer, id: str, *, now: datetime) -> Drawer:
    """The drawer with one less. Raises NotFound (`no_such_draft`)."""
    gone = find(drawer, id, now=now)
    return _with(drawer, tuple(one for one in drawer.alive(now) if one is not gone))


def remind_at(drawer: Drawer, *, numbers: Numbers, now: datetime) -> datetime | None:
    """When he is reminded next: on the evening of the day on which he parked one, and on the last before one lapses."""
    evenings = [at for one in drawer.alive(now) for at in _evenings(one, numbers) if at > now]
    return min(evenings, default=None)


def _evenings(draft: Parked, numbers: Numbers) -> tuple[datetime, datetime]:
    first, last = _evening(draft.told_at, numbers), _evening(draft.expires_at, numbers)
    day = timedelta(days=1)
    return first if first > draft.told_at else first + day, last if last < draft.expires_at else last - day


def _evening(at: datetime, numbers: Numbers) -> datetime:
    day = at.astimezone(ZONE).date()
    return datetime.combine(day, time(numbers.count(HOUR)), ZONE).astimezone(UTC)


def _with(drawer: Drawer, drafts: tuple[Parked, ...]) -> Drawer:
    return replace(drawer, drafts=drafts, version=drawer.version + 1)
