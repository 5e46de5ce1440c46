"""What happens to things that are no reports, told like a report's events (docs/adr/0048)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.events import Event


class Thing(StrEnum):
    """What it happened to."""

    VISIT = "visit"
    PLAN = "plan"
    BENEFICIARY = "beneficiary"
    CARRIER = "carrier"
    CERTIFICATE = "certificate"
    SLOT = "slot"
    LOOKOUT = "lookout"
    TEAM = "team"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something happened to `subject_id` (`visit:<id>`): `number` is the version of its head after it.

    `at` is when it was done, which a phone that was offline tells late; `person_id` the courier whom it concerns.
    `facts` are ids, kinds, counts and instants, never a name, a phone, a door or a note: history is kept for ever.
    """

    id: str
    subject_id: str
    number: int
    deed: str
    at: datetime
    actor_id: str
    as_role: str
    township: str
    village: str | None = None
    person_id: str | None = None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def thing(self) -> Thing:
        """What kind of thing it happened to."""
        return Thing(self.subject_id.partition(":")[0])


type Line = Event | Happening


def happened(
    thing: Thing,
    id: str,
    *,
    number: int,
    deed: str,
    at: datetime,
    actor_id: str,
    as_role: str,
    township: str,
    village: str | None = None,
    person_id: str | None = None,
    facts: Mapping[str, object] | None = None,
) -> Happening:
    """The line that says so."""
    subject_id = f"{thing}:{id}"
    return Happening(
        id=f"{subject_id}#{number}",
        subject_id=subject_id,
        number=number,
        deed=deed,
        at=at,
        actor_id=actor_id,
        as_role=as_role,
        township=township,
        village=village,
        person_id=person_id,
        facts=dict(facts or {}),
    )


def is_report(subject_id: str) -> bool:
    """Whether the lines of this subject are a report's: every other thing's id begins with its kind."""
    return ":" not in subject_id
