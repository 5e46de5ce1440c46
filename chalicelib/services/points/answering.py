"""The use case that answers an appeal: by somebody who had no part in the entry; upheld, it becomes an entry."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from chalicelib.domain.errors import NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.notifications.inbox import Message, unprompted
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points import adjusting, proposals
from chalicelib.domain.points import appeals as rules
from chalicelib.domain.points.appeals import Appeal, AppealState, Decision
from chalicelib.domain.points.proposals import Proposal
from chalicelib.domain.points.rules import Rule
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.people import access
from chalicelib.services.points import keeping, proposing
from chalicelib.services.points.appeals import entry_of
from chalicelib.services.points.proposing import Check
from chalicelib.services.reference import rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import history, idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox
from chalicelib.store.points import appeals as store
from chalicelib.store.points import awards, ledger
from chalicelib.store.reports import reports

TOLD = {
    AppealState.UPHELD: "appeal_upheld",
    AppealState.AGREED: "appeal_agreed",
    AppealState.REFUSED: "appeal_refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An appeal, the entry that it is against, and what people had decided about that, if they had."""

    appeal: Appeal
    entry: Transfer
    before: Proposal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """What he is given: by a rule with its caps, or putting an `old` entry right; `check`: whether it still may be."""

    proposal: Proposal
    rule: Rule | None
    old: Transfer | None
    check: Check


def decide(id: str, decision: Decision, *, award_id: str, key: Key | None, by: Actor, now: datetime) -> Appeal:
    """Answer it: refused, or upheld with points; five reads at most, and one transaction. `award_id` names what he is
    given then, which waits for two others where the rule asks for two or it is much. The same again is once.

    Raises NotFound, Forbidden (`role_needed`, `not_your_area`, `own_points`, `decided_it_before`), Conflict
    (`appeal_closed`, `entry_taken_back`, `judged_since`, `report_untrue`, `below_zero`), Invalid (`text_needed`,
    `adjust_points`, `award_points`), KeyReused, Busy.
    """

    def do() -> Appeal:
        case = _case(id)
        if _is_same(case.appeal, decision, by):
            return case.appeal
        rules.require_outsider(case.appeal, by, involved=_involved(case))
        if decision.points is None:
            return _refused(case, decision, key, by, now)
        return _upheld(case, decision, decision.points, award_id, key, by, now)

    return once(key, do, store.get)


def _case(id: str) -> Case:
    appeal = store.get(id)
    entry = entry_of(appeal.courier_id, appeal.entry_id)
    return Case(appeal=appeal, entry=entry, before=awards.find(entry.event_id))


def _is_same(appeal: Appeal, decision: Decision, by: Actor) -> bool:
    refused = appeal.state is AppealState.REFUSED
    answered = appeal.state is not AppealState.OPEN and appeal.decided_by == by.id
    if not answered or appeal.answer != decision.answer.strip() or refused is not (decision.points is None):
        return False
    return refused or awards.get(appeal.award_id).points == decision.points


def _involved(case: Case) -> set[str]:
    """Who proposed or decided it; who verified the report; whose act of its history the entry followed from."""
    involved = set(case.before.deciders) if case.before else set()
    if case.entry.report_id:
        involved |= _verifiers(case.entry)
    return involved


def _verifiers(entry: Transfer) -> set[str]:
    """An entry's id begins with its report, and with the line of its history where it followed from one."""
    report, number = [*entry.id.split("#"), ""][:2]
    lines = history.page(report, after=int(number) - 1, limit=1) if number.isdecimal() else []
    found = {line.actor_id for line in lines}
    try:
        return found | {reports.get(entry.report_id).verified_by or ""}
    except NotFound:  # erased
        return found


def _refused(case: Case, decision: Decision, key: Key | None, by: Actor, now: datetime) -> Appeal:
    after = rules.decided(case.appeal, decision, award_id="", waits=False, by=by, now=now)
    transaction = Transaction()
    _write(case, after, None, by, now, transaction, key)
    transaction.commit()
    return after


def _upheld(
    case: Case, decision: Decision, points: int, award_id: str, key: Key | None, by: Actor, now: datetime
) -> Appeal:
    remedy = _remedy(case, points, decision.answer, award_id, by, now)
    waits = remedy.proposal.needed > 0
    after = rules.decided(case.appeal, decision, award_id=award_id, waits=waits, by=by, now=now)

    def write(transaction: Transaction) -> None:
        _write(case, after, points, by, now, transaction, key)

    proposing.propose(remedy.proposal, remedy.rule, remedy.check, old=remedy.old, key=None, by=by, now=now, extra=write)
    return after


def _remedy(case: Case, points: int, answer: str, award_id: str, by: Actor, now: datetime) -> Remedy:
    """What was not given is given after all, by its rule; what was given wrongly is put right."""
    entry, limits = case.entry, adjusting.limits(rulebook.in_force(now=now).numbers)
    adjusting.require_size(points, limits)
    table, edition = proposing.rules_of(entry.day, now=now)
    rule = table.by_code.get(entry.rule)
    two = (rule is not None and rule.approvers > 1) or adjusting.needed(points, limits) > 1
    made = proposing.begun(
        award_id, entry.courier_id, Kind.ADJUST, points, answer, township=case.appeal.township, by=by, now=now
    )
    made = replace(made, needed=2 if two else 0, appeal_id=case.appeal.id)
    if entry.state is not EntryState.VOIDED:
        right = partial(proposing.require_adjustable, entry)
        return Remedy(proposal=proposing.naming(made, entry), rule=None, old=entry, check=right)
    check = partial(_require_last_word, entry)
    made = replace(made, report_id=entry.report_id, day=entry.day, entry_id=f"{entry.corrects}#{award_id}")
    if rule is None:
        return Remedy(proposal=made, rule=None, old=None, check=check)
    proposals.points_of(rule, points)
    made = replace(made, kind=Kind.AWARD, rule=rule.code, edition=edition, name=(rule.zh, rule.en))
    return Remedy(proposal=made, rule=rule, old=None, check=check)


def _require_last_word(entry: Transfer) -> None:
    """What people had refused is given for a true report only; what a verdict had dropped, unless there is a later."""
    if entry.report_id and not entry.event_id.startswith(f"{entry.report_id}#"):
        proposing.require_true(entry.report_id)
    adjusting.require_last_word(entry, ledger.beside(entry.account, entry.id))


def _write(
    case: Case, after: Appeal, points: int | None, by: Actor, now: datetime, transaction: Transaction, key: Key | None
) -> None:
    """The appeal with its answer, who gave it, and what both sides hear."""
    keeping.put_appeal(after, transaction, now=now)
    told: dict[str, object] = {"appeal": after.id, "state": after.state}
    access.record(by, What.DECIDED_APPEAL, after.courier_id, now=now, details=told, transaction=transaction)
    if key:
        idempotency.claim(key, after.id, now=now, transaction=transaction)
    for message in _messages(case, after, points, by, now):
        inbox.add(message, transaction)


def _messages(case: Case, after: Appeal, points: int | None, by: Actor, now: datetime) -> list[Message]:
    """To the courier, and to those who had decided on the entry: not whose it is."""
    outcome = sentences().templates["word_refused" if points is None else "word_upheld"]
    said = {"points": f"{points or 0:+d}", "answer": after.answer, "rule": after.rule}
    facts = {name: same(fact) for name, fact in said.items()} | {"outcome": outcome}
    if not after.rule:
        facts["rule"] = sentences().templates["word_put_right"]
    template = TOLD[after.state]
    words, others = sentences().render(template, facts), sentences().render("appeal_decided", facts)
    deciders = case.before.deciders - {by.id} if case.before else ()
    return [
        unprompted(after.courier_id, template, after.id, words, at=now),
        *(unprompted(person, "appeal_decided", after.id, others, at=now) for person in sorted(deciders)),
    ]
