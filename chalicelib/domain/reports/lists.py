"""On which lists an open report lies beside its holder's: the co-handlers', and that of what is supervised (督办)."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.clockwork import undone
from chalicelib.domain.reports.model import ENDED, Report
from chalicelib.domain.reports.parties import helper_post


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`name` tells a report's entries apart; `list` is a post's key or another list's; sorted by `due_at` (UTC)."""

    name: str
    list: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """An entry of the list of what was merged into a report, at `since` (UTC); `by` tells reporters apart, not who."""

    id: str
    by: str = ""
    created_at: datetime
    since: datetime


def watched(township: str) -> str:
    """The list of what a township's committee supervises."""
    return f"watched:{township}"


def entries(report: Report) -> dict[str, Entry]:
    """The report's entries as it stands, by name."""
    found = [
        Entry(name=f"part#{part.department}", list=helper_post(part.department, report).key, due_at=part.due_at)
        for part in undone(report)
    ]
    if report.awaits_class and report.status not in ENDED:  # the centre's turn, though the department leads
        centre = Post(Role.CENTRE, report.place.township)
        found.append(Entry(name="class", list=centre.key, due_at=report.due_at))
    if report.watch and report.status not in ENDED:
        found.append(Entry(name="watch", list=watched(report.place.township), due_at=report.due_at))
    return {entry.name: entry for entry in found}
