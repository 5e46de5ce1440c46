"""Use cases on people: who somebody is, and who may see him."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.people import sight as people_sight
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Person, Post
from chalicelib.domain.people.sight import Sight
from chalicelib.services.people import access
from chalicelib.services.reference import areas
from chalicelib.store.people import people as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some people as their viewer may see them, and the cursor of the next ones; None at the end."""

    people: list[Person]
    sight: Sight
    cursor: str | None


def enrol(person: Person) -> None:
    """Make a person known, or change what is known of him, as first data: nobody is asked who may, and no line is
    kept. Raises Conflict (`phone_taken`, `identity_taken`)."""
    store.put(person)


def profile(actor: Actor) -> Person:
    """What Fenjian knows of the caller. Raises NotFound."""
    return store.get(actor.id)


def show(person_id: str, *, by: Actor, now: datetime) -> Page:
    """One person, as the viewer may see him: one read, and the look is noted.

    Raises Forbidden (`people_not_yours_to_see`) before anything is read, and NotFound.
    """
    sight = people_sight.require(by, areas.township(now=now), Sight.FULL, Sight.MASKED)
    return _noted([store.get(person_id)], sight, by=by, now=now)


def by_phone(phone: str, *, by: Actor, now: datetime) -> Page:
    """Whose phone this is, nobody or one: two reads, and the look is noted. Raises Forbidden."""
    sight = people_sight.require(by, areas.township(now=now), Sight.FULL)
    found = store.by_phone(phone)
    return _noted([found] if found else [], sight, by=by, now=now)


def by_post(post: Post, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """Who holds a post, a page at a time: one query, one batch, and one call that notes the looks. Raises Forbidden."""
    sight = people_sight.require_holders(by, areas.township(now=now), post)
    ids = store.holders_after(post.key, after=cursor, limit=limit + 1)
    found = {person.id: person for person in store.several(ids[:limit])}
    page = _noted([found[id] for id in ids[:limit] if id in found], sight, by=by, now=now)
    return replace(page, cursor=ids[limit - 1]) if len(ids) > limit else page


def _noted(found: list[Person], sight: Sight, *, by: Actor, now: datetime) -> Page:
    access.record_all(by, What.SAW_PERSON, [person.id for person in found], now=now)
    return Page(people=[people_sight.shown(person, sight) for person in found], sight=sight, cursor=None)
