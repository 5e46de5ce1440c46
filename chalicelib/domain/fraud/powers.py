"""Who judges findings, who reads them, and what of them (DOMAIN §1, §3): never who has to do with one himself."""

from dataclasses import replace

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.exports.digits import covered_digits
from chalicelib.domain.fraud.findings import Appeal, Decision, Finding
from chalicelib.domain.people.model import Actor, Person, PersonState, Role, require_any

DECIDERS = frozenset({Role.CENTRE})
HEARERS = frozenset({Role.CENTRE, Role.COMMITTEE})  # of an appeal
READERS = frozenset({Role.CENTRE, Role.COMMITTEE, Role.AUDITOR})


def require_reader(by: Actor, township: str) -> None:
    """Raises Forbidden (`role_needed`, `not_your_area`)."""
    require_any(by, READERS, township)


def require_decider(by: Actor, finding: Finding) -> None:
    """Raises Forbidden (`role_needed`, `not_your_area`, `finding_yours`)."""
    require_any(by, DECIDERS, finding.township)
    _require_apart(by, finding)


def require_hearer(by: Actor, finding: Finding) -> None:
    """An appeal is heard by somebody else than who decided.

    Raises Forbidden (`role_needed`, `not_your_area`, `finding_yours`, `finding_decided_by_you`).
    """
    require_any(by, HEARERS, finding.township)
    _require_apart(by, finding)
    if by.id in finding.deciders:
        raise Forbidden("finding_decided_by_you")


def require_own(by: Actor, finding: Finding) -> None:
    """Who appeals is whom it is about; nobody else is told that there is such a finding, nor he before a decision.

    Raises NotFound (`no_such_finding`).
    """
    if by.id != finding.person_id or not finding.is_told:
        raise NotFound("no_such_finding", finding=finding.id)


def apart(person_id: str, finding: Finding) -> bool:
    """Whether somebody has nothing to do with what the finding is about."""
    return person_id not in {finding.person_id, *finding.involved}


def has_points(person: Person) -> bool:
    """Whether he has points that can be lost: as a courier, also one who pauses or has left, and is not staff."""
    courier = person.own_post in person.posts or person.state is PersonState.PAUSED or person.trained_on is not None
    return courier and not person.actor.is_staff


def shown(by: Actor, finding: Finding) -> Finding:
    """The finding as a reader sees it: whole for the centre, which alone knows who reported what (DOMAIN §2)."""
    if by.holds(Role.CENTRE, finding.township):
        return finding
    return _to_committee(by, finding) if by.holds(Role.COMMITTEE, finding.township) else masked(finding)


def _to_committee(by: Actor, finding: Finding) -> Finding:
    """Not about whom; and which reports, only of an appeal that waits to be heard, or that he heard himself."""
    nobodys = replace(finding, subject="", person_id="", involved=())
    if finding.appeal and finding.appeal.by in ("", by.id):
        return nobodys
    return replace(nobodys, evidence=(), decisions=tuple(replace(one, forfeited=()) for one in finding.decisions))


def masked(finding: Finding) -> Finding:
    """The finding as an auditor reads it: what for and who decided, not whom it is about; long numbers starred."""
    decisions = tuple(_covered(one) for one in finding.decisions)
    appeal = _covered_appeal(finding.appeal) if finding.appeal else None
    before = tuple(_covered_appeal(one) for one in finding.appeals_before)
    shown = replace(finding, decisions=decisions, appeal=appeal, appeals_before=before)
    return replace(shown, subject="", person_id="", involved=())


def _covered(decision: Decision) -> Decision:
    return replace(decision, reason=covered_digits(decision.reason))


def _covered_appeal(appeal: Appeal) -> Appeal:
    return replace(appeal, text=covered_digits(appeal.text), reason=covered_digits(appeal.reason))


def _require_apart(by: Actor, finding: Finding) -> None:
    if not apart(by.id, finding):
        raise Forbidden("finding_yours")
