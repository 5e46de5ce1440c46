"""Use cases of who asks: ask couriers of some grids to look out, and stop it with one tap."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.errors import StaleVersion, TooManyRequests
from chalicelib.domain.happenings import Happening, Thing, happened
from chalicelib.domain.idempotency import Key
from chalicelib.domain.lookouts import asking as rules
from chalicelib.domain.lookouts.asking import A_DAY, Wanted
from chalicelib.domain.lookouts.model import Lookout, LookoutDeed, Words
from chalicelib.domain.people.model import Actor, Post
from chalicelib.domain.photos import ContentType, Photo, Purpose
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import history, idempotency, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.lookouts import due
from chalicelib.store.lookouts import lookouts as store
from chalicelib.store.reports import photos

TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new look-out with its words and the photo it waits for, if it is to have one."""

    lookout: Lookout
    words: Words
    photos: tuple[Photo, ...]


def ask(id: str, wanted: Wanted, photo: ContentType | None, *, key: Key | None, by: Actor, now: datetime) -> Lookout:
    """Ask couriers to look out: one transaction. They are told from the next minute on.

    Raises Forbidden (`role_needed`, `no_such_post`, `not_your_area`), Invalid (`post_needed`, `lookout_words`,
    `lookout_too_long`, `lookout_phone`, `lookout_id_number`, `lookout_door`, `lookout_name`, `lookout_hours`,
    `lookout_grids`, `unknown_area`), Conflict (`lookout_police_first`), TooManyRequests (`lookouts_per_day`),
    KeyReused.
    """
    held = areas.listing(now=now)[0]
    post = rules.asker(by, wanted.post, held.township)

    def do() -> Lookout:
        made = _made(id, wanted, post, photo, by=by, now=now)
        _store(made, post, key=key, now=now)
        return made.lookout

    return once(key, do, store.get)


def stop(lookout_id: str, *, by: Actor, now: datetime) -> Lookout:
    """Nobody is asked any more, and nothing of it is shown: a read and a transaction. Those who were asked are thanked
    from the next minute on. Twice is once.

    Raises NotFound (`no_such_lookout`).
    """
    for attempt in range(TRIES):
        lookout = store.get(lookout_id)
        rules.require_asker(lookout, by)
        if lookout.ended_at is not None:
            return lookout
        after, transaction = rules.stopped(lookout, by=by, now=now), Transaction()
        end(after, LookoutDeed.STOPPED, transaction, by=by.id, as_role=_role(lookout, by), now=now)
        due.put(lookout_id, at=now, transaction=transaction)
        try:
            transaction.commit()
        except StaleVersion:
            if attempt == TRIES - 1:
                raise
            continue
        return after
    return store.get(lookout_id)


def end(after: Lookout, deed: LookoutDeed, transaction: Transaction, *, by: str, as_role: str, now: datetime) -> None:
    """Store that it is over, with its line of history."""
    store.put(after, transaction)
    history.append(line(after, deed, by=by, as_role=as_role, at=now), transaction)


def line(lookout: Lookout, deed: LookoutDeed, *, by: str, as_role: str, at: datetime) -> Happening:
    """What happened to it, without a word of it."""
    return happened(
        Thing.LOOKOUT,
        lookout.id,
        number=lookout.version,
        deed=deed,
        at=at,
        actor_id=by,
        as_role=as_role,
        township=lookout.township,
        village=lookout.villages[0] if len(lookout.villages) == 1 else None,
        facts={"kind": lookout.kind, "post": lookout.post, "grids": len(lookout.grids)},
    )


def _made(id: str, wanted: Wanted, post: Post, photo: ContentType | None, *, by: Actor, now: datetime) -> Made:
    held = areas.listing(now=now)[0]
    inside, numbers = {grid.code: grid.parent for grid in held.grids}, rulebook.in_force(now=now).numbers
    lookout, words = rules.asked(
        id, wanted, post, township=held.township, inside=inside, by=by, numbers=numbers, now=now
    )
    declared = photo_rules.declare(id, [(Purpose.LOOKOUT, photo)], by=by.id, now=now) if photo else ()
    return Made(lookout=lookout, words=words, photos=declared)


def _store(made: Made, post: Post, *, key: Key | None, now: datetime) -> None:
    lookout, transaction = made.lookout, Transaction()
    store.put(lookout, transaction)
    store.say(lookout.id, made.words, transaction)
    photos.declare(made.photos, transaction)
    cap = rulebook.in_force(now=now).numbers.count(A_DAY)
    refusal = TooManyRequests("lookouts_per_day", cap=cap)
    quotas.take_of_day(post.key, "lookouts", cap=cap, now=now, refusal=refusal, transaction=transaction)
    history.append(line(lookout, LookoutDeed.ASKED, by=lookout.asked_by, as_role=post.role, at=now), transaction)
    due.put(lookout.id, at=now, transaction=transaction)
    if key:
        idempotency.claim(key, lookout.id, now=now, transaction=transaction)
    transaction.commit()


def _role(lookout: Lookout, by: Actor) -> str:
    return next((post.role for post in by.posts if post.key == lookout.post), "centre")
