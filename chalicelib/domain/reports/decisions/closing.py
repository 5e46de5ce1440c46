"""Solved, re-checked, confirmed, reopened, withdrawn; and remarks (DOMAIN §2)."""

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.model import Role
from chalicelib.domain.reference.taxonomy import CHILDREN_AT_RISK, DANGER_CLASS, SECURITY_LEADS
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import helping, said
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.parties import OWN
from chalicelib.domain.reports.running import Part
from chalicelib.domain.reports.terms import RejectReason

S = Status
BACK_TO = {Role.VILLAGE: S.WITH_VILLAGE, Role.DEPARTMENT: S.IN_HANDLING}


def resolve(on: Situation) -> Step:
    """Said to be solved: a public answer, and a photo of the place afterwards or the reason why there is none."""
    answer, shown = said.answer(on), said.after_photo(on)
    proxied = on.report.status is S.IN_HANDLING
    changes = {
        "resolved_by": on.by.id,
        "origin": on.report.holder,
        "after_photos": on.command.after_photos,
        "parts": helping.settled(on),
    }
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
    return Step(status=S.CLOSED, note=on.command.text, details={"solved": True})


def _answered(on: Situation) -> Step:
    if on.command.solved is None:
        raise Invalid("answers_needed")
    answers: dict[str, object] = {
        "contacted": on.command.contacted,
        "solved": on.command.solved,
        "satisfied": on.command.satisfied,
    }
    return Step(status=on.report.status, changes={"answered": True}, note=on.command.text, details=answers)


def reopenable(on: Situation) -> None:
    """The reporter twice at most, within 15 days of the end; the re-checker only while it waits for him."""
    ended, numbers = on.report.ended_at, on.rules.numbers
    if on.party not in OWN:
        if on.report.status is S.CLOSED:
            raise Forbidden("not_your_part", action=on.command.action, status=on.report.status)
        return
    window, most = numbers.days("reopen_days"), numbers.count("reopen_times")
    if ended and on.now - ended > window:
        raise Conflict("reopen_window_over", days=window.days)
    if on.report.reopened >= most:
        raise Conflict("reopened_twice", most=most)


def reopen(on: Situation) -> Step:
    """Not solved after all: back to who resolved it, with half the time; the reporter's second time to the centre."""
    own = on.party in OWN
    origin = None if own and on.report.reopened else on.report.origin
    share = on.rules.numbers.of("reopen_percent") / 100
    return Step(
        status=BACK_TO.get(origin.role, S.WITH_CENTRE) if origin else S.WITH_CENTRE,
        changes={
            "parts": _parts(on, share),
            "reopened": on.report.reopened + own,
            "answered": False,
            "unchecked": False,
            "unsolved": False,
            "ordered_at": on.now,
        },
        note=said.reason(on),
        share=share,
    )


def _parts(on: Situation, share: float) -> tuple[Part, ...]:
    """Co-handlers could do nothing while it was said to be solved: what they owe begins anew, as the lead's does."""
    begun = (clockwork.begun_anew(part, on.report, on.now, rules=on.rules, share=share) for part in on.report.parts)
    return tuple(begun)


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
