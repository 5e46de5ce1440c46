"""What lies in an inbox: one sentence for one person."""

from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.domain.notifications.messages import Both


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


def unprompted(person_id: str, template: str, of: str, words: Both, *, at: datetime) -> Message:
    """A message that no event brings: the one of this template about `of` (a day, a week), however often it is told."""
    id = f"{template}#{of}"
    return Message(
        person_id=person_id,
        id=f"{stamp(at)}#{id}",
        template=template,
        event_id=id,
        report_id="",
        at=at,
        zh=words[0],
        en=words[1],
    )
