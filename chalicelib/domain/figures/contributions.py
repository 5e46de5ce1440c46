"""What a courier contributed, by month: what he filed, what was found true, what was solved, and how it ended.

Counted by the follower of figures, in the same transaction: an event that moves no report contributes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Self

from chalicelib.domain.events import Event
from chalicelib.domain.points.awards import TAKEN_UP
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.reports.model import ENDED, Action, Status
from chalicelib.domain.reports.parties import OWN

S = Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """Of a local month: `filed` reports; how often one was `verified` as true, and re-checked as `solved`.

    The others are balances, what came into that state in the month less what left it: summed over all months they say
    how many of the courier's reports are open, closed, invalid and so on now.
    """

    month: str
    filed: int = 0
    verified: int = 0
    solved: int = 0
    open: int = 0
    closed: int = 0
    invalid: int = 0
    duplicate: int = 0
    withdrawn: int = 0
    transferred: int = 0

    def __add__(self, other: Self) -> "Contribution":
        """Both together, under the earlier month's name."""
        sums = {name: getattr(self, name) + getattr(other, name) for name in COUNTS}
        return Contribution(month=min(self.month, other.month), **sums)


COUNTS = tuple(field.name for field in fields(Contribution) if field.name != "month")


def contribution(event: Event) -> Contribution | None:
    """What the event adds to its reporter's month; None where nothing, or where staff filed it."""
    if not event.earns:
        return None
    changes = _balances(event)
    changes["filed"] = int(event.was is None)
    changes["verified"] = int(_is_verified(event))
    changes["solved"] = int(_is_solved(event))
    return Contribution(month=local_month(event.at), **changes) if any(changes.values()) else None


def total(months: Iterable[Contribution]) -> Contribution:
    """All of it together."""
    return sum(months, start=Contribution(month=MAX_MONTH))


MAX_MONTH = "9999-12"


def _balances(event: Event) -> dict[str, int]:
    changes = {_state(event.standing.status): 1}
    if event.was:
        before = _state(event.was.status)
        changes[before] = changes.get(before, 0) - 1
    return changes


def _state(status: Status) -> str:
    return status.value if status in ENDED else "open"


def _is_verified(event: Event) -> bool:
    """Whoever verifies it, or sends it on unverified, takes it for true."""
    if event.was is None or event.was.status is not S.SUBMITTED:
        return False
    return event.action is Action.VERIFY or event.standing.status in TAKEN_UP


def _is_solved(event: Event) -> bool:
    """Closed by a re-check that saw it solved, as for points; once more after each reopening."""
    rechecked = event.action is Action.CONFIRM and event.as_role not in OWN
    return rechecked and event.standing.status is S.CLOSED and event.details.get("solved") is True
