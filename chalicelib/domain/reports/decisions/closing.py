"""Solved, re-checked, confirmed, withdrawn; and remarks (DOMAIN §2). What is reopened: `reopening`."""

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.reference.taxonomy import CHILDREN_AT_RISK, DANGER_CLASS, SECURITY_LEADS
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import conditions, helping, said
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.parties import OWN
from chalicelib.domain.reports.terms import RejectReason

S = Status


def resolve(on: Situation) -> Step:
    """Said to be solved: a public answer, and photos of the place afterwards or the reason why there are none."""
    nature = on.report.nature
    answer, shown = conditions.answer(on, nature), conditions.shown(on, nature)
    proxied = on.report.status is S.IN_HANDLING
    changes = conditions.claimed(on, on.report.holder) | {"parts": helping.settled(on)}
    overruled = {"overrule": on.command.overrule} if on.command.overrule else {}
    details = shown | overruled | (said.recorded(on) if proxied else {})
    at = said.done_at(on) if proxied else None
    return Step(status=S.RESOLVED, changes=changes, note=answer, details=details, at=at)


def confirmable(on: Situation) -> None:
    """The re-check decides and ends it; the reporter may answer once, before or after."""
    if on.report.status is S.INVALID:
        _rejected_as_false(on)
    elif on.party in OWN:
        if on.report.answered:
            raise Conflict("already_answered")
    elif on.report.status is S.CLOSED:
        raise IllegalAction("no_such_step", action=on.command.action, status=on.report.status)


def _rejected_as_false(on: Situation) -> None:
    """Only *false*, confirmed by the centre, can lead to a penalty."""
    if on.report.rejected is not RejectReason.FALSE:
        raise IllegalAction("no_such_step", action=on.command.action, status=on.report.status)
    if on.report.proven_false:
        raise Conflict("confirmed_before")


def confirm(on: Situation) -> Step:
    """The re-checker saw that it is solved; or the reporter answers: contacted? solved? satisfied?"""
    if on.report.status is S.INVALID:
        details: dict[str, object] = {"reason": RejectReason.FALSE, "proven": True}
        return Step(status=S.INVALID, changes={"proven_false": True}, note=on.command.text, details=details)
    if on.party in OWN:
        return _answered(on)
    if on.command.solved is False:
        raise Invalid("not_solved_is_reopen")
    return Step(status=S.CLOSED, note=on.command.text, details={"solved": True} | conditions.looked(on))


def _answered(on: Situation) -> Step:
    if on.command.solved is None:
        raise Invalid("answers_needed")
    answers: dict[str, object] = {
        "contacted": on.command.contacted,
        "solved": on.command.solved,
        "satisfied": on.command.satisfied,
    }
    changes = {"answered": True, "disputed": not on.command.solved}
    return Step(status=on.report.status, changes=changes, note=on.command.text, details=answers)


def withdrawable(on: Situation) -> None:
    """Not what endangers life or a child, not a security lead, not after verification."""
    nature = on.report.nature
    if nature.klass == DANGER_CLASS or (nature.kind or "").startswith((SECURITY_LEADS, *CHILDREN_AT_RISK)):
        raise Forbidden("never_withdrawn")
    if on.report.verified_by or on.report.ordered_at:
        raise IllegalAction("withdraw_before_verification")


def withdraw(on: Situation) -> Step:
    """The reporter takes it back."""
    return Step(status=S.WITHDRAWN, changes={"paused": None}, note=on.command.text)


def remark(on: Situation) -> Step:
    """A comment, internal or public, or more information: nothing moves."""
    return Step(status=on.report.status, note=said.text(on), internal=on.command.internal)
