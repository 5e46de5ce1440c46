"""Use cases by which care is interrupted, goes on, and ends; what was planned is stopped with it."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.care import powers, standing
from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryDeed, CareEnding, Pause
from chalicelib.domain.care.stops import Stop
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.services.care import consenting, stopping, writing
from chalicelib.services.reports.once import once
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import stops as due

D = BeneficiaryDeed

type Decide = Callable[[Beneficiary, Transaction], Beneficiary]


def pause(
    beneficiary_id: str, wanted: Pause, *, version: int | None, key: Key | None, by: Actor, now: datetime
) -> Beneficiary:
    """No visits for some days, in the place of any pause before: one read, one transaction.

    Raises Forbidden, NotFound, StaleVersion, IllegalAction (`beneficiary_state`), Invalid (`pause_days`), KeyReused.
    """
    longest = writing.numbers(now).days("care_pause_days")

    def decide(before: Beneficiary, transaction: Transaction) -> Beneficiary:
        due.stop(beneficiary_id, at=now, transaction=transaction)
        return standing.paused(before, wanted, longest=longest, now=now)

    told: dict[str, object] = {"first": wanted.first, "last": wanted.last, "word": wanted.by}
    after = _step(beneficiary_id, D.PAUSED, decide, told, version=version, key=key, by=by, now=now)
    stopping.stop(beneficiary_id, reason=Stop.PAUSED, now=now)
    return after


def resume(beneficiary_id: str, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Beneficiary:
    """It goes on: one read, one transaction; then visits that were set aside are wanted again. Raises what `pause`
    does, and Conflict (`not_paused`)."""

    def decide(before: Beneficiary, transaction: Transaction) -> Beneficiary:
        due.stop(beneficiary_id, at=now, transaction=transaction)
        return standing.resumed(before, now=now)

    after = _step(beneficiary_id, D.RESUMED, decide, {}, version=version, key=key, by=by, now=now)
    stopping.stop(beneficiary_id, reason=Stop.PAUSED, now=now)
    return after


def end(
    beneficiary_id: str, why: CareEnding, *, version: int | None, key: Key | None, by: Actor, now: datetime
) -> Beneficiary:
    """It is over for good; who comes back is raised anew: three reads, one transaction. Raises what `pause` does."""

    def decide(before: Beneficiary, transaction: Transaction) -> Beneficiary:
        after = standing.ended(before, why, now=now)
        consenting.end(before, by=by.id, now=now, transaction=transaction)
        if held := store.sealed_of(beneficiary_id):
            store.disown(held.who_digest, transaction)
        due.stop(beneficiary_id, at=now, transaction=transaction)
        return after

    told: dict[str, object] = {"ending": why}
    after = _step(beneficiary_id, D.ENDED, decide, told, version=version, key=key, by=by, now=now)
    stopping.stop(beneficiary_id, reason=Stop.ENDED, now=now)
    return after


def _step(
    beneficiary_id: str,
    deed: BeneficiaryDeed,
    decide: Decide,
    facts: dict[str, object],
    *,
    version: int | None,
    key: Key | None,
    by: Actor,
    now: datetime,
) -> Beneficiary:
    powers.require_staff(by)

    def do() -> Beneficiary:
        before = store.get(beneficiary_id)
        role = powers.role_of(by, before)
        writing.require_version(before, version)
        transaction = Transaction()
        after = decide(before, transaction)
        writing.write(after, deed, transaction, by=by.id, role=role, now=now, facts=facts)
        writing.claim(key, beneficiary_id, transaction, now=now)
        transaction.commit()
        return after

    return once(key, do, store.get)
