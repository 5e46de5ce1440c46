"""A co-handler's part: taken on, returned to the centre, filed (DOMAIN §2)."""

from dataclasses import replace

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import said
from chalicelib.domain.reports.parties import Party, helps
from chalicelib.domain.reports.running import Part, PartState


def has_part(on: Situation) -> None:
    """There is something left to do in a part of one's own."""
    if _part(on).state not in clockwork.UNDONE:
        raise IllegalAction("part_is_done", department=_part(on).department)


def acceptable(on: Situation) -> None:
    """Signed once."""
    has_part(on)
    if _part(on).state is PartState.ACCEPTED:
        raise Conflict("part_signed_before")


def returnable(on: Situation) -> None:
    """Once, while the lead may sign."""
    has_part(on)
    part = _part(on)
    if part.binding:
        raise Conflict("part_returned_once", department=part.department)
    if on.now > part.return_by:
        raise Conflict("part_window_over")


def _part(on: Situation) -> Part:
    """The part that the actor speaks for. Raises Forbidden (`not_your_part`)."""
    theirs = _parts(on)
    if not theirs:
        raise Forbidden("not_your_part", action=on.command.action, status=on.report.status)
    return next((part for part in theirs if part.state in clockwork.UNDONE), theirs[0])


def _parts(on: Situation) -> list[Part]:
    named = on.command.department
    return [part for part in on.report.parts if _speaks_for(on, part) and named in (None, part.department)]


def _meant(on: Situation) -> Part:
    """Whoever speaks for several bodies names the one: the centre that records for two, say."""
    if len([part for part in _parts(on) if part.state in clockwork.UNDONE]) > 1:
        raise Invalid("department_needed")
    return _part(on)


def _speaks_for(on: Situation, part: Part) -> bool:
    recorded = on.party is Party.CENTRE and part.proxied
    return recorded or helps(on.by, part.department, on.report)


def _with(on: Situation, part: Part, note: str) -> Step:
    parts = tuple(part if part.department == other.department else other for other in on.report.parts)
    details = {"department": part.department, "late": _is_late(on, part)}
    return Step(
        status=on.report.status,
        changes={"parts": parts},
        note=note,
        details=details | {"after_photos": list(on.command.after_photos)} | said.recorded(on, since=part.ordered_at),
    )


def settled(on: Situation) -> tuple[Part, ...]:
    """The parts as the lead resolves: all in, or overruled with a reason. Raises Conflict (`parts_missing`)."""
    missing = [part.department for part in on.report.parts if part.state in clockwork.UNDONE]
    if missing and not on.command.overrule.strip():
        raise Conflict("parts_missing", departments=", ".join(missing))
    return tuple(_overruled(on, part) for part in on.report.parts)


def _overruled(on: Situation, part: Part) -> Part:
    if part.state not in clockwork.UNDONE:
        return part
    return replace(part, state=PartState.OVERRULED, late=_is_late(on, part))


def _is_late(on: Situation, part: Part) -> bool:
    """What was late before it was filed or overruled, was late."""
    return part.late or on.now > part.due_at


def accept_part(on: Situation) -> Step:
    """The co-handler signs its part."""
    return _with(on, replace(_meant(on), state=PartState.ACCEPTED), on.command.text)


def return_part(on: Situation) -> Step:
    """Not its part: back to the centre, which names another helper or insists."""
    return _with(on, replace(_meant(on), state=PartState.RETURNED), said.reason(on))


def file_part(on: Situation) -> Step:
    """The part is done; what was done stays with the report, whoever leads."""
    part, result = _meant(on), said.text(on)
    return _with(on, replace(part, state=PartState.FILED, result=result, late=_is_late(on, part)), result)
