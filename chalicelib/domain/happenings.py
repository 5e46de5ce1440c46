"""What happens to things that are no reports: written with the new state, and followed by whoever it concerns."""

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
    """Something that happened to a thing: `number` is the version of its head since then."""

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
    facts: Mapping[str, object] = field(default_factory=dict)


def happened(thing: Thing, id: str, *, number: int, deed: str, **said: object) -> Happening:
    """The happening that a change is."""
    subject = f"{thing}:{id}"
    facts = said.pop("facts", None) or {}
    return Happening(
        id=f"{subject}#{number}",
        subject_id=subject,
        number=number,
        deed=deed,
        facts=facts,  # type: ignore[arg-type]
        **said,  # type: ignore[arg-type]
    )
