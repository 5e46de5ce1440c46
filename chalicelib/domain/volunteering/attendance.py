"""Who signed up for a slot, was there, and for how long; what somebody has promised for when. Instants are UTC."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.volunteering.model import Said
from chalicelib.domain.volunteering.terms import Doubt, SignUpState, VolunteerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Somebody read the rotating code at `at`, which the code itself proves; the phone told of it at `told_at`.

    `metres` from the place, as far as the phone knew; with a `doubt` stands his `reason`.
    """

    at: datetime
    told_at: datetime
    metres: int | None = None
    doubt: Doubt | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """A check point that was passed, the first is number 1."""

    number: int
    scan: Scan
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Minutes that somebody has confirmed, by hand where they are not what the codes say (`reason`)."""

    minutes: int
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """One volunteer in one slot. What is known of the slot stands here as well, for his list and his statement.

    `edition`: which of the slot's he stands on; `free_to_leave`: it changed after he signed up. `disputed` is his word
    on what was confirmed (`hours`) or on his absence; `settled` the centre's on that.
    """

    slot_id: str
    courier_id: str
    township: str
    kind: VolunteerKind
    village: str
    zh: str
    en: str
    start: datetime
    end: datetime
    state: SignUpState
    at: datetime
    edition: int = 1
    free_to_leave: bool = False
    ended: Said | None = None
    check_in: Scan | None = None
    check_out: Scan | None = None
    passings: tuple[Passing, ...] = ()
    absent_at: datetime | None = None
    hours: Hours | None = None
    disputed: Said | None = None
    settled: Hours | None = None
    version: int = 0

    @property
    def minutes(self) -> int:
        """What counts by now."""
        said = self.settled or self.hours
        return said.minutes if said else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A slot that somebody has a place in, or waits for."""

    slot_id: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All that somebody has promised and that is not long over: no two of `held` overlap. `late`: when he cancelled
    late."""

    courier_id: str
    held: tuple[Promise, ...] = ()
    waits: tuple[Promise, ...] = ()
    late: tuple[datetime, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteer:
    """A courier as far as it matters here."""

    id: str
    villages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    is_courier: bool = True
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody of a mediation's team wrote down."""

    slot_id: str
    by: str
    at: datetime
    text: str
