"""Everything that is planned for a beneficiary stops at once; couriers are told only that they are not needed."""

from datetime import datetime

from chalicelib.domain.care.beneficiaries import BeneficiaryState
from chalicelib.domain.care.stops import Stop
from chalicelib.store.care import beneficiaries, stops

REASONS = {BeneficiaryState.ENDED: Stop.ENDED, BeneficiaryState.WITHDRAWN: Stop.WITHDRAWN}


def stop(beneficiary_id: str, *, reason: Stop, now: datetime) -> None:
    """Stop it, as often as it is asked."""
    stops.stopped(beneficiary_id, at=now)


def fire(beneficiary_id: str, *, now: datetime) -> None:
    """The same by the clock, where whoever asked for it got no further: one read."""
    one = beneficiaries.find(beneficiary_id)
    stop(beneficiary_id, reason=REASONS.get(one.state, Stop.PAUSED) if one else Stop.ENDED, now=now)
