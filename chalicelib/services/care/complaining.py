"""Use cases of complaints: made by the family link, answered by the village or the centre."""

from datetime import datetime

from chalicelib.domain.care import complaints as rules
from chalicelib.domain.care import powers, standing
from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryDeed
from chalicelib.domain.care.complaints import Redress
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.services.care import writing
from chalicelib.services.reports.once import once
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import records


def answer(
    beneficiary_id: str, complaint_id: str, outcome: Redress, *, key: Key | None, by: Actor, now: datetime
) -> Beneficiary:
    """Say what came of a complaint: two reads, one transaction.

    Raises Forbidden, NotFound, Invalid (`outcome_needed`), AlreadyDone (`complaint_answered`), IllegalAction
    (`beneficiary_state`), KeyReused.
    """
    powers.require_staff(by)

    def do() -> Beneficiary:
        before = store.get(beneficiary_id)
        role = powers.role_of(by, before)
        held = rules.answered(records.complaint(beneficiary_id, complaint_id), outcome, by=by.id, now=now)
        after = standing.touched(before, BeneficiaryDeed.ANSWERED, now=now)
        transaction = Transaction()
        told: dict[str, object] = {"complaint": complaint_id, "outcome": outcome}
        writing.write(after, BeneficiaryDeed.ANSWERED, transaction, by=by.id, role=role, now=now, facts=told)
        records.answer_complaint(beneficiary_id, held, transaction)
        writing.claim(key, beneficiary_id, transaction, now=now)
        transaction.commit()
        return after

    return once(key, do, store.get)
