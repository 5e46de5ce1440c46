"""A visit's life, a table to be read aloud: in this state, this action leads to one of these (DOMAIN §4).

An action that is not listed is refused. Where several states stand, what is left of offers or of time chooses.
"""

from chalicelib.domain.care.terms import VisitAction, VisitState

A, S = VisitAction, VisitState

ENDED = frozenset({S.DONE, S.MISSED, S.CANCELLED})
OPEN = frozenset(S) - ENDED
HELD = frozenset({S.ACCEPTED, S.PICKED_UP, S.ARRIVED, S.HANDED_OVER})  # a courier has it

TRANSITIONS: dict[tuple[VisitState, VisitAction], tuple[VisitState, ...]] = {
    # nobody is asked
    (S.PLANNED, A.OFFER): (S.OFFERED,),
    (S.PLANNED, A.ASSIGN): (S.ACCEPTED,),  # by hand, to somebody who has said yes
    (S.PLANNED, A.MOVE): (S.PLANNED,),
    (S.PLANNED, A.SET_ASIDE): (S.SET_ASIDE,),
    (S.PLANNED, A.CALL_OFF): (S.CANCELLED,),
    (S.PLANNED, A.FALL_DUE): (S.PLANNED, S.MISSED),
    # somebody is asked: the next one where he does not come
    (S.OFFERED, A.OFFER): (S.OFFERED,),
    (S.OFFERED, A.ACCEPT): (S.ACCEPTED,),
    (S.OFFERED, A.DECLINE): (S.OFFERED, S.PLANNED),
    (S.OFFERED, A.LAPSE): (S.OFFERED, S.PLANNED),
    (S.OFFERED, A.ASSIGN): (S.ACCEPTED,),
    (S.OFFERED, A.MOVE): (S.PLANNED,),  # who was asked was asked for another time
    (S.OFFERED, A.SET_ASIDE): (S.SET_ASIDE,),
    (S.OFFERED, A.CALL_OFF): (S.CANCELLED,),
    (S.OFFERED, A.FALL_DUE): (S.OFFERED, S.MISSED),
    # a courier has it, and has not begun: it is never moved without him
    (S.ACCEPTED, A.PICK_UP): (S.PICKED_UP,),
    (S.ACCEPTED, A.ARRIVE): (S.ARRIVED,),  # nothing is carried to a knock
    (S.ACCEPTED, A.GIVE_UP): (S.PLANNED,),
    (S.ACCEPTED, A.RELEASE): (S.PLANNED,),
    (S.ACCEPTED, A.MOVE): (S.ACCEPTED, S.PLANNED),
    (S.ACCEPTED, A.SET_ASIDE): (S.SET_ASIDE,),
    (S.ACCEPTED, A.CALL_OFF): (S.CANCELLED,),
    (S.ACCEPTED, A.FALL_DUE): (S.ACCEPTED, S.PLANNED, S.MISSED),
    # its plan does not want it now, and may want it again until its time is over
    (S.SET_ASIDE, A.RENEW): (S.PLANNED,),
    (S.SET_ASIDE, A.CALL_OFF): (S.CANCELLED,),
    (S.SET_ASIDE, A.FALL_DUE): (S.CANCELLED,),
    # on the way with a bag, which goes back where it is not needed any more
    (S.PICKED_UP, A.ARRIVE): (S.ARRIVED,),
    (S.PICKED_UP, A.CALL_OFF): (S.CANCELLED,),
    (S.PICKED_UP, A.TAKE_OVER): (S.UNANSWERED,),
    (S.PICKED_UP, A.FALL_DUE): (S.PICKED_UP, S.MISSED),
    # at the door
    # a wrong code hands nothing over; a meal left before the door is done with, the second one the village's
    (S.ARRIVED, A.HAND_OVER): (S.HANDED_OVER, S.ARRIVED, S.DONE, S.UNANSWERED),
    (S.ARRIVED, A.CHECK): (S.DONE,),  # a knock hands nothing over
    (S.ARRIVED, A.NO_ANSWER): (S.ARRIVED,),  # he rings, and waits for some minutes
    (S.ARRIVED, A.TAKE_OVER): (S.UNANSWERED,),
    (S.ARRIVED, A.FALL_DUE): (S.ARRIVED, S.UNANSWERED, S.MISSED),
    # handed over: how is the elder?
    (S.HANDED_OVER, A.CHECK): (S.DONE,),
    (S.HANDED_OVER, A.TAKE_OVER): (S.UNANSWERED,),
    (S.HANDED_OVER, A.FALL_DUE): (S.HANDED_OVER, S.DONE),
    # nobody opened: the courier is free, and the village finds out
    (S.UNANSWERED, A.SETTLE): (S.DONE,),
    (S.UNANSWERED, A.FALL_DUE): (S.UNANSWERED,),
}


def leads_to(state: VisitState, action: VisitAction) -> tuple[VisitState, ...]:
    """Where an action may lead; nowhere where it is none of this state."""
    return TRANSITIONS.get((state, action), ())
