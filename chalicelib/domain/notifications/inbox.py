"""What lies in an inbox: one sentence for one person."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One sentence for one person, in both languages. `id` sorts by the event's time, the same at every telling."""

    person_id: str
    id: str
    template: str
    event_id: str
    report_id: str
    at: datetime
    zh: str
    en: str
    unread: bool = True


def stamp(at: datetime) -> str:
    """A UTC instant as a message id begins with it."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S%f}"
