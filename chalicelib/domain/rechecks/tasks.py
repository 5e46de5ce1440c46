"""A blind re-check: offered to the couriers of a village, accepted by one, answered, or over (DOMAIN §3).

Open → accepted → done. What is not answered in time, or could not be told, is offered anew to others while there is
time left. What is opened again before is void.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import Conflict, Forbidden, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Actor, Person, PersonState, Role
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Report


class TaskState(StrEnum):
    """Where a task stands; the last three are final."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    EXPIRED = "expired"
    VOID = "void"


class Finding(StrEnum):
    """What the courier saw. Either of the first two earns points."""

    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    CANNOT_TELL = "cannot_tell"


LIVE = frozenset({TaskState.OPEN, TaskState.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """To look at the place of a report that line `number` of its history closed, at `closed_at`.

    `barred` are those who had a part in it, or in an earlier try. It is offered until `until`; `due_at` is when it next
    falls due, None once it is over. Times are UTC.
    """

    report_id: str
    number: int
    closed_at: datetime
    kind: str
    place: Place
    until: datetime
    state: TaskState = TaskState.OPEN
    due_at: datetime | None
    barred: tuple[str, ...] = ()
    courier: str | None = None
    answer: Finding | None = None


def offered(
    event: Event, report: Report, lines: Iterable[Event], others: Iterable[Report], *, numbers: Numbers
) -> Task:
    """The task that a closing makes: for none who wrote a line of its history, or reported the same (`others`)."""
    until = event.at + numbers.hours("recheck_offer_hours")
    took_part = {line.actor_id for line in lines} | {one.reporter_id for one in (report, *others)}
    return Task(
        report_id=report.id,
        number=event.number,
        closed_at=event.at,
        kind=report.nature.kind or "",
        place=report.place,
        until=until,
        due_at=until,
        barred=tuple(sorted(took_part - {""})),
    )


def require_courier(by: Actor) -> None:
    """Couriers look, who have no part in the work. Raises Forbidden (`role_needed`, `couriers_recheck`)."""
    by.require(Role.COURIER)
    if by.is_staff:
        raise Forbidden("couriers_recheck")


def is_shown(task: Task, person: Person, now: datetime) -> bool:
    """Whether a courier sees it among what he may do: his own, or an open one on his round that he has no part in."""
    if task.courier == person.id:
        return task.state in LIVE
    open_now = task.state is TaskState.OPEN and now < task.until
    return open_now and task.place.village in person.villages and person.id not in task.barred


def accepted(task: Task, person: Person, *, now: datetime, numbers: Numbers) -> Task:
    """The task once this courier has it.

    Raises NotFound (`no_such_recheck`), Forbidden (`recheck_took_part`), Conflict (`recheck_taken`, `recheck_over`).
    """
    if person.state is not PersonState.ACTIVE or task.place.village not in person.villages:
        raise NotFound("no_such_recheck")
    if person.id in task.barred:
        raise Forbidden("recheck_took_part")
    if task.state is TaskState.ACCEPTED:
        raise Conflict("recheck_taken")
    if task.state is not TaskState.OPEN or now >= task.until:
        raise Conflict("recheck_over")
    due_at = now + numbers.hours("recheck_answer_hours")
    return replace(task, state=TaskState.ACCEPTED, courier=person.id, due_at=due_at)


def answered(task: Task, said: Finding, by: Actor, *, now: datetime) -> Task:
    """The task once he has answered. Raises NotFound where it is not his, Conflict (`recheck_over`)."""
    if task.courier != by.id:
        raise NotFound("no_such_recheck")
    if task.state is not TaskState.ACCEPTED or task.due_at is None or now >= task.due_at:
        raise Conflict("recheck_over")
    if said is Finding.CANNOT_TELL:
        return _offered_anew(task, now)
    return replace(_over(task, TaskState.DONE), answer=said)


def lapsed(task: Task, now: datetime) -> Task | None:
    """What becomes of a task that has fallen due; None where nothing has."""
    if task.due_at is None or now < task.due_at:
        return None
    return _offered_anew(task, now) if task.state is TaskState.ACCEPTED else _over(task, TaskState.EXPIRED)


def voided(task: Task, number: int) -> Task | None:
    """What becomes of a task when line `number` opens the report again; None where that was before, or it is over."""
    return _over(task, TaskState.VOID) if task.number < number and task.state in LIVE else None


def _offered_anew(task: Task, now: datetime) -> Task:
    barred = (*task.barred, task.courier) if task.courier else task.barred
    if now >= task.until:
        return _over(task, TaskState.EXPIRED)
    return replace(task, state=TaskState.OPEN, courier=None, due_at=task.until, barred=barred)


def _over(task: Task, state: TaskState) -> Task:
    """Nothing is due any more, and who had a part in it need not be remembered."""
    return replace(task, state=state, due_at=None, barred=())
