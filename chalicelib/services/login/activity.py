"""When somebody was last active: whoever was away for too long is approved in person again."""

from datetime import datetime

from chalicelib.domain.people.model import Person
from chalicelib.store.people import people


def note(person: Person, now: datetime) -> None:
    """Note that somebody is active: at most one write a day, and nothing else."""
    if person.last_active_at is None or now - person.last_active_at >= people.SEEN_EVERY:
        people.seen(person.id, now)
