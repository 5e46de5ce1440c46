"""Table `tallies`: what of a report has been added to the counters: its mark, so that nothing is added twice.

| access                | by        |
|-----------------------|-----------|
| what was added so far | report_id |
"""

from dataclasses import dataclass, replace
from itertools import islice

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.figures.contributions import Contribution
from chalicelib.domain.figures.tallies import Tally, difference
from chalicelib.store.base import Table, Transaction
from chalicelib.store.figures import contributions, figures

AT_ONCE = 40  # counters moved in one transaction, each with the entry behind it: with the tally, less than a hundred


class TallyItem(Table):
    """The tally as JSON; `revision` counts how often it changed."""

    class Meta:
        table_name = settings().table("tallies")

    report_id = UnicodeAttribute(hash_key=True)
    revision = NumberAttribute()
    body = UnicodeAttribute()


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What of a report has been added; `revision` is 0 where nothing was."""

    report_id: str
    township: str
    courier_id: str | None
    revision: int
    tally: Tally


def get(report_id: str, *, township: str, courier_id: str | None) -> Added:
    """What of a report has been added. `courier_id`: whose contribution it is; None where nobody's any more."""
    try:
        item = TallyItem.get(report_id, consistent_read=True)
    except TallyItem.DoesNotExist:
        revision, tally = 0, Tally()
    else:
        revision, tally = int(item.revision), msgspec.json.decode(item.body, type=Tally)
    return Added(report_id=report_id, township=township, courier_id=courier_id, revision=revision, tally=tally)


def add(added: Added, tally: Tally) -> Added:
    """Add what of `tally` was not added yet, forty counters at most: one transaction, and what is added then.

    Raises StaleVersion where somebody else has added something since it was read.
    """
    old, transaction = added.tally, Transaction()
    shares = dict(old.shares)
    for key in islice((key for key in sorted({*shares, *tally.shares}) if _differs(old, tally, key)), AT_ONCE):
        before, after = old.shares.get(key, {}), tally.shares.get(key, {})
        figures.move(added.township, key, difference(before, after), transaction)
        figures.enter(added.township, key, added.report_id, before, after, transaction)
        shares.pop(key, None)
        shares |= {key: after} if after else {}
    months = _contributed(added, tally, transaction)
    whole = shares == tally.shares
    done = replace(tally, number=tally.number if whole else old.number, shares=shares, months=months)
    _put(added, done, transaction)
    transaction.commit()
    return replace(added, revision=added.revision + 1, tally=done)


def _differs(old: Tally, new: Tally, key: str) -> bool:
    return old.shares.get(key) != new.shares.get(key)


def _contributed(added: Added, tally: Tally, transaction: Transaction) -> dict[str, dict[str, int]]:
    """To its reporter's months; what he contributed stays as it was once nobody knows who he is."""
    if added.courier_id is None:
        return added.tally.months
    for month in sorted({*added.tally.months, *tally.months}):
        if more := difference(added.tally.months.get(month, {}), tally.months.get(month, {})):
            contributions.add(added.courier_id, Contribution(month=month, **more), transaction)
    return tally.months


def _put(added: Added, tally: Tally, transaction: Transaction) -> None:
    body = msgspec.json.encode(tally).decode()
    item = TallyItem(added.report_id, revision=added.revision + 1, body=body)
    fresh = TallyItem.revision == added.revision if added.revision else TallyItem.report_id.does_not_exist()
    transaction.put(item, fresh, StaleVersion("changed_meanwhile"))
