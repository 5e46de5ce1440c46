"""The centre sorts: back to the village, to the committee, elsewhere, together; and takes back (DOMAIN §2 Centre).

To whom it orders, `ordering` says.
"""

from typing import Any

from chalicelib.domain.errors import Conflict, IllegalAction, Invalid
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reference.taxonomy import CENTRE, CHILDREN_AT_RISK, DANGER_CLASS, SECURITY_LEADS
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import conditions, said
from chalicelib.domain.reports.decisions.verifying import nature_of
from chalicelib.domain.reports.matter import Nature
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.running import PartState
from chalicelib.domain.reports.terms import Service

S = Status
UNLED = frozenset({S.SUBMITTED, S.WITH_CENTRE})


def police_first(on: Situation) -> None:
    """Suspected harm to a minor is always transferred to the police, before anything else is done (DOMAIN §2)."""
    if on.report.nature.kind in CHILDREN_AT_RISK and on.report.service is not Service.POLICE:
        raise Conflict("police_first")


def classified(on: Situation) -> None:
    """Nobody is given what nobody has named: its limits, its points and who leads hang on the kind."""
    if on.report.nature.kind is None:
        raise Conflict("kind_first")


def classed(on: Situation) -> None:
    """What was made safe has its class set before anything else, so that its repair has a limit of its own."""
    if on.report.awaits_class:
        raise Conflict("class_first")


def coordinatable(on: Situation) -> None:
    """After the police where they come first, and once it has its class."""
    classified(on)
    police_first(on)
    classed(on)


def not_returned_before(on: Situation) -> None:
    """The centre gives it back to the village once, where there is one."""
    if on.report.returned_to_village:
        raise Conflict("returned_to_village_before")
    if not on.report.place.village:
        raise Conflict("no_village_there")
    classified(on)
    police_first(on)


def return_to_village(on: Situation) -> Step:
    """The village can solve it after all, and is told why; after two returns that is the final assignment."""
    final = is_final(on.report, on.rules)
    changes = {"returned_to_village": True, **relieved(on.report), "binding": final}
    return Step(status=S.WITH_VILLAGE, changes=changes, note=said.reason(on))


def relieved(report: Report) -> dict[str, Any]:
    """No department leads or helps any more; what helpers have filed is kept."""
    filed = tuple(part for part in report.parts if part.state is PartState.FILED)
    free = {"binding": False, "decided": False}
    return {"department": None, "proxied": False, "co_handlers": (), "parts": filed, **free}


def is_final(report: Report, rules: Rulebook) -> bool:
    """Whether it was sent back so often that the centre's assignment is final (终审)."""
    return len(report.returns) >= rules.numbers.count("return_times")


def not_final(on: Situation) -> None:
    """A village that has it as the final assignment (终审) cannot pass it on either."""
    if on.report.binding:
        raise Conflict("assignment_is_final")


def centre_led(on: Situation) -> None:
    """The centre answers itself what it leads."""
    kind = on.rules.taxonomy.kinds.get(on.report.nature.kind or "")
    if kind is None or kind.lead != CENTRE:
        raise IllegalAction("answer_centre_led_only")
    police_first(on)


def answer(on: Situation) -> Step:
    """The centre's own answer; it is re-checked and revisited like any other."""
    return Step(
        status=S.RESOLVED,
        changes=conditions.claimed(on, Post(Role.CENTRE, on.report.place.township)),
        note=conditions.answer(on, on.report.nature),
    )


def coordinate(on: Situation) -> Step:
    """A hard case: the committee coordinates."""
    return Step(status=S.COORDINATING, changes={"paused": None}, note=said.reason(on))


def not_awaited(on: Situation) -> None:
    """What the reporter was asked is waited for, but not by danger to life or a child that nobody leads yet."""
    paused, nature = on.report.paused, on.report.nature
    endangers = nature.klass == DANGER_CLASS or nature.kind in CHILDREN_AT_RISK
    if on.report.status is S.NEEDS_INFO and not (endangers and paused and paused.status in UNLED):
        raise IllegalAction("info_awaited")


def transferable(on: Situation) -> None:
    """Unverified only where lives are in danger, or where the centre verifies anyway."""
    not_awaited(on)
    nature = on.report.nature
    security = (nature.kind or "").startswith(SECURITY_LEADS) or nature.verify_by_centre
    if on.report.status is S.SUBMITTED and nature.klass != DANGER_CLASS and not security:
        raise IllegalAction("transfer_after_verification")


def transfer(on: Situation) -> Step:
    """To 110, 119, 120 or 12345, with the number under which they took it."""
    service = on.command.service
    if service is None or not on.command.number.strip():
        raise Invalid("service_and_number_needed")
    if on.report.nature.kind in CHILDREN_AT_RISK and Service.POLICE not in (service, on.report.service):
        raise Conflict("police_first")
    details: dict[str, object] = {"service": service, "number": on.command.number}
    if on.command.severity:
        details["severity"] = on.command.severity
    changes = {"service": service, "paused": None, "nature": _transferred_nature(on)}
    return Step(status=S.TRANSFERRED, changes=changes, note=on.command.text, details=details)


def _transferred_nature(on: Situation) -> Nature:
    """What is transferred counts as verified, with the severity that the centre states (DOMAIN §3)."""
    if on.command.severity is None:
        return on.report.nature
    if on.report.nature.kind is None:
        raise Invalid("kind_needed")
    return nature_of(on, on.report.nature.kind)


def take_back(on: Situation) -> Step:
    """It comes back from where it was transferred."""
    return Step(status=S.WITH_CENTRE, note=said.reason(on))


def cancel(on: Situation) -> Step:
    """The centre withdraws it, and says why."""
    return Step(status=S.WITHDRAWN, changes={"paused": None}, note=said.reason(on))


def escalate(on: Situation) -> Step:
    """The village cannot solve it and says why."""
    return Step(status=S.WITH_CENTRE, note=said.reason(on))
