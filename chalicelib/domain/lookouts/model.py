"""A look-out as it is kept, and what couriers answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.people.model import VILLAGE_DIGITS
from chalicelib.domain.places import Point


class LookoutKind(StrEnum):
    """What is looked out for."""

    ELDER = "elder"  # 走失老人
    CHILD = "child"  # 走失儿童: the police are told first
    TYPHOON = "typhoon"  # 防台巡看
    OTHER = "other"


class LookoutState(StrEnum):
    """Whether couriers are still asked."""

    OPEN = "open"
    STOPPED = "stopped"
    EXPIRED = "expired"


class LookoutDeed(StrEnum):
    """What happens to a look-out."""

    ASKED = "asked"
    ANSWERED = "answered"
    STOPPED = "stopped"
    EXPIRED = "expired"


PHOTO = "lookout-1"  # the one photo that a look-out may have


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What couriers read, in one or two languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many couriers were asked, and what they answered; kept when all else is erased."""

    asked: int = 0
    seen: int = 0
    not_seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookout:
    """Asked from a `post` of a village or the centre by one of its staff, of the couriers of these grids, until then.

    Its words lie apart and go before it; `tally` stands once they are gone (`erased`).
    """

    id: str
    township: str
    post: str
    asked_by: str
    kind: LookoutKind
    grids: tuple[str, ...]
    asked_at: datetime
    until: datetime
    has_photo: bool
    state: LookoutState = LookoutState.OPEN
    ended_at: datetime | None = None
    stopped_by: str = ""
    erased: bool = False
    tally: Tally = Tally()
    version: int = 1

    @property
    def villages(self) -> tuple[str, ...]:
        """The villages that its grids lie in: couriers are found by these."""
        return tuple(dict.fromkeys(grid[:VILLAGE_DIGITS] for grid in self.grids))

    def is_open(self, now: datetime) -> bool:
        """Whether couriers are still asked, though the clock may be late to end it."""
        return self.state is LookoutState.OPEN and now < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class LookoutAnswer:
    """What a courier answered last; `version` counts his answers. `place`: a coarse one, kept only where he has seen
    something; `grid` the one it lies in. `id` says nothing of who he is, and is what his photo goes by."""

    id: str
    lookout_id: str
    person_id: str
    seen: bool
    at: datetime
    place: Point | None = None
    grid: str | None = None
    has_photo: bool = False
    version: int = 1
