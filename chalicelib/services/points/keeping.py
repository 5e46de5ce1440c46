"""How long it is kept who decided on points, and why: while it waits, and from then on as the retention table says.

The entry of the ledger stays, with its numbers and the sentence that explains it.
"""

from datetime import datetime

from chalicelib.domain.points.appeals import Appeal, AppealState
from chalicelib.domain.points.proposals import Proposal
from chalicelib.services.reference import terms
from chalicelib.store.base import Transaction
from chalicelib.store.points import appeals, awards

TERM = "points_decision"
WAITING = frozenset({AppealState.OPEN, AppealState.AGREED})


def put(proposal: Proposal, transaction: Transaction, *, now: datetime) -> None:
    """Store a proposal that takes a step now, with its end. Raises StaleVersion at commit."""
    awards.put(proposal, transaction, until=None if proposal.is_open else _until(now))


def put_appeal(appeal: Appeal, transaction: Transaction, *, now: datetime) -> None:
    """Store an appeal that takes a step now, with its end. Raises StaleVersion at commit."""
    appeals.put(appeal, transaction, until=None if appeal.state in WAITING else _until(now))


def _until(now: datetime) -> datetime:
    return now + terms.kept(TERM, now=now)
