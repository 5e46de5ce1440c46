"""A mediation: how it ended, as its village says, and what its team wrote down. Nobody else knows that it was."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.volunteering.attendance import Hours, Note, SignUp
from chalicelib.domain.volunteering.calling import require_open
from chalicelib.domain.volunteering.model import Hand, Mediated, Slot
from chalicelib.domain.volunteering.terms import Deed, MediationOutcome, SignUpState
from chalicelib.domain.volunteering.turns import Turn, turn

S = SignUpState
MOST_NOTES = 50


def require_mediation(slot: Slot) -> None:
    """Raises Conflict (`no_mediation`)."""
    if not slot.is_confidential:
        raise Conflict("no_mediation")


def mediated(
    slot: Slot, team: Iterable[SignUp], outcome: MediationOutcome, minutes: int, hand: Hand, *, now: datetime
) -> Turn:
    """The village confirms how it ended and how long it took: a line for each mediator who has part in it. Once.

    Raises Conflict (`no_mediation`, `mediation_over`, `slot_called_off`, `slot_not_begun`), Forbidden (`own_hours`),
    Invalid (`minutes_too_many`).
    """
    require_mediation(slot)
    if slot.mediated:
        if slot.mediated.outcome is outcome:
            return turn(slot)
        raise Conflict("mediation_over", outcome=slot.mediated.outcome)
    require_open(slot)
    if hand.id in slot.taken:
        raise Forbidden("own_hours")
    if now < slot.terms.start:
        raise Conflict("slot_not_begun")
    if not 0 <= minutes <= slot.length:
        raise Invalid("minutes_too_many", most=slot.length)
    ended = turn(slot).holding(mediated=Mediated(outcome=outcome, by=hand.id, at=now))
    said = Hours(minutes=minutes, by=hand.id, at=now)
    for one in team:
        if one.state is not S.SIGNED_UP:
            continue
        after = replace(one, state=S.CONFIRMED, hours=said, version=one.version + 1)
        facts = {"outcome": outcome, "minutes": minutes, "start": slot.terms.start.isoformat()}
        ended = ended.of(after).did(Deed.MEDIATED, hand, at=now, person_id=one.courier_id, facts=facts)
    return ended


def note(slot: Slot, text: str, *, by: str, now: datetime, notes: int) -> Note:
    """What somebody of the team writes down; `notes`: how many there are.

    Raises Conflict (`no_mediation`, `notes_reached`), Invalid (`text_needed`).
    """
    require_mediation(slot)
    if not text.strip():
        raise Invalid("text_needed")
    if notes >= MOST_NOTES:
        raise Conflict("notes_reached", most=MOST_NOTES)
    return Note(slot_id=slot.id, by=by, at=now, text=text.strip())
