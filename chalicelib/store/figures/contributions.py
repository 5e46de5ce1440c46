"""Table `contributions`: what a courier contributed, an item a month.

| access                             | by                              |
|------------------------------------|---------------------------------|
| somebody's months, newest first    | person_id, month                |
"""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.figures.contributions import COUNTS, Contribution
from chalicelib.store.base import Table, Transaction


class ContributionItem(Table):
    """The counters of a month."""

    class Meta:
        table_name = settings().table("contributions")

    person_id = UnicodeAttribute(hash_key=True)
    month = UnicodeAttribute(range_key=True)
    filed = NumberAttribute(default=0)
    verified = NumberAttribute(default=0)
    solved = NumberAttribute(default=0)
    open = NumberAttribute(default=0)
    closed = NumberAttribute(default=0)
    invalid = NumberAttribute(default=0)
    duplicate = NumberAttribute(default=0)
    withdrawn = NumberAttribute(default=0)
    transferred = NumberAttribute(default=0)


def add(person_id: str, more: Contribution, transaction: Transaction) -> None:
    """Add to the counters of the month, with what makes it true."""
    changed = {name: change for name in COUNTS if (change := getattr(more, name))}
    actions = [getattr(ContributionItem, name).add(change) for name, change in changed.items()]
    transaction.update(ContributionItem(person_id, more.month), actions)


def of(person_id: str) -> list[Contribution]:
    """All months of somebody, newest first: one query, of an item a month."""
    return [_contribution(item) for item in ContributionItem.query(person_id, scan_index_forward=False)]


def _contribution(item: ContributionItem) -> Contribution:
    return Contribution(month=item.month, **{name: int(getattr(item, name)) for name in COUNTS})
