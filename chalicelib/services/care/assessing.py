"""Use cases by which the centre decides on a need: accept all or some of it, or refuse it by a reason."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.care import powers, standing
from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryDeed, Need, NeedRefusal
from chalicelib.domain.care.terms import Service
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.services.care import writing
from chalicelib.services.reference import areas
from chalicelib.services.reports.once import once
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import records

type Decide = Callable[[Beneficiary, Need], tuple[Beneficiary, Need]]


def assess(
    beneficiary_id: str,
    need_id: str,
    services: frozenset[Service],
    *,
    version: int | None,
    key: Key | None,
    by: Actor,
    now: datetime,
) -> Beneficiary:
    """Accept services of an open need: two reads, one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`, `own_need`), NotFound, StaleVersion, IllegalAction
    (`beneficiary_state`), Conflict (`no_open_need`), Invalid (`assessed_beyond_need`), KeyReused.
    """

    def decide(one: Beneficiary, need: Need) -> tuple[Beneficiary, Need]:
        return standing.assessed(one, need, services, by=by.id, now=now)

    return _decided(beneficiary_id, need_id, decide, BeneficiaryDeed.ASSESSED, version=version, key=key, by=by, now=now)


def refuse(
    beneficiary_id: str,
    need_id: str,
    why: NeedRefusal,
    *,
    version: int | None,
    key: Key | None,
    by: Actor,
    now: datetime,
) -> Beneficiary:
    """Refuse an open need: two reads, one transaction. Raises what `assess` does."""

    def decide(one: Beneficiary, need: Need) -> tuple[Beneficiary, Need]:
        return standing.refused(one, need, why, by=by.id, now=now)

    return _decided(beneficiary_id, need_id, decide, BeneficiaryDeed.REFUSED, version=version, key=key, by=by, now=now)


def _decided(
    beneficiary_id: str,
    need_id: str,
    decide: Decide,
    deed: BeneficiaryDeed,
    *,
    version: int | None,
    key: Key | None,
    by: Actor,
    now: datetime,
) -> Beneficiary:
    powers.require_centre(by, areas.township(now=now))

    def do() -> Beneficiary:
        before, need = store.get(beneficiary_id), records.need(beneficiary_id, need_id)
        writing.require_version(before, version)
        after, decided = decide(before, need)
        transaction = Transaction()
        told: dict[str, object] = {"need": need.id, "services": sorted(decided.accepted)}
        if decided.refusal:
            told["refusal"] = decided.refusal
        writing.write(after, deed, transaction, by=by.id, role=Role.CENTRE, now=now, facts=told)
        records.put_need(beneficiary_id, decided, transaction)
        writing.claim(key, beneficiary_id, transaction, now=now)
        transaction.commit()
        return after

    return once(key, do, store.get)
