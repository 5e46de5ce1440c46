"""Nothing of a decision remains: an appeal was upheld, or the verdict that it stood on has changed."""

from datetime import datetime

from chalicelib.domain.fraud import decisions as rules
from chalicelib.domain.fraud import overturning
from chalicelib.domain.fraud.decisions import Measures
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import Judgement
from chalicelib.domain.people.model import Actor
from chalicelib.services.fraud import deciding, keeping, penalties, telling
from chalicelib.services.fraud.raising import Guard
from chalicelib.services.points import posting
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import traces
from chalicelib.store.points.wallets import Freeze


def overturn(finding: Finding, *, guard: Guard, now: datetime) -> None:
    """Lift what was decided on a verdict that holds no longer, and tell whom it was about: two reads and a query at
    most, and one transaction, which `guard` makes depend on that verdict. Raises StaleVersion."""
    after, transaction = overturning.overturned(finding), Transaction()
    guard(transaction)
    keeping.put(after, transaction, now=now)
    lift(after, transaction, by=None, now=now)
    telling.overturned(after, transaction, now=now)
    transaction.commit()


def lift(finding: Finding, transaction: Transaction, *, by: Actor | None, now: datetime) -> None:
    """The penalty goes back by an entry that names it, redeeming goes on, reports give again what they gave."""
    before = traces.measures(finding.person_id)
    after = rules.lifted(before, finding)
    traces.put_measures(after, transaction)
    _give_back(finding, after, transaction, now=now)
    deciding.forfeit(finding, before, after, transaction, by=by, now=now)


def _give_back(finding: Finding, after: Measures, transaction: Transaction, *, now: datetime) -> None:
    froze = any(one.deed is Judgement.FREEZE for one in finding.decisions)
    if entries := penalties.taken_back(finding, now=now):
        posting.add(entries, transaction, freeze=Freeze(after.frozen_until(now)) if froze else None)
    elif froze:
        deciding.thaw_or_freeze(after, transaction, now=now)
