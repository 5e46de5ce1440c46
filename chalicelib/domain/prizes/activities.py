"""An activity: a service at which couriers and their families meet (以服务换服务, DOMAIN §5), and what is said of it.

Family members are counted and never named. Children are counted only where a guardian has agreed to that, separately.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Invalid
from chalicelib.domain.places import Point
from chalicelib.domain.reference.numbers import Numbers

MOST_FAMILY, EARLY = "family_places", "check_in_minutes"


class ActivityKind(StrEnum):
    """What takes place."""

    FAMILY = "family"  # 亲子活动
    FILM = "film"  # 红色电影
    TRAINING = "training"  # 培训
    LEGAL = "legal"  # an hour with a lawyer
    OTHER = "other"


class CourseResult(StrEnum):
    """What became of somebody's course; `none` until it is told, and for whatever is no course."""

    NONE = "none"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What there is to say of it besides what every service has.

    `organiser` is a body, in words; `organisers` are couriers, by their ids, who help to run it. Nobody registers after
    `closes_at` (UTC). Each booking may bring `family_places` family members. Who passes is trained for `trains`.
    """

    kind: ActivityKind
    organiser: str
    organiser_en: str
    point: Point
    closes_at: datetime
    family_places: int = 0
    organisers: tuple[str, ...] = ()
    trains: tuple[Service, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """How many family members come along."""

    adults: int = 0
    children: int = 0

    @property
    def size(self) -> int:
        """How many places they take."""
        return self.adults + self.children

    def within(self, other: "Family") -> bool:
        """Whether there are no more of them, in either count."""
        return self.adults <= other.adults and self.children <= other.children


ALONE = Family()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """Whom a courier wants to bring; `consent`: the wording that he, as the children's guardian, agrees to, 0 if he
    does not."""

    family: Family = field(default=ALONE)
    consent: int = 0


def check(activity: Activity, *, begins_at: datetime, numbers: Numbers) -> None:
    """Whether it makes sense. Raises Invalid (`activity_organiser`, `activity_times`, `family_most`, `no_training`)."""
    if not (activity.organiser.strip() and activity.organiser_en.strip()):
        raise Invalid("activity_organiser")
    if activity.closes_at > begins_at:
        raise Invalid("activity_times")
    if activity.family_places > numbers.count(MOST_FAMILY):
        raise Invalid("family_most", most=numbers.count(MOST_FAMILY))
    if activity.trains and activity.kind is not ActivityKind.TRAINING:
        raise Invalid("no_training", kind=activity.kind)


def require_guests(activity: Activity | None, guests: Guests) -> None:
    """Whether so many may come along. Raises Invalid (`no_family_places`, `family_most`, `guardian_consent_needed`)."""
    most = activity.family_places if activity else 0
    if guests.family.size > most:
        raise Invalid("family_most" if most else "no_family_places", most=most)
    if guests.family.children and not guests.consent:
        raise Invalid("guardian_consent_needed")
