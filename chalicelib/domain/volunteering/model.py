"""A call with its slots (DOMAIN §5). Instants are UTC."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.places import Point
from chalicelib.domain.volunteering.terms import MediationOutcome, OpenTo, SlotState, VolunteerKind

MOST_SLOTS = 20  # of one call: with history and what is due of each, one transaction of 100 items
MOST_PLACES = 100
MOST_CHECK_POINTS = 30
MOST_MEDIATORS = 10  # all of them are in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where it takes place, in words and in WGS-84; a mediation may have words alone."""

    zh: str
    en: str = ""
    point: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPoint:
    """A stop of a patrol, in its order."""

    zh: str
    en: str = ""
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """When and where one slot is, and for how many. Nobody signs up from `closes_at` on; with fewer than `least`,
    whoever called is told then. `waits`: who comes too late waits."""

    start: datetime
    end: datetime
    closes_at: datetime
    place: Spot
    route: tuple[CheckPoint, ...] = ()
    capacity: int = 1
    least: int = 1
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What volunteers are called for. `skills`: those that all of them need, as couriers name them."""

    kind: VolunteerKind
    village: str
    zh: str
    en: str = ""
    text_zh: str = ""
    text_en: str = ""
    skills: tuple[str, ...] = ()
    open_to: OpenTo = OpenTo.VILLAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call to volunteer, as it was made: with so many slots, `<id>.1` to `<id>.<slots>`."""

    id: str
    township: str
    matter: Matter
    slots: int
    by: str
    as_role: str
    at: datetime

    @property
    def slot_ids(self) -> list[str]:
        """Ids of its slots."""
        return [f"{self.id}.{number}" for number in range(1, self.slots + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who said so, when, and why."""

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediated:
    """How a mediation ended, as its village says."""

    outcome: MediationOutcome
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One time and place. `taken` and `waiting` are courier ids in the order in which they came.

    `version` counts its lines of history, `edits` what was changed of it (If-Match), `revision` its writes. `edition`
    counts what concerns everybody who signed up: a new time or place; while somebody does not stand on it yet (or a
    called-off slot has somebody), it is `following`. `closing_seen` and `absences_seen`: the clock has been there.
    """

    id: str
    township: str
    matter: Matter
    terms: Terms
    by: str
    as_role: str
    state: SlotState = SlotState.OPEN
    taken: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    called_off: Said | None = None
    mediated: Mediated | None = None
    edition: int = 1
    following: bool = False
    closing_seen: bool = False
    absences_seen: bool = False
    version: int = 0
    edits: int = 1
    revision: int = 0

    @property
    def is_confidential(self) -> bool:
        """Whether only its team knows that it exists."""
        return self.matter.kind is VolunteerKind.MEDIATION

    @property
    def has_room(self) -> bool:
        """Whether a place is free."""
        return len(self.taken) < self.terms.capacity

    @property
    def length(self) -> int:
        """Whole minutes from its start to its end."""
        return int((self.terms.end - self.terms.start).total_seconds() // 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Whose doing it is, and as what."""

    id: str
    role: str


CLOCK = Hand(id="system", role="system")
