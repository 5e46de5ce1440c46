"""An order beside what the rules suggest: taken as it is, or compared with it (DOMAIN §2 Centre)."""

from dataclasses import replace

from chalicelib.domain.errors import Conflict
from chalicelib.domain.reference.calendar import today
from chalicelib.domain.reference.taxonomy import CENTRE
from chalicelib.domain.reports.commands import Situation
from chalicelib.domain.reports.suggestions import Suggestion, suggested


def taken(on: Situation) -> Situation:
    """An order that names nobody takes the suggestion as it is, with its instruction unless it brings its own.

    Raises Conflict (`nothing_suggested`, `suggestion_is_the_centres`, `suggested_has_returned`, `suggestion_changed`
    where another one was read).
    """
    command = on.command
    if command.department is not None or command.co_handlers:
        return on
    found = _orderable(on)
    text = command.text if command.text.strip() else found.zh
    return replace(on, command=replace(command, department=found.lead, co_handlers=found.co_handlers, text=text))


def compared(on: Situation) -> dict[str, object]:
    """For the history: what was suggested, and whether the order followed it; nothing where nothing was."""
    found = _suggestion(on)
    if found is None:
        return {}
    command = on.command
    return {"suggested": found.told(), "followed": found.is_followed_by(command.department, command.co_handlers)}


def _suggestion(on: Situation) -> Suggestion | None:
    return suggested(on.report, on.rules, day=today(on.now))


def _orderable(on: Situation) -> Suggestion:
    found = _suggestion(on)
    if found is None:
        raise Conflict("nothing_suggested")
    if on.command.suggested not in (None, (found.table, found.rule, found.edition)):
        raise Conflict("suggestion_changed", department=found.lead)
    if found.lead == CENTRE:
        raise Conflict("suggestion_is_the_centres")
    if found.lead in on.report.returned_by:  # what comes back is looked at, and not sent there again by routine
        raise Conflict("suggested_has_returned", department=found.lead)
    return found
