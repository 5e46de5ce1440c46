"""Solved or not, satisfied or not: the re-check by another person, and the three questions to the reporter (DOMAIN §2).

All of it counts on the day of the revisit's deadline, for the body that had resolved the report.
"""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.domain.figures.bodies import Told
from chalicelib.domain.figures.columns import Column as C
from chalicelib.domain.figures.figures import Cell
from chalicelib.domain.figures.promptness import Mark
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reference.taxonomy import VILLAGE
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.parties import OWN

A, S = Action, Status


class Revisits:
    """From being resolved to being closed, and once more after each reopening."""

    def __init__(self) -> None:
        self._due: datetime | None = None
        self._cell: Cell | None = None
        self._asked = False
        self._solved = False

    def hear(self, told: Told) -> Iterator[Mark]:
        """What the line says of the revisit."""
        self._keep_time(told)
        line, own = told.line, told.line.as_role in OWN
        if line.action is A.CONFIRM and told.was in (S.RESOLVED, S.CLOSED) and own:
            yield from self._answered(told)
        elif line.action is A.CONFIRM and told.enters(S.CLOSED):
            yield from self._confirmed(told)
        elif line.action is A.DECIDE and told.enters(S.CLOSED):
            yield self._mark(told, C.REVIEWED)
        elif line.action is A.REOPEN:
            yield from self._reopened(told)
        if told.enters(S.CLOSED):
            yield from self._ask(told)

    def _keep_time(self, told: Told) -> None:
        """A new revisit begins with each resolution; what is closed without one counts on the day it was closed."""
        if told.enters(S.RESOLVED) or (told.enters(S.CLOSED) and told.was is not S.RESOLVED):
            self._cell, self._asked, self._solved = told.after, False, False
            self._due = told.line.at
        if told.status is S.RESOLVED:
            self._due = told.line.standing.due_at or self._due

    def _mark(self, told: Told, column: str, amount: int = 1) -> Mark:
        return Mark(local_day(self._due or told.line.at), self._cell or told.before, column, amount)

    def _ask(self, told: Told) -> Iterator[Mark]:
        if not self._asked:
            self._asked = True
            yield self._mark(told, C.ASKED)

    def _answered(self, told: Told) -> Iterator[Mark]:
        yield from self._ask(told)
        yield self._mark(told, C.ANSWERED)
        if told.line.details.get("satisfied") is True:
            yield self._mark(told, C.SATISFIED)

    def _confirmed(self, told: Told) -> Iterator[Mark]:
        self._solved = True
        yield self._mark(told, C.REVIEWED)
        yield from self._verdict(told, 1)

    def _reopened(self, told: Told) -> Iterator[Mark]:
        """The re-checker saw that it is not solved; or what had been confirmed does not stand any more."""
        if told.was is S.RESOLVED and told.line.as_role not in OWN:
            yield self._mark(told, C.REVIEWED)
        if self._solved:
            self._solved = False
            yield from self._verdict(told, -1)

    def _verdict(self, told: Told, amount: int) -> Iterator[Mark]:
        yield self._mark(told, C.SOLVED, amount)
        if self._cell and self._cell.body == VILLAGE:
            yield self._mark(told, C.SOLVED_IN_VILLAGE, amount)
