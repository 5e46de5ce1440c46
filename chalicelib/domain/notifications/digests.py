"""A morning's digest: what waits for somebody, counted, and the first few matters by deadline (DOMAIN §2 Figures).

A matter of a pool is everybody's until it is one person's: what a colleague was named for is not counted to another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chalicelib.domain.areas.model import Areas
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.clocks import Calendar
from chalicelib.domain.reference.departments import Departments
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.parties import helper_post

NAMED = 5  # matters; the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What of a report a digest needs. `part`: a co-handler's part of it, whose times these are then."""

    report_id: str
    kind: str | None
    confidential: bool
    status: Status
    assignee: str | None
    entered_at: datetime
    due_at: datetime | None
    part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """The digest of a local working day: of matters as they stand at `now`; new are those that came `since`."""

    day: date
    since: datetime
    now: datetime

    @property
    def end(self) -> datetime:
        """When the day is over."""
        return datetime.combine(self.day + timedelta(days=1), time(), ZONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """How many matters are new, due today, overdue, suspended (counted apart); how many of all are co-handler's parts,
    and of how many half of the time is over. `named`: the first few, by deadline."""

    new: int
    today: int
    overdue: int
    suspended: int
    parts: int
    half: int
    named: tuple[Waiting, ...]


def posts(areas: Areas, departments: Departments) -> list[Post]:
    """Every post that has an inbox: of each grid and village, the township's centre and committee, each department."""
    return [
        *(Post(Role.GRID_MEMBER, grid.code) for grid in areas.grids),
        *(Post(Role.VILLAGE, village.code) for village in areas.villages),
        Post(Role.CENTRE, areas.township),
        Post(Role.COMMITTEE, areas.township),
        *(Post(Role.DEPARTMENT, code) for code in departments.by_code if departments.is_body(code)),
    ]


def previous_workdays(day: date, calendar: Calendar, *, within: int) -> list[date]:
    """The working days before `day`, the last one first, no more than so many days back."""
    before = (day - timedelta(days=number) for number in range(1, within + 1))
    return [one for one in before if calendar.is_workday(one)]


def waiting(report: Report, post_key: str) -> Waiting:
    """A report as it waits for the post: as its holder, else as the co-handler it is."""
    held = report.holder is not None and report.holder.key == post_key
    part = next((one for one in report.parts if helper_post(one.department, report).key == post_key), None)
    as_part = not held and part is not None
    return Waiting(
        report_id=report.id,
        kind=report.nature.kind,
        confidential=report.nature.confidential,
        status=report.status,
        assignee=None if as_part else report.assignee,
        entered_at=(part.ordered_at or part.since) if as_part and part else report.entered_at,
        due_at=part.due_at if as_part and part else report.due_at,
        part=as_part,
    )


def is_overdue(matter: Waiting, morning: Morning) -> bool:
    """Whether its deadline has passed. What is suspended is reviewed, not overdue."""
    return matter.status is not Status.SUSPENDED and matter.due_at is not None and matter.due_at < morning.now


def digest(person_id: str, matters: Iterable[Waiting], reminded: Iterable[str], morning: Morning) -> Digest | None:
    """What there is to tell somebody of what waits for his posts; None where there is nothing.

    `reminded`: `<status>#<report id>` of what the clock has reminded him of at half time, while it stands as it stood.
    """
    own = {(one.report_id, one.part): one for one in matters if one.assignee in (None, person_id)}.values()
    held = [one for one in own if one.status is Status.SUSPENDED and not one.part]
    running = [one for one in own if one not in held]
    overdue = [one for one in running if is_overdue(one, morning)]
    today = [one for one in running if one not in overdue and one.due_at is not None and one.due_at < morning.end]
    new = [one for one in own if one.entered_at >= morning.since]
    reminders = frozenset(reminded)
    half = [one for one in own if not one.part and f"{one.status}#{one.report_id}" in reminders]
    told = {(one.report_id, one.part): one for one in (*overdue, *today, *new, *half, *held)}.values()
    if not told:
        return None
    return Digest(
        new=len(new),
        today=len(today),
        overdue=len(overdue),
        suspended=len(held),
        parts=sum(one.part for one in told),
        half=len(half),
        named=tuple(sorted(told, key=lambda one: _order(one, held))[:NAMED]),
    )


def _order(matter: Waiting, held: list[Waiting]) -> tuple[bool, str, str]:
    """By deadline, what is suspended behind all others."""
    return matter in held, str(matter.due_at or "~"), matter.report_id
