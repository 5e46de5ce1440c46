"""What history earns only once people have agreed: the entry that waits comes with the proposal that shows it to them,
and goes with it (ADR 0044)."""

from contextlib import suppress
from functools import partial
from hashlib import sha256

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.points import appeals as appeal_rules
from chalicelib.domain.points import proposals as rules
from chalicelib.domain.points import verdicts
from chalicelib.domain.points.proposals import Proposal
from chalicelib.domain.points.rules import Rule
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.points import keeping, posting
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox
from chalicelib.store.points import appeals, ledger
from chalicelib.store.points import awards as store
from chalicelib.store.points.ledger import AlreadyPosted

TRIES = 12


def show(entry: Transfer, rule: Rule, *, township: str) -> None:
    """Write an entry that waits together with its proposal, once."""
    made = Proposal(
        id=_id_of(entry.id),
        kind=entry.kind,
        courier_id=entry.courier_id,
        township=township,
        rule=entry.rule,
        edition=entry.edition,
        name=(rule.zh, rule.en),
        points=entry.earned,
        day=entry.day,
        reason="",
        report_id=entry.report_id,
        entry_id=entry.id,
        proposed_by="",
        proposed_at=entry.at,
        needed=rule.approvers,
    )
    with suppress(StaleVersion, AlreadyPosted):  # told again: the entry came with its proposal, or has its outcome
        if not posting.post([entry], extra=partial(store.put, made)):
            _put_beside(entry, made)


def _put_beside(entry: Transfer, made: Proposal) -> None:
    """What stands without a proposal, since there was none when it was written, is shown as long as it waits."""
    transaction = Transaction()
    store.put(made, transaction)
    ledger.require_waiting(entry, transaction)
    transaction.commit()


def close(outcome: Transfer) -> None:
    """Void an entry that waits together with its proposal, unless it had another outcome meanwhile. Raises Busy."""
    for _ in range(TRIES):
        held = store.find(_proposal_of(outcome))
        try:
            posting.post([outcome], extra=partial(_closed, held, outcome))
        except StaleVersion:  # somebody had his say meanwhile
            continue
        return
    raise Busy("points_contention")


def _id_of(entry_id: str) -> str:
    """The id of the proposal about an entry that history earned: it does not say of which report."""
    return sha256(entry_id.encode()).hexdigest()[:32]


def _proposal_of(outcome: Transfer) -> str:
    waited = outcome.corrects or ""
    return _id_of(waited) if outcome.kind is Kind.EARN else verdicts.proposal_of(waited, outcome.rule)


def _closed(held: Proposal | None, outcome: Transfer, transaction: Transaction) -> None:
    if held is None or not held.is_open:
        return
    keeping.put(rules.voided(held, at=outcome.at), transaction, now=outcome.at)
    if held.appeal_id:
        appeal = appeal_rules.overtaken(appeals.get(held.appeal_id), reason=outcome.zh, at=outcome.at)
        keeping.put_appeal(appeal, transaction, now=outcome.at)
        words = sentences().render("appeal_refused", {"answer": (outcome.zh, outcome.en)})
        inbox.add(unprompted(appeal.courier_id, "appeal_refused", appeal.id, words, at=outcome.at), transaction)
