"""When what stands in somebody's inbox is also pushed to him, and how much at once (DOMAIN §2, §6).

What concerns a danger to life goes out at once and by itself. All else of one person goes out as one push, at least
`push_minutes` after his last one, never at night (outside the clock DAY), never while he has asked not to be disturbed,
rides, or is at his peak. What is held back by what is one table: `quiet`.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.domain.errors import Invalid
from chalicelib.domain.events import Event
from chalicelib.domain.happenings import Line
from chalicelib.domain.notifications import quiet
from chalicelib.domain.notifications.messages import Both, Messages, same
from chalicelib.domain.reference.clocks import Calendar, Clock
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reports.model import Action

INSTANT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
LONGEST_LINE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A push on its way: the same `id` and messages however often it is tried."""

    id: str
    messages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """What waits to be pushed to one person: ids of inbox messages. `number` counts his pushes.

    `quiet_until`: not before then, as he has asked; `moving_until`: as his phone says. `wake_at`: when somebody looks
    again.
    """

    person_id: str
    pending: frozenset[str] = field(default=frozenset())
    sending: Sending | None = None
    number: int = 0
    pushed_at: datetime | None = None
    quiet_until: datetime | None = None
    moving_until: datetime | None = None
    wake_at: datetime | None = None


def is_urgent(line: Line, person_id: str) -> bool:
    """Whether it is a danger to life, for those who deal with it, or of his own run: neither merged nor delayed."""
    if isinstance(line, Event):
        return quiet.goes_at_once(quiet.weight(line, person_id))
    return quiet.goes_at_once(quiet.weight_of(line, person_id))


def is_for_digest(event: Event, *, by_working_hours: bool) -> bool:
    """Whether it waits for the day's digest: the first reminder of what is counted in working hours (DOMAIN §2)."""
    reminds = event.action is Action.FALL_DUE and event.details.get("effect") == Effect.REMIND_HOLDER
    return reminds and by_working_hours and event.details.get("percent") == 50


def push_at(outbox: Outbox, *, now: datetime, calendar: Calendar, numbers: Numbers) -> datetime:
    """The earliest instant, not before `now`, at which this person may be pushed to."""
    earliest = now
    if outbox.pushed_at:
        earliest = max(earliest, outbox.pushed_at + numbers.minutes("push_minutes"))
    earliest = max(earliest, *(until for until in (outbox.quiet_until, outbox.moving_until) if until), now)
    return calendar.add(Clock.DAY, earliest, INSTANT / HOUR) - INSTANT


def begun(outbox: Outbox) -> Sending:
    """The push that everything pending goes into."""
    return Sending(id=f"{outbox.person_id}#{outbox.number + 1}", messages=tuple(sorted(outbox.pending)))


def text(lines: list[Both], messages: Messages) -> Both:
    """What a push says: its one message, or how many there are and the newest of them."""
    if len(lines) == 1:
        return lines[0]
    zh, en = (line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in lines[-1])
    return messages.render("push_several", {"count": same(len(lines)), "newest": (zh, en)})


def require_quiet(until: datetime | None, *, now: datetime, numbers: Numbers) -> None:
    """Raises Invalid (`quiet_too_long`): who forgets to end it hears again the same day."""
    if until and until > now + numbers.hours("quiet_hours"):
        raise Invalid("quiet_too_long", hours=numbers.count("quiet_hours"))


def moving_until(*, now: datetime, numbers: Numbers) -> datetime:
    """Until when somebody counts as moving whose phone has just said so: it says so again while he does."""
    return now + numbers.minutes("moving_minutes")
