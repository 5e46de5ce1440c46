"""What happens to things that are no reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Thing(StrEnum):
    """What it happens to."""

    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """See the core's."""

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
    """See the core's."""
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
        facts=dict(facts or {}),
    )
