"""Use cases on the catalogue: the centre writes it, everybody reads what is open."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.photos import Link, Photo
from chalicelib.domain.prizes import catalogue as rules
from chalicelib.domain.prizes import powers
from chalicelib.domain.prizes.model import Offer, Prize, PrizeState, is_offered
from chalicelib.domain.prizes.movements import Cause, Movement
from chalicelib.services.people import access
from chalicelib.services.prizes import pictures
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.prizes import prizes as store


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A prize as its reader sees it; `backstage`: with its stock, `accounts`: with what it cost."""

    prize: Prize
    backstage: bool
    accounts: bool
    photos: list[Photo]
    links: list[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """Some prizes, those that end first, and where the next ones begin; None at the end."""

    prizes: list[Shown]
    cursor: str | None


def create(id: str, offer: Offer, *, key: Key | None, by: Actor, now: datetime) -> Shown:
    """Enter a prize, with nothing in stock yet: one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (see `catalogue.checked`), KeyReused.
    """
    township = _township(by, now)

    def do() -> Shown:
        prize = Prize(id=id, township=township, offer=_checked(offer, now), made_by=by.id, made_at=now)
        transaction = Transaction()
        store.put(prize, transaction)
        store.move(id, Movement(id=id, at=now, cause=Cause.MADE, by=by.id), transaction)
        if key:
            idempotency.claim(key, id, now=now, transaction=transaction)
        transaction.commit()
        return _shown([prize], by, now)[0]

    return once(key, do, lambda made: view(made, by=by, now=now))


def change(
    prize_id: str, offer: Offer, photos: tuple[str, ...] | None, *, version: int | None, by: Actor, now: datetime
) -> Shown:
    """Write the offer anew; `photos`: which are shown, in this order, None for those there are. One read, one
    transaction.

    Raises Forbidden, NotFound, StaleVersion, Invalid, Conflict (`prize_was_open`, `prize_is_booked`).
    """
    _township(by, now)
    before = store.get(prize_id)
    if version not in (None, before.version):
        raise StaleVersion("stale_version", version=before.version)
    after = rules.edited(before, _checked(offer, now), before.photos if photos is None else photos)
    fields = ", ".join(rules.changed_fields(before.offer, after.offer))
    transaction = Transaction()
    store.edit(after, unbooked=rules.is_rescheduled(before.offer, after.offer), transaction=transaction)
    edited = Movement(id=f"{prize_id}#{after.version}", at=now, cause=Cause.EDITED, by=by.id, reason=fields)
    store.move(prize_id, edited, transaction)
    pictures.take_off(before, after, now=now, transaction=transaction)
    transaction.commit()
    return _shown([after], by, now)[0]


def view(prize_id: str, *, by: Actor, now: datetime) -> Shown:
    """A prize: a read, and a batch of its photos; an auditor's look is noted. Raises NotFound (`no_such_prize`)."""
    prize = store.get(prize_id)
    powers.require_sight(by, prize)
    _note(prize_id, by, now)
    return _shown([prize], by, now)[0]


def listing(state: PrizeState, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> ShownPage:
    """The township's prizes in a state, those that end first: one query, and a batch of their photos.

    Backstage all of them; everybody else, what can be redeemed now: no other state gives him any. An auditor's look at
    what they cost is noted.
    Raises Invalid (`bad_cursor`).
    """
    township = areas.township(now=now)
    if powers.is_backstage(by, township):
        page = store.page(township, state, since=None, limit=limit, cursor=cursor)
        _note(township, by, now)
        return ShownPage(prizes=_shown(page.prizes, by, now), cursor=page.cursor)
    if state is not PrizeState.OPEN:
        return ShownPage(prizes=[], cursor=None)
    page = store.page(township, state, since=now, limit=limit, cursor=cursor)
    offered = [prize for prize in page.prizes if is_offered(prize.offer, now)]
    return ShownPage(prizes=_shown(offered, by, now), cursor=page.cursor)


def _note(subject: str, by: Actor, now: datetime) -> None:
    """That an auditor read what prizes cost: the centre, which buys them, need not say so."""
    township = areas.township(now=now)
    if powers.is_accountant(by, township) and not by.holds(Role.CENTRE, township):
        access.record(by, What.READ_PRIZES, subject, now=now)


def _township(by: Actor, now: datetime) -> str:
    township = areas.township(now=now)
    powers.require_keeper(by, township)
    return township


def _checked(offer: Offer, now: datetime) -> Offer:
    places, _ = areas.listing(now=now)
    numbers = rulebook.in_force(now=now).numbers
    return rules.checked(offer, villages={village.code for village in places.villages}, numbers=numbers)


def _shown(prizes: list[Prize], by: Actor, now: datetime) -> list[Shown]:
    township, photos = areas.township(now=now), pictures.of(prizes)
    return [
        Shown(
            prize=prize,
            backstage=powers.is_backstage(by, township),
            accounts=powers.is_accountant(by, township),
            photos=photos[prize.id],
            links=pictures.links(photos[prize.id], now=now),
        )
        for prize in prizes
    ]
