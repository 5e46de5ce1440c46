"""Whether somebody is at the door, as far as his phone can say (DOMAIN §4).

A phone between houses is wrong by a street, and one in a stairwell knows nothing: so whoever says why is believed, and
what his phone said stands beside it for people to look at.
"""

from dataclasses import dataclass

from chalicelib.domain.care.record import PlaceReason
from chalicelib.domain.errors import Invalid
from chalicelib.domain.places import Point, distance
from chalicelib.domain.reference.numbers import Numbers

NEAR = "care_gps_metres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where a phone says that it is: `accuracy` in metres, None where it does not say. `reason`: why that is not at
    the door, or why it does not know."""

    point: Point | None = None
    accuracy: int | None = None
    reason: PlaceReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How far that is from the door, None where either is not known; `is_far` where a reason was needed."""

    metres: int | None
    accuracy: int | None
    is_far: bool
    reason: PlaceReason | None


def judged(here: Here, door: Point | None, numbers: Numbers) -> Nearness:
    """How near he is. The refusal does not say how far, or who asks from three places would know the door.

    Raises Invalid: `place_needed` without a place and a reason, `too_far_from_door` beyond `care_gps_metres` without.
    """
    if here.point is None and here.reason is None:
        raise Invalid("place_needed")
    metres = round(distance(here.point, door)) if here.point and door else None
    is_far = here.point is None or (metres is not None and metres > numbers.of(NEAR))
    if is_far and here.reason is None:
        raise Invalid("too_far_from_door", metres=numbers.count(NEAR))
    reason = here.reason if is_far else None
    return Nearness(metres=metres, accuracy=here.accuracy, is_far=is_far, reason=reason)
