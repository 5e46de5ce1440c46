"""In time or not: the first answer to the reporter, and the handling by each body that has the report to do.

Nothing is counted while a deadline lies ahead: a number moves when the thing is done, or when its time is over. What is
breached stays breached (DOMAIN §2 Deadlines), also where the deadline is moved afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.figures.bodies import COMMITTEE, Told, stage
from chalicelib.domain.figures.columns import Column as C
from chalicelib.domain.figures.figures import Cell
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reference.taxonomy import CENTRE
from chalicelib.domain.reports.model import ENDED, Action, Status
from chalicelib.domain.reports.running import Stage
from chalicelib.domain.reports.terms import Outcome

A, S = Action, Status
# What staff do with a report that its reporter is told of; internal remarks and who of a pool has it are none.
ANSWERS = frozenset(
    {A.VERIFY, A.REJECT, A.ASK_INFO, A.MERGE, A.DISPATCH, A.TRANSFER, A.CANCEL, A.RESOLVE, A.ANSWER, A.COMMENT}
    | {A.ADD_INFO, A.COORDINATE, A.RETURN_TO_VILLAGE}
)
# Stages in which a body has the report to do, so that it can be overdue there.
HANDLING = frozenset({Stage.VILLAGE, Stage.DISPATCH, Stage.COORD, Stage.DEPT})
DONE = frozenset({S.RESOLVED, S.CLOSED, S.TRANSFERRED})


class Mark(NamedTuple):
    """One more, or one less, in a column of a cell on a local day."""

    day: str
    cell: Cell
    column: str
    amount: int = 1


class Responses:
    """The first answer of staff to the reporter, by the deadline of verification (DOMAIN §2 Response rate)."""

    def __init__(self) -> None:
        self._due: datetime | None = None
        self._waits = True

    def hear(self, told: Told) -> Iterator[Mark]:
        """Whether the answer came here, or its time was over."""
        due = self._due
        if self._waits and due:
            late = told.done > due
            answered = told.by_staff and told.line.action in ANSWERS and not told.line.internal
            if late or told.rang(Stage.VERIFY):
                yield Mark(local_day(due), told.before, C.DUE)
            elif answered:
                yield Mark(local_day(due), told.after, C.DUE)
                yield Mark(local_day(due), told.after, C.RESPONDED)
            self._waits = not (late or answered or told.rang(Stage.VERIFY) or told.status in ENDED)
        if told.status is S.SUBMITTED:
            self._due = told.line.standing.due_at


@dataclass(frozen=True, slots=True)
class Turn:
    """A body has the report to do, until `due`. `late`: where it was counted as overdue, and the deadline it missed."""

    stage: Stage
    body: str
    due: datetime | None
    late: tuple[Cell, datetime] | None = None

    def is_same(self, other: "Turn | None") -> bool:
        """Whether it goes on; the deadline of a turn may move."""
        return other is not None and (self.stage, self.body) == (other.stage, other.body)


class Turns:
    """Handling in time, by the deadline of the stage in which each body has it (DOMAIN §2 On-time).

    What a body passes on in time without having solved it is no merit and no fault, and counts nothing.
    """

    def __init__(self) -> None:
        self._turn: Turn | None = None
        self._merged: Turn | None = None

    def hear(self, told: Told) -> Iterator[Mark]:
        """What the line says of the turn that runs, and of the next one."""
        yield from self._breached(told)
        after = _turn(told)
        if told.status is S.NEEDS_INFO and self._turn:
            return  # interrupted, and taken up again
        if told.was is S.DUPLICATE:
            yield from self._taken_up(after)
        if told.enters(S.DUPLICATE):
            self._merged = self._turn
        if self._turn and self._turn.is_same(after):
            self._turn = replace(self._turn, due=after.due if after else None)
            return
        yield from self._ended(told)
        self._turn = after

    def _breached(self, told: Told) -> Iterator[Mark]:
        turn = self._turn
        if turn is None or turn.late or turn.due is None or turn.stage not in HANDLING or told.was is S.NEEDS_INFO:
            return
        if told.done > turn.due or told.rang(turn.stage):
            cell = told.before._replace(body=turn.body)
            self._turn = replace(turn, late=(cell, turn.due))
            yield Mark(local_day(turn.due), cell, C.OVERDUE)

    def _taken_up(self, after: Turn | None) -> Iterator[Mark]:
        """No duplicate after all: the turn goes on, with the deadline that it may have missed before."""
        held, self._merged = self._merged, None
        if held is None or not held.is_same(after):
            return
        self._turn = held
        if held.late:
            cell, due = held.late
            yield Mark(local_day(due), cell, C.LATE, -1)
            yield Mark(local_day(due), cell, C.OVERDUE)

    def _ended(self, told: Told) -> Iterator[Mark]:
        turn = self._turn
        if turn is None or turn.due is None:
            return
        cell, due = turn.late or (told.before._replace(body=turn.body), turn.due)
        if turn.late:
            yield Mark(local_day(due), cell, C.OVERDUE, -1)
        if _is_done(told):
            solved_on_spot = turn.stage is Stage.VERIFY
            in_time = _in_time(told, due, rang=turn.late is not None)
            yield Mark(local_day(due), told.after if solved_on_spot else cell, C.ON_TIME if in_time else C.LATE)
        elif turn.late:
            yield Mark(local_day(due), cell, C.LATE)


def made_safe(told: Told) -> Iterator[Mark]:
    """控险: the urgent limit is met by making it safe; the repair has one of its own, and both are shown."""
    was = told.line.was
    if told.line.action is A.MAKE_SAFE and was and was.due_at:
        yield Mark(local_day(was.due_at), told.before, C.MADE_SAFE)
        if told.line.details.get("in_time", told.done <= was.due_at):
            yield Mark(local_day(was.due_at), told.before, C.SAFE_IN_TIME)


def _in_time(told: Told, due: datetime, *, rang: bool) -> bool:
    """Once the bell rang, only what had been done before and is recorded late (代录); a question stops the time."""
    stood_still = told.was is S.NEEDS_INFO and not rang
    return stood_still or (told.done <= due and (not rang or told.done < told.line.at))


def _is_done(told: Told) -> bool:
    """Solved, closed by the committee, passed on to 110 … or made safe; what was gone already, nobody has done."""
    gone = told.line.details.get("outcome") == Outcome.ALREADY_GONE
    return (told.status in DONE and not gone) or told.line.action is A.MAKE_SAFE


def _turn(told: Told) -> Turn | None:
    """Whose turn begins or goes on after the line; while it is re-checked or has ended, nobody's."""
    standing = told.line.standing
    runs = stage(standing)
    if runs is Stage.ACCEPT:
        runs = Stage.DEPT  # to sign it is the beginning of the department's turn, whose time runs from there
    if runs not in HANDLING | {Stage.VERIFY}:
        return None
    body = {Stage.DISPATCH: CENTRE, Stage.COORD: COMMITTEE}.get(runs, told.after.body)
    signs = stage(standing) is Stage.ACCEPT
    return Turn(stage=runs, body=body, due=None if signs else standing.due_at)
