"""What each action decides (DOMAIN §2). `acts` has checked the actor and the row of the table before."""

from collections.abc import Callable
from datetime import timedelta

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people import Post, Role
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.model import Action, Nature, Outcome, Status
from chalicelib.domain.reports.parties import OWN, Party
from chalicelib.domain.taxonomy import DANGER_CLASS, GRAVEST, SECURITY_LEADS, VILLAGE

S, A, P = Status, Action, Party
REOPEN_WINDOW = timedelta(days=15)
REOPENINGS = 2
HALF = 0.5
BACK_TO = {Role.VILLAGE: S.WITH_VILLAGE, Role.DEPARTMENT: S.IN_HANDLING}
OUTCOMES = {
    Outcome.TO_VILLAGE: S.WITH_VILLAGE,
    Outcome.TO_CENTRE: S.WITH_CENTRE,
    Outcome.SOLVED_ON_SPOT: S.RESOLVED,
    Outcome.ALREADY_GONE: S.CLOSED,
}


def verify(on: Situation) -> Step:
    """It is true: how grave, of what kind, and who goes on with it."""
    if on.command.basis is None:
        raise Invalid("basis_needed")
    nature = _verified_nature(on)
    outcome = on.command.outcome or _default_outcome(on, nature)
    if outcome is not Outcome.TO_CENTRE and _is_the_centres(on, nature):
        raise Forbidden("centre_decides", kind=nature.kind)
    if outcome is Outcome.TO_VILLAGE and not on.report.place.village:
        raise Conflict("no_village_there")
    if outcome is Outcome.SOLVED_ON_SPOT and not on.command.after_photos:
        raise Invalid("after_photo_needed")
    changes: dict[str, object] = {"nature": nature, "verified_by": on.by.id}
    if outcome is Outcome.SOLVED_ON_SPOT:
        changes |= {"resolved_by": on.by.id, "origin": _post_of(on), "after_photos": on.command.after_photos}
    details = {"outcome": outcome, "basis": on.command.basis, "severity": nature.severity, "kind": nature.kind}
    return Step(
        status=OUTCOMES[outcome],
        changes=changes,
        note=on.command.text,
        details=details | {"after_photos": list(on.command.after_photos)},
    )


def _verified_nature(on: Situation) -> Nature:
    code = on.command.kind or on.report.nature.kind
    if code is None:
        raise Invalid("kind_needed")
    nature = on.rules.taxonomy.kind(code).nature(on.command.severity)
    if (nature.severity == GRAVEST) is not (nature.klass == DANGER_CLASS):
        raise Invalid("severity_4_is_class_e", kind=code, severity=nature.severity)
    return nature


def _is_the_centres(on: Situation, nature: Nature) -> bool:
    """What turns out to be the centre's matter, or less dangerous than it was said to be, the centre decides."""
    lowered = on.report.nature.klass == DANGER_CLASS != nature.klass
    return on.party is not P.CENTRE and (nature.verify_by_centre or lowered)


def _default_outcome(on: Situation, nature: Nature) -> Outcome:
    """The village where it leads or helps with this kind, else the centre."""
    concerns_village = on.rules.taxonomy.kind(nature.kind or "").concerns_village and on.report.place.village
    return Outcome.TO_VILLAGE if concerns_village and not _is_the_centres(on, nature) else Outcome.TO_CENTRE


def reject(on: Situation) -> Step:
    """It is not taken up, for one of four reasons."""
    if on.command.reason is None:
        raise Invalid("reason_needed")
    return Step(status=S.INVALID, note=on.command.text, details={"reason": on.command.reason})


def resolve(on: Situation) -> Step:
    """Said to be solved: a public answer, and a photo of the place afterwards or the reason why there is none."""
    if not on.command.text.strip():
        raise Invalid("answer_needed")
    if not on.command.after_photos and not on.command.no_photo_reason.strip():
        raise Invalid("after_photo_or_reason_needed")
    return Step(
        status=S.RESOLVED,
        changes={
            "resolved_by": on.by.id,
            "origin": on.report.holder,
            "after_photos": on.command.after_photos,
        },
        note=on.command.text,
        details={"after_photos": list(on.command.after_photos), "no_photo_reason": on.command.no_photo_reason},
    )


def escalate(on: Situation) -> Step:
    """The village cannot solve it and says why."""
    return Step(status=S.WITH_CENTRE, note=_reasoned(on))


def only_urgent_unverified(on: Situation) -> None:
    """Only danger to life is dispatched without waiting for verification."""
    if on.report.status is S.SUBMITTED and on.report.nature.klass != DANGER_CLASS:
        raise IllegalAction("dispatch_after_verification")


def dispatch(on: Situation) -> Step:
    """One department leads, others help; to the village it goes as a village matter."""
    code, helpers = on.command.department, on.command.co_handlers
    if code is None:
        raise Invalid("department_needed")
    if code in helpers or len(set(helpers)) < len(helpers):
        raise Invalid("co_handler_twice")
    for helper in set(helpers) - {VILLAGE}:
        on.rules.departments.named(helper)
    details: dict[str, object] = {"department": code, "co_handlers": list(helpers)}
    if code == VILLAGE:
        if not on.report.place.village:
            raise Conflict("no_village_there")
        status, lead = S.WITH_VILLAGE, None
    else:
        status, lead = S.DISPATCHED, on.rules.departments.named(code).code
    changes: dict[str, object] = {"department": lead, "co_handlers": helpers}
    if VILLAGE in helpers:
        changes["village_held"] = True
    return Step(status=status, changes=changes, note=on.command.text, details=details)


def accept(on: Situation) -> Step:
    """The department signs: it is theirs until reassigned."""
    return Step(status=S.IN_HANDLING, note=on.command.text)


def confirmable(on: Situation) -> None:
    """The re-check decides and ends it; the reporter may answer once, before or after."""
    if on.party in OWN:
        if on.report.answered:
            raise Conflict("already_answered")
    elif on.report.status is S.CLOSED:
        raise IllegalAction("no_such_step", action=on.command.action, status=on.report.status)


def confirm(on: Situation) -> Step:
    """The re-checker saw that it is solved; or the reporter answers: contacted? solved? satisfied?"""
    answers: dict[str, object] = {
        "contacted": on.command.contacted,
        "solved": on.command.solved,
        "satisfied": on.command.satisfied,
    }
    if on.party in OWN and on.command.solved is None:
        raise Invalid("answers_needed")
    if on.party in OWN:
        return Step(status=on.report.status, changes={"answered": True}, note=on.command.text, details=answers)
    if on.command.solved is False:
        raise Invalid("not_solved_is_reopen")
    return Step(status=S.CLOSED, note=on.command.text, details={"solved": True})


def reopenable(on: Situation) -> None:
    """The reporter twice at most, within 15 days of the end; the re-checker only while it waits for him."""
    ended = on.report.ended_at
    if on.party not in OWN:
        if on.report.status is S.CLOSED:
            raise Forbidden("not_your_part", action=on.command.action, status=on.report.status)
        return
    if ended and on.now - ended > REOPEN_WINDOW:
        raise Conflict("reopen_window_over", days=REOPEN_WINDOW.days)
    if on.report.reopened >= REOPENINGS:
        raise Conflict("reopened_twice", most=REOPENINGS)


def reopen(on: Situation) -> Step:
    """Not solved after all: back to who resolved it, with half the time; the reporter's second time to the centre."""
    own = on.party in OWN
    origin = None if own and on.report.reopened else on.report.origin
    return Step(
        status=BACK_TO.get(origin.role, S.WITH_CENTRE) if origin else S.WITH_CENTRE,
        changes={"reopened": on.report.reopened + own, "answered": False},
        note=_reasoned(on),
        share=HALF,
    )


def withdrawable(on: Situation) -> None:
    """Not what endangers life, not a security lead, not after verification."""
    nature = on.report.nature
    if nature.klass == DANGER_CLASS or (nature.kind or "").startswith(SECURITY_LEADS):
        raise Forbidden("never_withdrawn")
    if on.report.verified_by:
        raise IllegalAction("withdraw_before_verification")


def withdraw(on: Situation) -> Step:
    """The reporter takes it back."""
    return Step(status=S.WITHDRAWN, note=on.command.text)


def remark(on: Situation) -> Step:
    """A comment, internal or public, or more information: nothing moves."""
    if not on.command.text.strip():
        raise Invalid("text_needed")
    return Step(status=on.report.status, note=on.command.text, internal=on.command.internal)


def _reasoned(on: Situation) -> str:
    if not on.command.text.strip():
        raise Invalid("reason_needed")
    return on.command.text


def _post_of(on: Situation) -> Post:
    place = on.report.place
    if on.party is P.CENTRE:
        return Post(Role.CENTRE, place.township)
    if on.party is P.VILLAGE:
        return Post(Role.VILLAGE, place.village or "")
    return Post(Role.GRID_MEMBER, place.grid or "")


# What the rule says about the report itself, before anyone fills in a form: also decides what is offered.
GUARDS: dict[Action, Callable[[Situation], None]] = {
    A.DISPATCH: only_urgent_unverified,
    A.CONFIRM: confirmable,
    A.REOPEN: reopenable,
    A.WITHDRAW: withdrawable,
}

DECISIONS: dict[Action, Callable[[Situation], Step]] = {
    A.VERIFY: verify,
    A.REJECT: reject,
    A.RESOLVE: resolve,
    A.ESCALATE: escalate,
    A.DISPATCH: dispatch,
    A.ACCEPT: accept,
    A.CONFIRM: confirm,
    A.REOPEN: reopen,
    A.WITHDRAW: withdraw,
    A.COMMENT: remark,
    A.ADD_INFO: remark,
}
