"""Many reports at once (docs/adr/0037): what may be done so, and what needs a look at each."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action as A
from chalicelib.domain.reports.terms import Outcome

MOST = 50  # items: each is a transaction of its own, and API Gateway waits for 29 s

# They pass work on or say something, and what was a mistake is put right by the next step. What ends a report, answers
# for it, judges its reporter, or gives a reason of its own, is done one by one.
IN_BULK = frozenset({A.VERIFY, A.CLAIM, A.ASSIGN, A.HAND_OVER, A.DISPATCH, A.ACCEPT, A.MERGE, A.COMMENT, A.URGE})
# What somebody saw on the spot ends the matter: he says so of each.
ONE_BY_ONE = frozenset({Outcome.SOLVED_ON_SPOT, Outcome.ALREADY_GONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is to be done to one report; `version` is the one that was read, None for whatever there is."""

    report: str
    version: int | None = None
    command: Command


def require_distinct(items: Sequence[Item]) -> None:
    """Each report once: which step would come first? Raises Invalid (`report_twice`)."""
    ids = [item.report for item in items]
    if twice := next((id for id in ids if ids.count(id) > 1), None):
        raise Invalid("report_twice", report=twice)


def require_allowed(command: Command) -> None:
    """Raises Invalid (`not_in_bulk`, `outcome_not_in_bulk`)."""
    if command.action not in IN_BULK:
        raise Invalid("not_in_bulk", action=command.action)
    if command.outcome in ONE_BY_ONE:
        raise Invalid("outcome_not_in_bulk", outcome=command.outcome)
