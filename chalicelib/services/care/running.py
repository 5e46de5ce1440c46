"""The use case of a courier on his run: he tells of steps, one or several, when they are taken or long after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.care import run
from chalicelib.domain.care.late import NOTED
from chalicelib.domain.care.model import By, Step, Visit
from chalicelib.domain.care.run import WRONG_CODE
from chalicelib.domain.care.said import StepOutcome, Telling, action
from chalicelib.domain.care.terms import VisitAction
from chalicelib.domain.care.told import timed
from chalicelib.domain.errors import Busy, Conflict, DomainError
from chalicelib.domain.people.model import Actor, Role
from chalicelib.services.care import looking_after, showing, steps
from chalicelib.services.reference import rulebook
from chalicelib.store.care import visits


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one of them, and why it was refused."""

    action: VisitAction
    outcome: StepOutcome
    refusal: DomainError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of them all, and the visit as it is now."""

    visit: Visit
    results: list[Result]


def tell(visit_id: str, tellings: Sequence[Telling], *, by: Actor, now: datetime) -> Told:
    """Take these steps in their order, each with a transaction of its own: whatever is told again, or after a crash,
    goes on where it was. The first that is refused ends it; where nothing was taken before, that is the answer.

    A danger to life is reported with the request. Raises Forbidden (`role_needed`), NotFound (`no_such_visit`), what
    the steps do, and Busy.
    """
    by.require(Role.COURIER)
    results: list[Result] = []
    for number, telling in enumerate(tellings):
        try:
            results.append(_take(visit_id, telling, by=by, now=now))
        except Busy:
            raise
        except DomainError as refusal:
            if not number:
                raise
            results.append(Result(action=action(telling.said), outcome=StepOutcome.REFUSED, refusal=refusal))
            results += [_not_tried(one) for one in tellings[number + 1 :]]
            break
    return Told(visit=looking_after.reported(visits.get(visit_id), now=now), results=results)


def _not_tried(telling: Telling) -> Result:
    return Result(action=action(telling.said), outcome=StepOutcome.NOT_TRIED)


def _take(visit_id: str, telling: Telling, *, by: Actor, now: datetime) -> Result:
    """A read, what its proof takes, a read of the book, one transaction. Raises as `tell` does."""
    numbers = rulebook.in_force(now=now).numbers
    at = timed(telling.at, now, numbers) if telling.at else now
    who = By(id=by.id, role=Role.COURIER, at=at)
    taken: list[Step | None] = []

    def decide(visit: Visit) -> Step | None:
        told = showing.told(visit, telling.said, who, now=now)
        step = run.step(visit, told, who, numbers) if told else None
        taken.append(step)
        return step

    steps.change(visit_id, decide, now=now, also=showing.requires(telling.said, by=by, now=now))
    step = taken[-1]
    if step and step.deed == WRONG_CODE:
        raise Conflict("door_code_wrong", left=numbers.count(run.TRIES) - step.after.run.wrong_codes)
    return Result(action=action(telling.said), outcome=_outcome(step))


def _outcome(step: Step | None) -> StepOutcome:
    if step is None:
        return StepOutcome.AGAIN
    return StepOutcome.NOTED if step.deed == NOTED else StepOutcome.DONE
