"""The use case of whoever does something to a person: appoints him, lets him pause or leave, approves him anew."""

from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.actions import PersonAction, Places, Wish, hand_of
from chalicelib.domain.people.effects import decide
from chalicelib.domain.people.membership import membership
from chalicelib.domain.people.model import CLOSED, Actor, Person
from chalicelib.domain.reference.calendar import local_month
from chalicelib.services.care import carriers
from chalicelib.services.handouts import handouts
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.services.teams import leaving as teams
from chalicelib.services.volunteering import leaving as volunteers
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.login import sessions
from chalicelib.store.people import people as store
from chalicelib.store.rankings import boards


def act(person_id: str, wish: Wish, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Person:
    """Do something to a person, oneself perhaps: one read, one transaction with the line in the access log.

    `version` is what the actor had read; None for whatever there is. Raises NotFound, StaleVersion, Forbidden,
    IllegalAction, Invalid, Conflict (`phone_taken`, …), CapReached (`handout_limit`) and KeyReused.
    """
    hand = hand_of(person_id, wish.action, by=by, township=areas.township(now=now))

    def do() -> Person:
        before = store.get(person_id)
        if version is not None and version != before.version:
            raise StaleVersion("stale_version", version=before.version)
        after = decide(before, wish, hand, by=by, now=now, places=places(now=now))
        _store(before, after, wish, key=key, by=by, now=now)
        if membership(before) != membership(after):
            boards.touch([local_month(now)])
        if after.state in CLOSED:  # his tokens are void already: this only clears away what he was signed in on
            sessions.end_all(person_id)
        return after

    return once(key, do, store.get)


def _store(before: Person, after: Person, wish: Wish, *, key: Key | None, by: Actor, now: datetime) -> None:
    transaction = Transaction()
    store.change(before, after, transaction)
    carriers.follow(before, after, now=now, transaction=transaction)
    if wish.action is PersonAction.WELCOME_PACK and after.pack_on:
        handouts.add_pack(after, after.pack_on, wish.reason, by=by, now=now, transaction=transaction)
    volunteers.leave(before, after, now=now, transaction=transaction)
    told: dict[str, object] = {"action": wish.action}
    if wish.post:
        told["post"] = wish.post.key
    if ended := [post.key for post in before.posts if post not in after.posts]:
        told["ended"] = ended
    teams.follow(after, now=now, transaction=transaction)
    access.record(
        by, What.CHANGED_PERSON, before.id, purpose=wish.reason, now=now, details=told, transaction=transaction
    )
    if key:
        idempotency.claim(key, before.id, now=now, transaction=transaction)
    transaction.commit()


def places(*, now: datetime) -> Places:
    """Where roles may be held by the editions in force."""
    held, departments = areas.listing(now=now)[0], rulebook.in_force(now=now).departments
    return Places(
        township=held.township,
        villages=frozenset(area.code for area in held.villages),
        grids=frozenset(area.code for area in held.grids),
        departments=departments,
    )
