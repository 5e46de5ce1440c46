"""What every step on a beneficiary writes: the head, its line of history, the key; and how it is tried again."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryDeed
from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.happenings import Thing, happened
from chalicelib.domain.idempotency import Key
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.services.reference import rulebook
from chalicelib.store import history, idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries as store

TRIES = 12  # each that is lost means that somebody else's step was written


def write(
    after: Beneficiary,
    deed: BeneficiaryDeed,
    transaction: Transaction,
    *,
    by: str,
    role: str,
    now: datetime,
    facts: dict[str, object] | None = None,
) -> None:
    """The head with its line of history, in the transaction that makes both true."""
    store.put(after, transaction)
    line = happened(
        Thing.BENEFICIARY,
        after.id,
        number=after.version,
        deed=deed,
        at=now,
        actor_id=by,
        as_role=role,
        township=after.township,
        village=after.village,
        facts=facts or {},
    )
    history.append(line, transaction)


def claim(key: Key | None, id: str, transaction: Transaction, *, now: datetime) -> None:
    """Use the key up with the step."""
    if key:
        idempotency.claim(key, id, now=now, transaction=transaction)


def require_version(one: Beneficiary, version: int | None) -> None:
    """Raises StaleVersion unless that is the version which was read."""
    if version not in (None, one.version):
        raise StaleVersion("stale_version", version=one.version)


def insist[T](do: Callable[[], T]) -> T:
    """What must not be refused because somebody else is at work: tried until it is done. Raises Busy."""
    for _ in range(TRIES):
        try:
            return do()
        except StaleVersion:
            continue
    raise Busy("store_contention")


def numbers(now: datetime) -> Numbers:
    """The numbers in force."""
    return rulebook.in_force(now=now).numbers
