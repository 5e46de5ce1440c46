"""Part `card` of table `visits`: the number of the card that hangs inside somebody's door. The first one needs no item.

| access               | by                                  |
|----------------------|-------------------------------------|
| a beneficiary's card | id `card:<beneficiary>`, part `card` |
"""

from pynamodb.expressions.condition import Condition

from chalicelib.domain.care.proofs import Card
from chalicelib.domain.errors import Conflict, StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.care.visits import VisitItem

PART, FIRST = "card", 1


def of(beneficiary_id: str) -> Card:
    """The card that is good now."""
    try:
        found = VisitItem.get(_id(beneficiary_id), PART, consistent_read=True)
    except VisitItem.DoesNotExist:
        return Card(beneficiary_id=beneficiary_id, number=FIRST)
    return Card(beneficiary_id=beneficiary_id, number=int(found.version or FIRST))


def renew(card: Card, transaction: Transaction) -> None:
    """Let this one follow on the one before it; the transaction raises StaleVersion where that is past."""
    transaction.put(
        VisitItem(id=_id(card.beneficiary_id), part=PART, version=card.number),
        _is(card.number - 1),
        StaleVersion("changed_meanwhile"),
    )


def require(card: Card, transaction: Transaction) -> None:
    """Make the transaction depend on this card being the one that is good. Refuses with Conflict (`card_not_this`)."""
    refusal = Conflict("card_not_this")
    transaction.check(VisitItem, _id(card.beneficiary_id), PART, condition=_is(card.number), refusal=refusal)


def _is(number: int) -> Condition:
    first: Condition = VisitItem.id.does_not_exist()
    return first if number == FIRST else VisitItem.version == number


def _id(beneficiary_id: str) -> str:
    return f"card:{beneficiary_id}"
