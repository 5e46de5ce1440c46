"""How long a finding is kept: while somebody must decide, and from then on as the retention table says."""

from datetime import datetime

from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import FindingState
from chalicelib.services.reference import terms
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings as store

WAITING = frozenset({FindingState.OPEN, FindingState.FROZEN, FindingState.APPEALED})
# A suspicion that came to nothing is soon forgotten.
NOTHING_WRONG = frozenset({FindingState.DISMISSED, FindingState.LAPSED})


def put(finding: Finding, transaction: Transaction, *, now: datetime) -> None:
    """Store a finding that takes a step now, with its end. Raises StaleVersion at commit."""
    until = None
    if finding.state not in WAITING:
        kind = "finding_dismissed" if finding.state in NOTHING_WRONG else "finding"
        until = now + terms.kept(kind, now=now)
    store.put(finding, transaction, until=until)
