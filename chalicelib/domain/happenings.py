"""What happens to things that are no reports: one line of history each, as its followers read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Thing(StrEnum):
    """What something happens to."""

    VISIT = "visit"
    PLAN = "plan"
    BENEFICIARY = "beneficiary"
    SLOT = "slot"
    LOOKOUT = "lookout"
    TEAM = "team"
    CARRIER = "carrier"
    CERTIFICATE = "certificate"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something happened to `subject_id` (`visit:<id>`); `number` is the version of its head after that.

    `facts` hold ids, kinds, counts and instants, never a name, phone, door or note. `person_id`: the courier whom it
    concerns. `at` (UTC) is when it was done, `actor_id` is `system` for the clock.
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
    """What happened to a thing, with the id that it always has."""
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
