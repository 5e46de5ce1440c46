"""What is kept of who is cared for no more goes step by step: first the spot of the door, then who it is, then the
consents. What goes next stands with the head (index `by_end`), so that nothing is skipped and nothing done for ever.
"""

from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from chalicelib.domain.care.beneficiaries import Beneficiary
from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.care.beneficiaries import FIRST_TERM, HEAD, PERSONAL, BeneficiaryItem, ByEnd, Sealed, seal

SPOT, PERSON, CONSENTS = FIRST_TERM, "beneficiary_personal", "care_consent"
STEPS = (SPOT, PERSON, CONSENTS)  # kinds of `data/retention.csv`, in the order in which they go
GONE = "gone"


def due(kind: str, at: datetime, *, limit: int) -> list[str]:
    """Whose time of this kind had come by then, longest ago first; also where an earlier step is still to be made: a
    query a step."""
    found: list[str] = []
    for step in STEPS[: STEPS.index(kind) + 1]:
        rows = BeneficiaryItem.by_end.query(step, ByEnd.ended_at <= _instant(at), limit=limit)
        found += [item.id for item in rows]
    return found[:limit]


def is_due(id: str, kind: str, at: datetime) -> bool:
    """Whether it still is: he may be cared for again, or it was done meanwhile. One read."""
    try:
        item = BeneficiaryItem.get(id, HEAD, consistent_read=True)
    except BeneficiaryItem.DoesNotExist:
        return False
    ahead = item.ending in STEPS[: STEPS.index(kind) + 1]
    return ahead and item.ended_at is not None and item.ended_at <= _instant(at)


def reseal(id: str, sealed: Sealed, at: datetime) -> None:
    """Store a blurred envelope, and that this is done. Raises StaleVersion where he is cared for again meanwhile."""
    transaction = Transaction()
    _done(id, SPOT, at, transaction)
    seal(id, sealed, transaction)
    transaction.commit()


def skip(id: str, kind: str, at: datetime) -> None:
    """Nothing of it is there. Raises StaleVersion where he is cared for again meanwhile."""
    transaction = Transaction()
    _done(id, kind, at, transaction)
    transaction.commit()


def erase_person(one: Beneficiary, at: datetime) -> None:
    """Let go of who it is, with the name in lists. Raises StaleVersion where anything changed meanwhile."""
    transaction = Transaction()
    _done(one.id, PERSON, at, transaction, nameless=replace(one, masked=""))
    transaction.delete(BeneficiaryItem(one.id, PERSONAL))
    transaction.commit()


def erase_sealed_words(id: str, prefix: str) -> None:
    """Let go of parts that hold sealed words: a query, a write for each."""
    for item in BeneficiaryItem.query(id, BeneficiaryItem.part.startswith(prefix), attributes_to_get=["id", "part"]):
        BeneficiaryItem(id, item.part).delete()


def _done(id: str, kind: str, at: datetime, transaction: Transaction, *, nameless: Beneficiary | None = None) -> None:
    """What goes next, on the condition that he is still cared for no more."""
    behind = STEPS.index(kind) + 1
    actions = [BeneficiaryItem.ending.set(STEPS[behind] if behind < len(STEPS) else GONE)]
    still = BeneficiaryItem.ended_at <= _instant(at)
    if nameless:
        actions.append(BeneficiaryItem.body.set(msgspec.json.encode(nameless).decode()))
        still &= BeneficiaryItem.version == nameless.version
    transaction.update(BeneficiaryItem(id, HEAD), actions, still, StaleVersion("changed_meanwhile"))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
