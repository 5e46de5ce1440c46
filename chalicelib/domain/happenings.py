"""A line of history of what is no report: a visit, a slot, a team. Written with the new state, never changed."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Thing(StrEnum):
    """What it happened to."""

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
    """Who did what to which thing, when (UTC). `number` is the version of its head after the change."""

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
    facts: dict[str, object] | None = None,
) -> Happening:
    """The line of `number` of a thing's history."""
    subject = f"{thing}:{id}"
    return Happening(
        id=f"{subject}#{number}",
        subject_id=subject,
        number=number,
        deed=deed,
        at=at,
        actor_id=actor_id,
        as_role=as_role,
        township=township,
        village=village,
        person_id=person_id,
        facts=facts or {},
    )
