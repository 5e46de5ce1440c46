"""Whom a decision is about objects, and somebody else than who decided hears it. Upheld, nothing of it remains."""

from datetime import datetime

from chalicelib.domain.fraud import decisions as rules
from chalicelib.domain.fraud import powers
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.services.fraud import deciding, keeping, lifting, raising, telling
from chalicelib.services.fraud.raising import patiently
from chalicelib.services.reference import rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings as store


def appeal(id: str, text: str, *, key: Key | None, by: Actor, now: datetime) -> Finding:
    """Object to what was decided about oneself: two reads, two queries and a transaction.

    Raises NotFound to everybody else, Conflict (`nothing_to_appeal`, `appeal_too_late`), Invalid, KeyReused.
    """

    def do() -> Finding:
        finding = store.get(id)
        powers.require_own(by, finding)
        after = rules.appealed(finding, text, now=now, numbers=rulebook.in_force(now=now).numbers)
        transaction = Transaction()
        keeping.put(after, transaction, now=now)
        raising.tell(after, "finding_appealed", powers.HEARERS, transaction, now=now)
        if key:
            idempotency.claim(key, id, now=now, transaction=transaction)
        transaction.commit()
        return after

    return once(key, lambda: patiently(do), store.get)


def hear(
    id: str, *, upheld: bool, reason: str, version: int | None, key: Key | None, by: Actor, now: datetime
) -> Finding:
    """Decide an appeal: four reads at most and one transaction. The finding as he may read it.

    Raises Forbidden (`role_needed`, `not_your_area`, `finding_yours`, `finding_decided_by_you`), NotFound,
    StaleVersion, Conflict (`no_appeal`), Invalid (`reason_needed`), KeyReused.
    """

    def do() -> Finding:
        finding = store.get(id)
        powers.require_hearer(by, finding)
        deciding.require_version(finding, version)
        after = rules.heard(finding, upheld=upheld, reason=reason, by=by.id, now=now)
        transaction = Transaction()
        keeping.put(after, transaction, now=now)
        if upheld:
            lifting.lift(after, transaction, by=by, now=now)
        telling.heard(after, transaction, now=now)
        if key:
            idempotency.claim(key, id, now=now, transaction=transaction)
        transaction.commit()
        return after

    return powers.shown(by, once(key, lambda: patiently(do), store.get))
