"""What simply happened to a report, on the local day on which it did (DOMAIN §2 Figures, "own columns")."""

from collections.abc import Callable, Iterator

from chalicelib.domain.figures.bodies import Told, body_of
from chalicelib.domain.figures.columns import Column as C
from chalicelib.domain.figures.figures import Cell
from chalicelib.domain.figures.promptness import Mark
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reference.taxonomy import VILLAGE
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.running import Stage
from chalicelib.domain.reports.terms import Outcome, Source, Wish

A, S = Action, Status
PART_ACTIONS = frozenset({A.ACCEPT_PART, A.RETURN_PART, A.FILE_PART})

# Of the body that has it afterwards, …
AFTER: dict[C, Callable[[Told], bool]] = {
    C.FILED: lambda told: told.was is None,
    C.FILED_BY_STAFF: lambda told: told.was is None and told.line.standing.source is not Source.APP,
    C.ALREADY_GONE: lambda told: told.line.details.get("outcome") == Outcome.ALREADY_GONE,
    C.UNSIGNED: lambda told: _signed_late(told),
}
# … and of the one that had it.
BEFORE: dict[C, Callable[[Told], bool]] = {
    C.INVALID: lambda told: told.enters(S.INVALID),
    C.DUPLICATES: lambda told: told.enters(S.DUPLICATE),
    C.WITHDRAWN: lambda told: told.line.action is A.WITHDRAW,
    C.CANCELLED: lambda told: told.line.action is A.CANCEL,
    C.TRANSFERRED: lambda told: told.enters(S.TRANSFERRED),
    C.RETURNED: lambda told: told.line.action is A.RETURN,
    C.RECORDED: lambda told: "proxy" in told.line.details and told.line.action not in PART_ACTIONS,
    C.SUSPENDED: lambda told: told.enters(S.SUSPENDED),
    C.EXTENDED: lambda told: told.line.action is A.GRANT and told.line.details.get("wish") == Wish.EXTENSION,
    C.URGED: lambda told: told.line.action is A.URGE,
    C.SUPERVISED: lambda told: "watch" in told.line.details,
    C.REOPENED: lambda told: told.line.action is A.REOPEN,
    C.FALSE_CLOSINGS: lambda told: told.line.details.get("false_closing") is True,
    C.UNCHECKED: lambda told: told.line.details.get("unchecked") is True,
    C.UNSOLVED: lambda told: told.line.action is A.DECIDE and told.enters(S.CLOSED),
}


def happened(told: Told) -> Iterator[Mark]:
    """The columns that the line says yes in."""
    day = local_day(told.line.at)
    for columns, cell in ((AFTER, told.after), (BEFORE, told.before)):
        yield from (Mark(day, cell, column) for column, holds in columns.items() if holds(told))
    if told.line.action is A.LINK_RECURRENCE:
        yield Mark(day, _closing(told), C.RECURRED)
    if told.line.action in PART_ACTIONS and "proxy" in told.line.details:
        yield Mark(day, _helpers(told), C.RECORDED)


class Parts:
    """What co-handlers do: filed, and late once however often it is told."""

    def __init__(self) -> None:
        self._late: set[str] = set()

    def hear(self, told: Told) -> Iterator[Mark]:
        """Whether a part was filed here, or overran."""
        line, day = told.line, local_day(told.line.at)
        if line.action is A.FALL_DUE and line.details.get("stage") == "part":
            cell = told.before._replace(body=body_of(str(line.details.get("post", ""))))
            self._late.add(cell.body)
            yield Mark(day, cell, C.PARTS_LATE)
        elif line.action is A.FILE_PART:
            cell = _helpers(told)
            yield Mark(day, cell, C.PARTS_FILED)
            if line.details.get("late") is True and cell.body not in self._late:
                yield Mark(day, cell, C.PARTS_LATE)
            self._late.discard(cell.body)


def _signed_late(told: Told) -> bool:
    """By default, or by hand once the time for it was over (逾期视为签收)."""
    was, line = told.line.was, told.line
    if was is None or was.status is not S.DISPATCHED or told.status is not S.IN_HANDLING:
        return False
    return told.rang(Stage.ACCEPT) or (line.action is A.ACCEPT and was.due_at is not None and told.done > was.due_at)


def _helpers(told: Told) -> Cell:
    return told.before._replace(body=str(told.line.details.get("department", VILLAGE)))


def _closing(told: Told) -> Cell:
    """Where and by whom the matter had been closed that came back."""
    details, here = told.line.details, told.after
    area, body = details.get("closed_in", here.area), details.get("closed_by", here.body)
    return here._replace(area=str(area), body=str(body))
