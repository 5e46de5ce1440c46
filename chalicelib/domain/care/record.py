"""What is noted of a run: how a visit went, once somebody has it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.care.terms import Proof, VisitAction, Welfare


class BagReason(StrEnum):
    """Why a bag does not hold as many items as it should."""

    SHORT = "short"  # who sealed it had no more
    EXTRA = "extra"
    LABEL = "label"  # the label is wrong, not the bag
    OTHER = "other"


class PlaceReason(StrEnum):
    """Why a phone does not say that he is at the door."""

    NO_SIGNAL = "no_signal"
    INDOORS = "indoors"
    PHONE = "phone"
    DOOR_WRONG = "door_wrong"  # the place that is noted is not where the door is
    OTHER = "other"


class GiveUpReason(StrEnum):
    """Why somebody lets go of what he has."""

    NO_TIME = "no_time"
    VEHICLE = "vehicle"
    UNWELL = "unwell"
    WEATHER = "weather"
    OTHER = "other"


class TakenOver(StrEnum):
    """Why a visit is the village's."""

    NO_ANSWER = "no_answer"
    LEFT_BEHIND = "left_behind"  # two meals in a row, with nobody seen
    BY_HAND = "by_hand"


class FoundOut(StrEnum):
    """What the village found out."""

    FINE = "fine"
    HOSPITAL = "hospital"
    AWAY = "away"  # with family, on a journey
    MOVED = "moved"
    DIED = "died"
    NOT_KNOWN = "not_known"


class Danger(StrEnum):
    """Why a danger to life is reported."""

    ABNORMAL = "abnormal"
    UNANSWERED = "unanswered"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A courier's step that came when the visit was his no more: it changes nothing, and whoever looks after it sees
    it. `proof`, `welfare` where it told of one."""

    courier_id: str
    action: VisitAction
    at: datetime
    proof: Proof | None = None
    welfare: Welfare | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Instants are UTC, a courier's by his own phone where it was offline.

    `metres`: how far from the door he was, None where that is not known; `is_far`: his phone did not say that he was
    there, `place_reason` why. `ringing_at`: since when nobody opens; `taken_over_at`: since when it is the village's,
    `rung` how far up the ladder that has come. `danger_at`: since when a danger to life is to be reported, which
    `report_id` did. `asked_at`, `meal_late_at`, `not_closed_at`: when the clock told somebody so.
    """

    viewed_at: datetime | None = None  # the door
    asked_at: datetime | None = None
    picked_up_at: datetime | None = None
    items: int = 0  # in the bag, as he counted
    bag_reason: BagReason | None = None
    arrived_at: datetime | None = None
    metres: int | None = None
    accuracy: int | None = None
    is_far: bool = False
    place_reason: PlaceReason | None = None
    wrong_codes: int = 0
    wrong_at: datetime | None = None
    handed_over_at: datetime | None = None
    proof: Proof | None = None
    photo_id: str | None = None
    seal_intact: bool | None = None
    left_behind: bool = False
    welfare: Welfare | None = None
    note: str = ""
    closed_at: datetime | None = None
    ringing_at: datetime | None = None
    taken_over_at: datetime | None = None
    taken_over: TakenOver | None = None
    rung: int = 0
    found: FoundOut | None = None
    danger_at: datetime | None = None
    danger: Danger | None = None
    report_id: str | None = None
    verified_at: datetime | None = None
    meal_late_at: datetime | None = None
    not_closed_at: datetime | None = None
    late: tuple[Late, ...] = ()
