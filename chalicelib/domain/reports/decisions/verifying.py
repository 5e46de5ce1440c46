"""Is it true, how grave, of what kind; not taken up; more must be known (DOMAIN §2 `verify`, `reject`, `ask_info`)."""

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.taxonomy import CHILDREN_AT_RISK, DANGER_CLASS, GRAVEST
from chalicelib.domain.reports import clockwork, stages
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import conditions, said
from chalicelib.domain.reports.decisions.retiming import retimed
from chalicelib.domain.reports.matter import Nature
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.parties import Party, above_pool, in_pool
from chalicelib.domain.reports.terms import Outcome, RejectReason

S, P = Status, Party
OUTCOMES = {
    Outcome.TO_VILLAGE: S.WITH_VILLAGE,
    Outcome.TO_CENTRE: S.WITH_CENTRE,
    Outcome.SOLVED_ON_SPOT: S.RESOLVED,
    Outcome.ALREADY_GONE: S.CLOSED,
}


def unverified(on: Situation) -> None:
    """Verified once; what came to the centre unverified (relocated twice, objected to) the centre verifies."""
    if on.report.verified_by:
        raise IllegalAction("verified_before")


def verify(on: Situation) -> Step:
    """It is true: how grave, of what kind, and who goes on with it."""
    if on.command.basis is None:
        raise Invalid("basis_needed")
    nature = _verified_nature(on)
    outcome = _outcome(on, nature)
    changes: dict[str, object] = {"nature": nature, "verified_by": on.by.id}
    if outcome is Outcome.SOLVED_ON_SPOT:
        conditions.on_the_spot(on, nature)
        changes |= conditions.claimed(on, _post_of(on))
    if OUTCOMES[outcome] is on.report.status:  # verified where it is, it stays; its time is that of the kind it has now
        changes |= retimed(on, nature)
    details = {"outcome": outcome, "basis": on.command.basis, "severity": nature.severity, "kind": nature.kind}
    return Step(
        status=OUTCOMES[outcome],
        changes=changes,
        note=on.command.text,
        details=details | {"after_photos": list(on.command.after_photos)},
    )


def _outcome(on: Situation, nature: Nature) -> Outcome:
    outcome = on.command.outcome or _default_outcome(on, nature)
    if outcome is not Outcome.TO_CENTRE and _is_the_centres(on, nature):
        raise Forbidden("centre_decides", kind=nature.kind)
    if outcome is not Outcome.TO_CENTRE and nature.kind in CHILDREN_AT_RISK:
        raise Conflict("police_first")
    if outcome is Outcome.TO_VILLAGE and not on.report.place.village:
        raise Conflict("no_village_there")
    return outcome


def _verified_nature(on: Situation) -> Nature:
    code = on.command.kind or on.report.nature.kind
    if code is None:
        raise Invalid("kind_needed")
    return nature_of(on, code)


def nature_of(on: Situation, code: str) -> Nature:
    """The kind as it applies, with the severity stated. Raises Invalid (`unknown_kind`, `severity_4_is_class_e`)."""
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


def _post_of(on: Situation) -> Post:
    place = on.report.place
    if on.party is P.CENTRE:
        return Post(Role.CENTRE, place.township)
    if on.party is P.VILLAGE:
        return Post(Role.VILLAGE, place.village or "")
    return Post(Role.GRID_MEMBER, place.grid or "")


def reject(on: Situation) -> Step:
    """It is not taken up, for one of four reasons; `false` counts once the centre has confirmed it."""
    reason = on.command.reason
    if reason is None:
        raise Invalid("reason_needed")
    proven = reason is RejectReason.FALSE and on.party is P.CENTRE
    return Step(
        status=S.INVALID,
        changes={"rejected": reason, "proven_false": proven},
        note=on.command.text,
        details={"reason": reason, "proven": proven},
    )


def objectable(on: Situation) -> None:
    """The reporter once, within a week of the rejection."""
    window = on.rules.numbers.days("object_days")
    if on.report.objected:
        raise Conflict("objected_once")
    if on.report.ended_at and on.now - on.report.ended_at > window:
        raise Conflict("object_window_over", days=window.days)


def object_to(on: Situation) -> Step:
    """The reporter stands by it: the centre looks again."""
    return Step(
        status=S.WITH_CENTRE,
        changes={"objected": True, "rejected": None, "proven_false": False, "successor": None},
        note=said.reason(on),
    )


def askable(on: Situation) -> None:
    """Who holds it asks, or who stands above; the clock stops once."""
    if not in_pool(on.by, on.report) and not above_pool(on.by, on.report) and on.party is not P.CENTRE:
        raise Forbidden("holder_asks")
    if on.report.infos >= on.rules.numbers.count("info_times"):
        raise Conflict("info_asked_before")


def ask_info(on: Situation) -> Step:
    """The reporter is asked; the stage's clock stops meanwhile."""
    return Step(
        status=S.NEEDS_INFO,
        changes={"paused": clockwork.paused(on.report, on.now), "infos": on.report.infos + 1},
        note=said.text(on),
    )


def supply_info(on: Situation) -> Step:
    """The reporter answers: back to who asked, with what was left of the time."""
    return taken_up(on, said.text(on))


def taken_up(on: Situation, note: str, *, least: float = 0.0) -> Step:
    """The interrupted stage goes on. Raises IllegalAction (`nothing_interrupted`)."""
    if on.report.paused is None:
        raise IllegalAction("nothing_interrupted")
    return stages.taken_up(on.report, on.report.paused, at=on.now, rules=on.rules, note=note, least=least)
