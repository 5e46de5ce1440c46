"""Who has a report to do, line by line of its history: what figures are told apart by as departments.

`D01` … a department, `V` the village with its grid members, `C` the centre, `committee`. Once nobody has it any more
(it waits for a re-check, or has ended) it counts for who had it last: what turns out badly, turns out badly for him.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.events import Event, Standing
from chalicelib.domain.figures.figures import NO_KIND, OUTSIDE, Cell, place
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.taxonomy import CENTRE, VILLAGE
from chalicelib.domain.reports.clockwork import STAGE_OF
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.parties import OWN, Party
from chalicelib.domain.reports.running import Stage

S = Status
COMMITTEE, NOBODY = "committee", "none"
STAFFS = {S.WITH_VILLAGE: VILLAGE, S.WITH_CENTRE: CENTRE, S.COORDINATING: COMMITTEE}
LED = frozenset({S.DISPATCHED, S.IN_HANDLING, S.SUSPENDED})
BY_ROLE = {Role.GRID_MEMBER: VILLAGE, Role.VILLAGE: VILLAGE, Role.CENTRE: CENTRE, Role.COMMITTEE: COMMITTEE}
BY_PARTY: dict[str, str] = {Party.CENTRE: CENTRE, Party.COMMITTEE: COMMITTEE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line of history with the cells before and after it; on intake both are the same.

    `done`: when it was done (UTC), which is earlier than `line.at` where the centre records it later.
    """

    line: Event
    before: Cell
    after: Cell
    done: datetime

    @property
    def was(self) -> Status | None:
        """The status before; None on intake."""
        return self.line.was.status if self.line.was else None

    @property
    def status(self) -> Status:
        """The status after."""
        return self.line.standing.status

    @property
    def by_staff(self) -> bool:
        """Whether a person of the staff did it, and not as the reporter's."""
        return self.line.as_role not in OWN and self.line.as_role != Party.TIMER

    def rang(self, stage: Stage) -> bool:
        """Whether the ladder told here that this stage's deadline is past."""
        details, fell_due = self.line.details, self.line.action is Action.FALL_DUE
        return fell_due and details.get("stage") == stage and _number(details.get("percent")) >= 100

    def enters(self, status: Status) -> bool:
        """Whether the report came into this status here."""
        return self.status is status and self.was is not status


def told(lines: Iterable[Event]) -> Iterator[Told]:
    """A report's history, each line with who had it before and after."""
    body = NOBODY
    for line in lines:
        after = _body(line, body)
        now = _cell(line.standing, after)
        yield Told(line=line, before=_cell(line.was, body) if line.was else now, after=now, done=_done(line))
        body = after


def closing(closed: Report) -> dict[str, object]:
    """Who had closed a report, and where: what a recurrence counts against, as its line of history tells it."""
    origin, at = closed.origin, closed.place
    body = body_of(origin.key) if origin else closed.department or CENTRE
    return {"closed_by": body, "closed_in": at.grid or at.village or OUTSIDE}


def body_of(post_key: str) -> str:
    """The body that a post belongs to."""
    post = Post.of(post_key)
    return post.scope if post.role is Role.DEPARTMENT else BY_ROLE.get(post.role, NOBODY)


def stage(standing: Standing) -> Stage | None:
    """Whose time runs. Lines of before it was noted tell it by their status."""
    return standing.stage or STAGE_OF.get(standing.status)


def _body(line: Event, before: str) -> str:
    standing = line.standing
    if staff := STAFFS.get(standing.status):
        return staff
    if standing.status in LED:
        return standing.department or before
    if standing.status is S.SUBMITTED and standing.holder:
        return body_of(standing.holder)
    solved_there = line.was is not None and line.was.status is S.SUBMITTED and line.action is Action.VERIFY
    return BY_PARTY.get(line.as_role, VILLAGE) if solved_there else before


def _cell(standing: Standing, body: str) -> Cell:
    return Cell(area=place(standing), kind=standing.kind or NO_KIND, body=body)


def _done(line: Event) -> datetime:
    proxy = line.details.get("proxy")
    return datetime.fromisoformat(str(proxy["at"])) if isinstance(proxy, dict) and "at" in proxy else line.at


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0
