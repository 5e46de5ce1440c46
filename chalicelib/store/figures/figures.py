"""Table `figures`: one counter item per local day, place, kind and status, and one of all days. Wider figures are sums.

| access                                 | by                                          |
|----------------------------------------|---------------------------------------------|
| a township's month, or ever            | month                                       |
| … a day of it, a village, a grid then  | month, leaf begins with `<day>#<area>`      |
"""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.events import Event
from chalicelib.domain.figures.contributions import Contribution
from chalicelib.domain.figures.figures import Leaf
from chalicelib.store.base import Table, Transaction
from chalicelib.store.figures import contributions, marks

FOLLOWER = "figures"


class LeafItem(Table):
    """A counter of what entered and left."""

    class Meta:
        table_name = settings().table("figures")

    month = UnicodeAttribute(hash_key=True)
    leaf = UnicodeAttribute(range_key=True)
    entered = NumberAttribute(default=0)
    left = NumberAttribute(default=0)
    filed = NumberAttribute(default=0)


def add(event: Event, counters: tuple[Leaf, ...], contribution: Contribution | None = None) -> None:
    """Add to the counters, and to what the reporter contributed: one transaction. Raises Followed if done before."""
    transaction = Transaction()
    marks.put(event, FOLLOWER, transaction)
    for leaf in counters:
        more = [LeafItem.entered.add(leaf.entered), LeafItem.left.add(leaf.left), LeafItem.filed.add(leaf.filed)]
        transaction.update(LeafItem(leaf.month, leaf.key), more)
    if contribution:
        contributions.add(event.reporter_id, contribution, transaction)
    transaction.commit()


def of(month: str, prefix: str) -> list[Leaf]:
    """The month's leaves whose key begins so: one query."""
    return [_leaf(item) for item in LeafItem.query(month, LeafItem.leaf.startswith(prefix))]


def _leaf(item: LeafItem) -> Leaf:
    day, area, kind, status = item.leaf.split("#")
    return Leaf(
        township=item.month.partition("#")[0],
        day=day,
        area=area,
        kind=kind,
        status=status,
        entered=int(item.entered),
        left=int(item.left),
        filed=int(item.filed),
    )
