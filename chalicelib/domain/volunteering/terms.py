"""Words of volunteering."""

from enum import StrEnum


class VolunteerKind(StrEnum):
    """What volunteers are called for."""

    MUTUAL_AID = "mutual_aid"  # 邻里互助: a resident's small ask
    PATROL = "patrol"  # 平安巡查
    MEDIATION = "mediation"  # 纠纷调解
    TRAFFIC = "traffic"  # 文明交通劝导
    PUBLICITY = "publicity"  # 政策反诈宣传


class SlotState(StrEnum):
    """Whether it takes place."""

    OPEN = "open"
    CALLED_OFF = "called_off"


class SignUpState(StrEnum):
    """Where one volunteer stands with one slot."""

    WAITING = "waiting"
    SIGNED_UP = "signed_up"
    CHECKED_IN = "checked_in"
    CHECKED_OUT = "checked_out"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    SETTLED = "settled"
    ABSENT = "absent"
    CANCELLED = "cancelled"
    CANCELLED_LATE = "cancelled_late"
    RELEASED = "released"  # the slot was called off, or moved to where he has no time


class OpenTo(StrEnum):
    """Whose couriers may sign up."""

    VILLAGE = "village"  # those on whose round its village lies
    TOWNSHIP = "township"


class Direction(StrEnum):
    """What a rotating code is for."""

    IN = "in"
    OUT = "out"


class Doubt(StrEnum):
    """Why whoever confirms has to vouch that somebody was there."""

    NO_PLACE = "no_place"  # the phone knew none
    FAR = "far"


class MediationOutcome(StrEnum):
    """How a mediation ended."""

    SETTLED = "settled"
    NOT_SETTLED = "not_settled"


class Deed(StrEnum):
    """What happens to a slot, or to somebody in it: the deeds of its history."""

    CALLED = "called"
    CHANGED = "changed"
    CALLED_OFF = "called_off"
    FELL_SHORT = "fell_short"  # sign-up is over, and there are too few
    APPOINTED = "appointed"  # to a mediation
    SIGNED_UP = "signed_up"
    WAIT_LISTED = "wait_listed"
    PROMOTED = "promoted"
    CANCELLED = "cancelled"
    CANCELLED_LATE = "cancelled_late"
    MOVED = "moved"  # somebody's sign-up follows the change
    RELEASED = "released"
    CHECKED_IN = "checked_in"
    PASSED = "passed"  # a check point of a patrol
    CHECKED_OUT = "checked_out"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    SETTLED = "settled"
    ABSENT = "absent"
    MEDIATED = "mediated"


S = SignUpState
HELD = frozenset({S.SIGNED_UP, S.CHECKED_IN, S.CHECKED_OUT, S.CONFIRMED, S.DISPUTED, S.SETTLED, S.ABSENT})
LEFT = frozenset({S.CANCELLED, S.CANCELLED_LATE, S.RELEASED})
COUNTED = frozenset({S.CONFIRMED, S.DISPUTED, S.SETTLED})  # hours that somebody has confirmed
