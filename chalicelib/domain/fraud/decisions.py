"""What a named person decides on a finding, and what becomes of an appeal (DOMAIN §3).

A first false report is a warning; a penalty for another comes after one. What a finding did to somebody stands in his
*measures*, by finding, so that an upheld appeal takes away just what that finding did.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.fraud.findings import Appeal, Decision, Finding
from chalicelib.domain.fraud.terms import FindingState, Judgement, Penalty, Signal
from chalicelib.domain.reference.numbers import Numbers

D = Judgement
LEADS_TO = {
    D.DISMISS: FindingState.DISMISSED,
    D.WARN: FindingState.WARNED,
    D.FREEZE: FindingState.FROZEN,
    D.PENALISE: FindingState.PENALISED,
}
# Redeeming may be frozen while somebody looks into it: that is not the last word.
STEPS = {FindingState.OPEN: frozenset(Judgement), FindingState.FROZEN: frozenset({D.DISMISS, D.WARN, D.PENALISE})}
APPEALABLE = frozenset({FindingState.WARNED, FindingState.FROZEN, FindingState.PENALISED})
ABOUT_FALSE = frozenset({Signal.FALSE_REPORT, Signal.FALSE_DANGER})
MOST_FORFEITED = 5  # reports a decision: each is a change of that report in the same transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is decided: `days` of a freeze, the `penalty`, and the reports that lose what they gave (`forfeit`)."""

    deed: Judgement
    reason: str
    days: int = 0
    penalty: Penalty | None = None
    forfeit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What findings did to somebody: `warnings` (`told_false` are those for a false report) and `freezes` (their end)
    by finding; which finding a report was `penalised` by, and which ones hold its points back (`forfeited`): these come
    back when none does any longer. `version` counts changes."""

    person_id: str
    warnings: dict[str, datetime] = field(default_factory=dict)
    told_false: dict[str, datetime] = field(default_factory=dict)
    freezes: dict[str, datetime] = field(default_factory=dict)
    penalised: dict[str, str] = field(default_factory=dict)
    forfeited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    version: int = 0

    def frozen_until(self, now: datetime) -> datetime | None:
        """How long redeeming is frozen; None where it is not."""
        return max((until for until in self.freezes.values() if until > now), default=None)


def decided(finding: Finding, order: Order, *, by: str, now: datetime, numbers: Numbers) -> Finding:
    """The finding with a decision on it; what it forfeited before, it does not forfeit again.

    Raises Conflict (`finding_settled`, `penalty_elsewhere`) and Invalid (`reason_needed`, `freeze_too_long`,
    `not_in_finding`, `too_many_forfeited`).
    """
    if order.deed not in STEPS.get(finding.state, ()):
        raise Conflict("finding_settled", state=finding.state)
    _check(finding, order, numbers)
    decision = Decision(
        deed=order.deed,
        by=by,
        at=now,
        reason=order.reason.strip(),
        until=now + timedelta(days=order.days) if order.deed is D.FREEZE else None,
        rule=order.penalty,
        entry=f"{finding.id}#{order.penalty}" if order.penalty else "",
        forfeited=tuple(id for id in dict.fromkeys(order.forfeit) if id not in finding.forfeited),
    )
    decisions = (*finding.decisions, decision)
    return replace(finding, state=LEADS_TO[order.deed], decisions=decisions, version=finding.version + 1)


def _check(finding: Finding, order: Order, numbers: Numbers) -> None:
    most = numbers.count("freeze_days")
    if not order.reason.strip():
        raise Invalid("reason_needed")
    if order.deed is D.FREEZE and not 1 <= order.days <= most:
        raise Invalid("freeze_too_long", most=most)
    if len(order.forfeit) > MOST_FORFEITED:
        raise Invalid("too_many_forfeited", most=MOST_FORFEITED)
    for report in order.forfeit:
        if report not in finding.reports:
            raise Invalid("not_in_finding", report=report)
    if order.penalty is Penalty.FALSE and finding.signal not in ABOUT_FALSE:
        raise Conflict("penalty_elsewhere", rule=order.penalty)


def measured(before: Measures, finding: Finding, *, made_at: datetime) -> Measures:
    """The measures with the finding's last decision; `made_at`: when the report that it is about was made.

    Raises Conflict: `warning_first` for a penalty for a false report that was made before any warning for another,
    `penalised_before` where a report was penalised by another finding.
    """
    decision, id = finding.decisions[-1], finding.id
    if decision.deed is D.DISMISS:
        return lifted(before, finding)
    held = {report: (*before.forfeited.get(report, ()), id) for report in decision.forfeited}
    after = replace(before, version=before.version + 1, forfeited=before.forfeited | held)
    if decision.deed is D.FREEZE and decision.until:
        return replace(after, freezes=before.freezes | {id: decision.until})
    after = replace(after, freezes=_without(before.freezes, id))  # the last word ends it
    if decision.deed is D.WARN:
        return _warned(after, finding)
    return replace(after, penalised=_penalised(before, finding, made_at))


def _warned(after: Measures, finding: Finding) -> Measures:
    at = {finding.id: finding.decisions[-1].at}
    told = after.told_false | at if finding.signal in ABOUT_FALSE else after.told_false
    return replace(after, warnings=after.warnings | at, told_false=told)


def _penalised(before: Measures, finding: Finding, made_at: datetime) -> dict[str, str]:
    warned = min(before.told_false.values(), default=None)
    if finding.decisions[-1].rule is Penalty.FALSE and (warned is None or warned >= made_at):
        raise Conflict("warning_first")
    for report in finding.reports:
        if before.penalised.get(report, finding.id) != finding.id:
            raise Conflict("penalised_before", report=report)
    return before.penalised | dict.fromkeys(finding.reports, finding.id)


def appealed(finding: Finding, text: str, *, now: datetime, numbers: Numbers) -> Finding:
    """The person it is about objects, within so many days of the last decision, once to each.

    Raises Conflict (`nothing_to_appeal`, `appeal_too_late`), Invalid (`text_needed`).
    """
    if finding.state not in APPEALABLE or _is_heard(finding):
        raise Conflict("nothing_to_appeal", state=finding.state)
    if not text.strip():
        raise Invalid("text_needed")
    if now > appeal_until(finding, numbers):
        raise Conflict("appeal_too_late", days=numbers.count("finding_appeal_days"))
    before = (*finding.appeals_before, finding.appeal) if finding.appeal else ()
    after = replace(finding, appeal=Appeal(at=now, text=text.strip()), appeals_before=before)
    return replace(after, state=FindingState.APPEALED, version=finding.version + 1)


def appeal_until(finding: Finding, numbers: Numbers) -> datetime:
    """Until when the last decision may be appealed."""
    return finding.decisions[-1].at + numbers.days("finding_appeal_days")


def may_appeal(finding: Finding, *, now: datetime, numbers: Numbers) -> bool:
    """Whether it may be appealed now: a decision may be once."""
    return finding.state in APPEALABLE and not _is_heard(finding) and now <= appeal_until(finding, numbers)


def _is_heard(finding: Finding) -> bool:
    return finding.appeal is not None and finding.appeal.at >= finding.decisions[-1].at


def heard(finding: Finding, *, upheld: bool, reason: str, by: str, now: datetime) -> Finding:
    """The appeal is decided; a freeze that stays still waits for the last word.

    Raises Conflict (`no_appeal`), Invalid (`reason_needed`).
    """
    if finding.state is not FindingState.APPEALED or finding.appeal is None:
        raise Conflict("no_appeal", state=finding.state)
    if not reason.strip():
        raise Invalid("reason_needed")
    appeal = replace(finding.appeal, by=by, decided_at=now, reason=reason.strip())
    refused = FindingState.FROZEN if finding.decisions[-1].deed is D.FREEZE else FindingState.CONFIRMED
    state = FindingState.LIFTED if upheld else refused
    return replace(finding, state=state, appeal=appeal, version=finding.version + 1)


def lifted(before: Measures, finding: Finding) -> Measures:
    """The measures without anything that the finding did."""
    id = finding.id
    held = {report: tuple(one for one in by if one != id) for report, by in before.forfeited.items()}
    return replace(
        before,
        warnings=_without(before.warnings, id),
        told_false=_without(before.told_false, id),
        freezes=_without(before.freezes, id),
        penalised={report: by for report, by in before.penalised.items() if by != id},
        forfeited={report: by for report, by in held.items() if by},
        version=before.version + 1,
    )


def _without(times: Mapping[str, datetime], id: str) -> dict[str, datetime]:
    return {finding: at for finding, at in times.items() if finding != id}
