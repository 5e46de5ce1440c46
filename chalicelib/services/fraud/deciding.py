"""A named person decides on a finding: what follows for the courier is written together with it, or not at all."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, StaleVersion
from chalicelib.domain.fraud import decisions as rules
from chalicelib.domain.fraud import powers
from chalicelib.domain.fraud.decisions import Measures, Order
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import Judgement, Penalty
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.points.transfers import account
from chalicelib.domain.reports.model import Action, Change, Report
from chalicelib.domain.reports.parties import Party
from chalicelib.services.fraud import keeping, penalties, telling
from chalicelib.services.fraud.raising import patiently
from chalicelib.services.points import posting
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import changes
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings as store
from chalicelib.store.fraud import traces
from chalicelib.store.people import people
from chalicelib.store.points import wallets
from chalicelib.store.points.wallets import Freeze
from chalicelib.store.reports import reports

# What only somebody who has a wallet can lose.
OF_COURIERS = frozenset({Judgement.FREEZE, Judgement.PENALISE})


def decide(id: str, order: Order, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Finding:
    """Decide on a finding: four reads at most and one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`, `finding_yours`), NotFound, StaleVersion, Conflict (what the
    decision refuses; `finding_not_couriers`, `not_proven_false`), Invalid, KeyReused.
    """

    def do() -> Finding:
        finding = store.get(id)
        powers.require_decider(by, finding)
        require_version(finding, version)
        return _decide(finding, order, key=key, by=by, now=now)

    return once(key, lambda: patiently(do), store.get)


def require_version(finding: Finding, version: int | None) -> None:
    """Raises StaleVersion where it is not what was read."""
    if version not in (None, finding.version):
        raise StaleVersion("stale_version", version=finding.version)


def _decide(finding: Finding, order: Order, *, key: Key | None, by: Actor, now: datetime) -> Finding:
    numbers, before = rulebook.in_force(now=now).numbers, traces.measures(finding.person_id)
    after = rules.decided(finding, order, by=by.id, now=now, numbers=numbers)
    decision = after.decisions[-1]
    _require_courier(finding, order)
    transaction = Transaction()
    keeping.put(after, transaction, now=now)
    measures = rules.measured(before, after, made_at=_made_at(after))
    traces.put_measures(measures, transaction)
    taken = _carry_out(after, measures, transaction, now=now)
    forfeit(after, before, measures, transaction, by=by, now=now)
    if decision.deed is not Judgement.DISMISS or len(after.decisions) > 1:
        until = rules.appeal_until(after, numbers)
        telling.decided(after, before, measures, transaction, taken=taken, appeal_until=until, now=now)
    if key:
        idempotency.claim(key, finding.id, now=now, transaction=transaction)
    transaction.commit()
    return after


def _require_courier(finding: Finding, order: Order) -> None:
    if order.deed not in OF_COURIERS and not order.forfeit:
        return
    person = people.find(finding.person_id)
    if person is None or not powers.has_points(person):
        raise Conflict("finding_not_couriers")


def _carry_out(finding: Finding, measures: Measures, transaction: Transaction, *, now: datetime) -> int:
    """The penalty's entry, and until when redeeming is frozen now. How many points the penalty takes."""
    decision, froze = finding.decisions[-1], Judgement.FREEZE in {one.deed for one in finding.decisions}
    if decision.rule:
        freeze = Freeze(measures.frozen_until(now)) if froze else None
        entry = penalties.entry(finding, decision, now=now)
        posting.add([entry], transaction, freeze=freeze)
        return entry.amount
    if froze:
        thaw_or_freeze(measures, transaction, now=now)
    return 0


def thaw_or_freeze(measures: Measures, transaction: Transaction, *, now: datetime) -> None:
    """Let the wallet be frozen as long as any finding says, or not at all."""
    if until := measures.frozen_until(now):
        wallets.freeze(account(measures.person_id), until, transaction)
    else:
        wallets.thaw(account(measures.person_id), transaction)


def _made_at(finding: Finding) -> datetime:
    """When the report that a penalty is for was made; of other findings, when they were raised.

    Only *false*, confirmed by the centre, can lead to a penalty (DOMAIN §2): Conflict (`not_proven_false`).
    """
    if finding.decisions[-1].rule is not Penalty.FALSE:
        return finding.raised_at
    heads = {report.id: report for report in reports.several(list(finding.reports), consistent=True)}
    for id in finding.reports:
        if id not in heads or not heads[id].proven_false:
            raise Conflict("not_proven_false", report=id)
    subject = heads.get(finding.subject)  # of much evidence only so many rows are kept
    return subject.created_at if subject else finding.raised_at


def forfeit(
    finding: Finding, before: Measures, after: Measures, transaction: Transaction, *, by: Actor | None, now: datetime
) -> None:
    """A line in the history of each report that no finding held before, and of each that none holds any longer: from
    it follows that the report gives nothing, or gives again what it did. `by` nobody where another verdict did it.

    Raises Conflict (`not_his_report`) for a report of somebody else.
    """
    lines = dict.fromkeys(after.forfeited.keys() - before.forfeited.keys(), Action.FORFEIT)
    lines |= dict.fromkeys(before.forfeited.keys() - after.forfeited.keys(), Action.RESTORE)
    for report in reports.several(sorted(lines), consistent=True) if lines else ():
        if report.reporter_id != finding.person_id:
            raise Conflict("not_his_report", report=report.id)
        changes.add(_line(report, finding, lines[report.id], by, now), transaction)


def _line(report: Report, finding: Finding, action: Action, by: Actor | None, now: datetime) -> Change:
    return Change(
        report=replace(report, version=report.version + 1),
        before=report,
        action=action,
        actor_id=by.id if by else "",
        as_role=_party(by, finding),
        at=now,
        internal=True,
        details={"finding": finding.id},
    )


def _party(by: Actor | None, finding: Finding) -> Party:
    if by is None:
        return Party.TIMER
    return Party.CENTRE if by.holds(Role.CENTRE, finding.township) else Party.COMMITTEE
