"""What a courier's report leaves behind for the checks: when, where, how grave, what became of it, who verified it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.events import Event
from chalicelib.domain.places import Point
from chalicelib.domain.points.awards import JUDGING, TAKEN_UP
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import RejectReason

A, S = Action, Status
MOVES = frozenset({A.VERIFY, A.RECLASSIFY, A.FORFEIT, A.RESTORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Of a report up to its line `number`. `at` is when it was seen (UTC); `point` None where that, or the place, is
    not to be relied on. `true`: held to be true, or not; None while nobody has judged. `false`: rejected as false.
    """

    courier_id: str
    report_id: str
    number: int
    at: datetime
    point: Point | None
    klass: str
    true: bool | None = None
    false: bool = False
    verifier: str = ""
    forfeited: bool = False

    @property
    def order(self) -> tuple[datetime, str]:
        """Which of two came first."""
        return self.at, self.report_id

    @property
    def judged(self) -> int:
        """1 where somebody has judged it."""
        return int(self.true is not None or self.forfeited)

    @property
    def verified(self) -> int:
        """1 where it was held to be true, and nobody found that it had been faked."""
        return int(self.true is True and not self.forfeited)


def concerns(event: Event) -> bool:
    """Whether the line may change the trace of its report: only couriers leave any."""
    return event.earns and (event.was is None or event.was.status is not event.standing.status or event.action in MOVES)


def trace(lines: Sequence[Event], report: Report) -> Trace:
    """The trace that the history leaves; of the report itself only what never changes is used."""
    last = lines[-1]
    found = Trace(
        courier_id=last.reporter_id,
        report_id=last.subject_id,
        number=last.number,
        at=report.observed_at,
        point=None if report.clock_skewed else report.place.point,
        klass=last.standing.klass,
    )
    for line in lines:
        found = _after(found, line)
    return found


def _after(found: Trace, line: Event) -> Trace:
    if line.action in (A.FORFEIT, A.RESTORE):
        return replace(found, forfeited=line.action is A.FORFEIT)
    if line.standing.status is S.INVALID:
        reason = line.details.get("reason")
        return replace(found, true=False, false=found.false if reason is None else reason == RejectReason.FALSE)
    if line.standing.status is S.WITHDRAWN or (line.was is not None and line.was.status is S.INVALID):
        found = replace(found, true=None, false=False)
    if line.action is A.VERIFY:
        return replace(found, true=True, verifier=line.actor_id)
    taken_up = line.was is not None and line.was.status in JUDGING and line.standing.status in TAKEN_UP
    return replace(found, true=True) if taken_up else found
