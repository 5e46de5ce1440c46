"""Use cases on points that wait for people: agree or not, one by one; the last word moves them, in one transaction.

A pending entry has one outcome, and whoever writes it first decides: two who agree at once, and a verdict that changes
at the same moment, end in one of them.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points import adjusting, transfers
from chalicelib.domain.points import appeals as appeal_rules
from chalicelib.domain.points import proposals as rules
from chalicelib.domain.points.appeals import Appeal
from chalicelib.domain.points.proposals import Proposal, ProposalState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.people import access
from chalicelib.services.points import keeping, posting, wording
from chalicelib.services.reference import rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox
from chalicelib.store.points import appeals, ledger
from chalicelib.store.points import awards as store
from chalicelib.store.points.turns import Turn

TRIES = 12  # each that is lost means that somebody else had his say

type Step = Callable[[Proposal], Proposal]


def approve(id: str, *, key: Key | None, by: Actor, now: datetime) -> Proposal:
    """Agree to it: one read and one transaction; two reads more where it is the last word. Again is once.

    Raises NotFound, Forbidden (`role_needed`, `not_your_area`, `own_points`, `proposer_approves`), Conflict
    (`award_closed`, `entry_taken_back`, `judged_since`, `below_zero`), KeyReused, Busy.
    """
    step = partial(rules.approved, by=by, now=now)
    return once(key, lambda: _decide(id, step, key, by, now), store.get)


def reject(id: str, reason: str, *, key: Key | None, by: Actor, now: datetime) -> Proposal:
    """Do not agree to it, and say why: nothing is given. Again is once.

    Raises NotFound, Forbidden (`role_needed`, `not_your_area`, `own_points`), Conflict (`award_closed`), Invalid
    (`text_needed`), KeyReused, Busy.
    """
    step = partial(rules.rejected, reason=reason, by=by, now=now)
    return once(key, lambda: _decide(id, step, key, by, now), store.get)


def _decide(id: str, step: Step, key: Key | None, by: Actor, now: datetime) -> Proposal:
    for _ in range(TRIES):
        before = store.get(id)
        after = step(before)
        if after == before:
            return before
        try:
            if _stored(after, key, by, now):
                return after
        except StaleVersion:  # somebody else had his say meanwhile
            continue
    raise Busy("points_contention")


def _stored(after: Proposal, key: Key | None, by: Actor, now: datetime) -> bool:
    """Whether it was stored: not where the entry had its outcome already, which then stands in the proposal too."""
    appeal = appeals.get(after.appeal_id) if after.appeal_id and not after.is_open else None

    def write(transaction: Transaction) -> None:
        put(after, key=key, by=by, now=now, transaction=transaction)
        if appeal:
            _answer(appeal, after, now, transaction)

    if not after.is_open:
        floor = after.floor if after.state is ProposalState.APPROVED else None
        return posting.post_in_turn(after.courier_id, partial(_outcome, after, now), write, floor=floor)
    transaction = Transaction()
    write(transaction)
    transaction.commit()
    return True


def put(proposal: Proposal, *, key: Key | None, by: Actor, now: datetime, transaction: Transaction) -> None:
    """Store a proposal with who did it, his key, and what the courier hears where it has ended."""
    keeping.put(proposal, transaction, now=now)
    what = What.PROPOSED_POINTS if proposal.version == 1 else What.DECIDED_POINTS
    told: dict[str, object] = {"award": proposal.id, "state": proposal.state, "points": proposal.points}
    access.record(by, what, proposal.courier_id, now=now, details=told, transaction=transaction)
    if key:
        idempotency.claim(key, proposal.id, now=now, transaction=transaction)
    answers = proposal.version == 1 and proposal.appeal_id  # the answer to his appeal tells him
    if not proposal.is_open and not answers:
        days = rulebook.in_force(now=now).numbers.count("appeal_days")
        inbox.add(wording.told(proposal, appeal_days=days, at=now), transaction)


def _outcome(after: Proposal, now: datetime, turn: Turn) -> list[Transfer]:
    """What becomes of the entry that waits; nothing where that was decided meanwhile."""
    account, outcome_id = transfers.account(after.courier_id), transfers.outcome_id(after.entry_id)
    found = ledger.several(account, [after.entry_id, outcome_id])
    if outcome_id in found:
        return []
    pending = found[after.entry_id]
    if after.state is ProposalState.REJECTED:
        return [wording.explained(transfers.voided(pending, event_id=after.id, at=now), after)]
    rules.require_covered(after, turn.balance)
    if after.corrects:
        _require_adjustable(account, after.corrects)
    return [wording.explained(transfers.settled(pending, event_id=after.id, at=now), after)]


def _require_adjustable(account: str, entry_id: str) -> None:
    entries = {entry.id: entry for entry in ledger.beside(account, entry_id)}
    adjusting.require_adjustable(entries[entry_id], entries.values())


def _answer(appeal: Appeal, after: Proposal, now: datetime, transaction: Transaction) -> None:
    """What the appeal comes to that the proposal was to answer."""
    given = after.state is ProposalState.APPROVED
    keeping.put_appeal(appeal_rules.followed(appeal, given=given, reason=after.end_reason), transaction, now=now)
