"""Words of the care relay."""

from enum import StrEnum


class Service(StrEnum):
    """What is brought, or done."""

    MEAL = "meal"
    MEDICINE = "medicine"
    VISIT = "visit"  # to knock, and see how somebody is


class VisitState(StrEnum):
    """Where one visit stands."""

    PLANNED = "planned"  # nobody is asked at this moment
    OFFERED = "offered"
    ACCEPTED = "accepted"
    PICKED_UP = "picked_up"
    ARRIVED = "arrived"
    HANDED_OVER = "handed_over"  # and nobody has said yet how the elder is
    UNANSWERED = "unanswered"  # nobody opened: the village's by now
    DONE = "done"
    MISSED = "missed"
    SET_ASIDE = "set_aside"  # its plan does not want it now: a pause, a holiday
    CANCELLED = "cancelled"  # not needed


class VisitAction(StrEnum):
    """What is done to a visit; `fall_due` is the clock's."""

    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"
    ASSIGN = "assign"
    PICK_UP = "pick_up"
    ARRIVE = "arrive"
    HAND_OVER = "hand_over"
    CHECK = "check"  # three taps: fine, watch, abnormal
    NO_ANSWER = "no_answer"
    TAKE_OVER = "take_over"  # the village looks after it itself
    SETTLE = "settle"
    GIVE_UP = "give_up"
    RELEASE = "release"
    MOVE = "move"
    SET_ASIDE = "set_aside"
    RENEW = "renew"
    CALL_OFF = "call_off"
    FALL_DUE = "fall_due"


class Welfare(StrEnum):
    """How the elder was found."""

    FINE = "fine"
    WATCH = "watch"
    ABNORMAL = "abnormal"


class Proof(StrEnum):
    """What shows that it was handed over."""

    CODE = "code"  # four digits, told by the elder
    CARD = "card"  # the QR card inside the door
    PHOTO = "photo"  # of the door, with nobody's face
