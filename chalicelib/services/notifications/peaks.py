"""Whether somebody is at his busiest now, as the hours of his employer's kind say."""

from datetime import datetime
from functools import lru_cache

from chalicelib.domain.reference import quiet_hours as rules
from chalicelib.services.reference import rulebook
from chalicelib.store.people import people
from chalicelib.store.reference import reference


def over_at(person_id: str, *, now: datetime) -> datetime:
    """When his peak is over; `now` where he is at none. One read, and only while anybody is at a peak."""
    editions = reference.current(*rulebook.READERS, rules.TABLE, rules.EMPLOYERS, now=now)
    hours = _hours(editions[rules.TABLE].body)
    if not hours.any_at(now):
        return now
    person = people.find(person_id)
    employer = person.employer if person and person.own_post in person.posts else ""
    return hours.over_at(rules.type_of(employer, _types(editions[rules.EMPLOYERS].body)), now)


_hours, _types = lru_cache(maxsize=2)(rules.read), lru_cache(maxsize=2)(rules.read_employers)
