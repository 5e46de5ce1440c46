"""Use cases of looking: what I am asked, what my post has asked, what was answered.

The words and the photo are shown while it is open, to who asks and to who is asked, and to nobody afterwards.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.lookouts import answering, asking
from chalicelib.domain.lookouts.model import PHOTO, Lookout, LookoutAnswer, Tally, Words
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.photos import Form, Link, Photo
from chalicelib.services.people import access
from chalicelib.services.reference import areas
from chalicelib.services.reports import photos as files
from chalicelib.store.lookouts import answers as said
from chalicelib.store.lookouts import lookouts as store
from chalicelib.store.people import people
from chalicelib.store.reports import photos


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A look-out as somebody may know it. `words` and `photos` only while it is open; `tally` and `uploads` for who
    asks, `own` for who is asked."""

    lookout: Lookout
    words: Words | None
    photos: tuple[Photo, ...] = ()
    links: tuple[Link, ...] = ()
    uploads: tuple[Form, ...] = ()
    tally: Tally | None = None
    own: LookoutAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An answer as who asks reads it: with the courier's name for the centre alone, "" for a village."""

    answer: LookoutAnswer
    courier: str
    photos: tuple[Photo, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some look-outs of a post, newest first, and where the next ones begin; None at the end."""

    sheets: list[Sheet]
    cursor: str | None


def show(lookout_id: str, *, by: Actor, now: datetime) -> Sheet:
    """A look-out, for who asks or is asked: up to four reads. Raises NotFound (`no_such_lookout`)."""
    lookout = store.get(lookout_id)
    asks = asking.is_askers(lookout, by)
    if not asks and not asking.concerns(lookout, _round(by)):
        raise NotFound("no_such_lookout", lookout=lookout_id)
    held, open_now = _photos(lookout), lookout.is_open(now)
    return Sheet(
        lookout=lookout,
        words=store.words([lookout.id]).get(lookout.id) if open_now else None,
        photos=held if open_now else (),
        links=tuple(files.links(held, now=now)) if open_now else (),
        uploads=tuple(files.forms(held, now=now)) if asks and open_now else (),
        tally=_tally(lookout) if asks else None,
        own=None if asks else said.answer(lookout_id, by.id),
    )


def mine(*, by: Actor, now: datetime) -> list[Sheet]:
    """What I am asked now: a read, a query, three batches. Nothing for who is no courier."""
    villages = _round(by)
    township = areas.township(now=now)
    found = [one for one in store.open_in(township, now) if asking.concerns(one, villages)] if villages else []
    ids = [one.id for one in found]
    words, own = store.words(ids), said.own_answers(ids, by.id)
    held = photos.several((one.id, PHOTO) for one in found if one.has_photo)
    return [_asked(one, words.get(one.id), held.get((one.id, PHOTO)), own.get(one.id), now) for one in found]


def of_post(post: str, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """What a post has asked, newest first, without words or photos: one query.

    Raises Forbidden (`no_such_post`), Invalid (`bad_cursor`).
    """
    townships = areas.township(now=now)
    if not any(one.key == post for one in by.posts) and not by.holds(Role.CENTRE, townships):
        raise Forbidden("no_such_post", post=post)
    found = store.of_post(post, limit=limit, cursor=cursor)
    return Page(sheets=[Sheet(lookout=one, words=None) for one in found.lookouts], cursor=found.cursor)


def answers(lookout_id: str, *, by: Actor, now: datetime) -> list[Seen]:
    """What was answered, those who have seen something first: a read, a query, a query for each photo. Who of the
    centre looks reads names, and is noted.

    Raises NotFound (`no_such_lookout`).
    """
    lookout = store.get(lookout_id)
    asking.require_asker(lookout, by)
    found = sorted(said.behind(lookout_id).answers, key=lambda one: (not one.seen, -one.at.timestamp(), one.id))
    names: dict[str, str] = {}
    if by.holds(Role.CENTRE, lookout.township):
        ids = [one.person_id for one in found]
        access.record_all(by, What.SAW_PERSON, ids, now=now)
        names = {person.id: person.name for person in people.several(ids)}
    return [_seen(one, names.get(one.person_id, ""), lookout, now) for one in found]


def _seen(answer: LookoutAnswer, courier: str, lookout: Lookout, now: datetime) -> Seen:
    held = tuple(photos.of(answer.id)) if answer.has_photo and lookout.is_open(now) else ()
    return Seen(answer=answer, courier=courier, photos=held, links=tuple(files.links(held, now=now)))


def _asked(
    lookout: Lookout, words: Words | None, photo: Photo | None, own: LookoutAnswer | None, now: datetime
) -> Sheet:
    held = (photo,) if photo else ()
    return Sheet(lookout=lookout, words=words, photos=held, links=tuple(files.links(held, now=now)), own=own)


def _photos(lookout: Lookout) -> tuple[Photo, ...]:
    return tuple(photos.of(lookout.id)) if lookout.has_photo else ()


def _tally(lookout: Lookout) -> Tally:
    if lookout.erased:
        return lookout.tally
    found = said.behind(lookout.id)
    return answering.tally(found.asked, found.answers)


def _round(by: Actor) -> tuple[str, ...]:
    """The villages on the caller's round, without a read for who is no courier."""
    person = people.find(by.id) if by.holds(Role.COURIER) else None
    return person.round if person else ()
