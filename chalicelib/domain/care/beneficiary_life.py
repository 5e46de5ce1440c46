"""A beneficiary's life, a table to be read aloud: in this state, this deed leads to one of these (docs/adr/0050).

A deed that is not listed is refused. Where several states stand, what is accepted and consented to chooses.
"""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryDeed, BeneficiaryState
from chalicelib.domain.errors import IllegalAction

D, S = BeneficiaryDeed, BeneficiaryState

STANDING = frozenset({S.RAISED, S.ASSESSED, S.ACTIVE})
STOPPED = frozenset({S.REFUSED, S.WITHDRAWN, S.ENDED})  # nothing is done for them, and their data has its term

TRANSITIONS: dict[tuple[BeneficiaryState, BeneficiaryDeed], tuple[BeneficiaryState, ...]] = {
    # a need waits for the centre; the consent may be there already
    (S.RAISED, D.EDITED): (S.RAISED,),
    (S.RAISED, D.CONSENTED): (S.RAISED,),
    (S.RAISED, D.ASSESSED): (S.ASSESSED, S.ACTIVE),
    (S.RAISED, D.REFUSED): (S.REFUSED,),
    (S.RAISED, D.WITHDRAWN): (S.WITHDRAWN,),
    (S.RAISED, D.ENDED): (S.ENDED,),
    # accepted, and nobody has consented
    (S.ASSESSED, D.EDITED): (S.ASSESSED,),
    (S.ASSESSED, D.WANTED): (S.ASSESSED,),
    (S.ASSESSED, D.ASSESSED): (S.ASSESSED,),
    (S.ASSESSED, D.REFUSED): (S.ASSESSED,),  # the further need
    (S.ASSESSED, D.CONSENTED): (S.ACTIVE, S.ASSESSED),  # to what was accepted, or to something else
    (S.ASSESSED, D.WITHDRAWN): (S.WITHDRAWN,),
    (S.ASSESSED, D.ENDED): (S.ENDED,),
    # visits are made
    (S.ACTIVE, D.EDITED): (S.ACTIVE,),
    (S.ACTIVE, D.WANTED): (S.ACTIVE,),
    (S.ACTIVE, D.ASSESSED): (S.ACTIVE,),
    (S.ACTIVE, D.REFUSED): (S.ACTIVE,),
    (S.ACTIVE, D.CONSENTED): (S.ACTIVE, S.ASSESSED),
    (S.ACTIVE, D.PAUSED): (S.ACTIVE,),
    (S.ACTIVE, D.STOP_ASKED): (S.ACTIVE,),  # consent is not the family's: it stands until somebody has asked
    (S.ACTIVE, D.RESUMED): (S.ACTIVE,),
    (S.ACTIVE, D.WITHDRAWN): (S.WITHDRAWN,),
    (S.ACTIVE, D.ENDED): (S.ENDED,),
    (S.ACTIVE, D.LINKED): (S.ACTIVE,),
    (S.ACTIVE, D.UNLINKED): (S.ACTIVE,),
    (S.ACTIVE, D.COMPLAINED): (S.ACTIVE,),
    (S.ACTIVE, D.ANSWERED): (S.ACTIVE,),
    # nothing is done
    (S.REFUSED, D.EDITED): (S.REFUSED,),
    (S.REFUSED, D.WANTED): (S.RAISED,),
    (S.REFUSED, D.ENDED): (S.ENDED,),
    (S.WITHDRAWN, D.CONSENTED): (S.RAISED, S.ASSESSED, S.ACTIVE, S.REFUSED),
    (S.WITHDRAWN, D.ENDED): (S.ENDED,),
    (S.ASSESSED, D.ANSWERED): (S.ASSESSED,),
    (S.WITHDRAWN, D.ANSWERED): (S.WITHDRAWN,),
    (S.ENDED, D.ANSWERED): (S.ENDED,),
}


def require(one: Beneficiary, deed: BeneficiaryDeed) -> None:
    """Raises IllegalAction (`beneficiary_state`) where it is none of this state."""
    if (one.state, deed) not in TRANSITIONS:
        raise IllegalAction("beneficiary_state", action=deed, state=one.state)


def settled(one: Beneficiary, *, now: datetime) -> Beneficiary:
    """The next version, in the state that all of it adds up to; when it stopped is noted then, and forgotten again."""
    state = _state(one)
    stopped_at = (one.stopped_at or now) if state in STOPPED else None
    return replace(one, state=state, stopped_at=stopped_at, version=one.version + 1)


def _state(one: Beneficiary) -> BeneficiaryState:
    if one.ending:
        return S.ENDED
    if one.withdrawn:
        return S.WITHDRAWN
    if one.services:
        return S.ACTIVE if one.services & one.consented else S.ASSESSED
    return S.RAISED if one.need else S.REFUSED
