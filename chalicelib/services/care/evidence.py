"""Use cases on what shows that a bag is the right one and somebody was at the door: codes, cards, photos."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.care import proofs
from chalicelib.domain.care.beneficiaries import Beneficiary
from chalicelib.domain.care.model import Visit
from chalicelib.domain.care.proofs import Card
from chalicelib.domain.care.run import carries
from chalicelib.domain.errors import Busy, Forbidden, IllegalAction, NotFound, StaleVersion
from chalicelib.domain.happenings import Thing, happened
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.photos import ContentType, Form, Purpose
from chalicelib.gateways import signing
from chalicelib.services.care import allocating
from chalicelib.services.reports.once import once
from chalicelib.services.reports.photos import forms
from chalicelib.store import history, idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries, cards, visits
from chalicelib.store.reports import photos

TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """What is to be printed on a visit's bag."""

    visit: Visit
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bags:
    """Some bags by when they are due, and where the next ones begin; None at the end."""

    bags: list[Bag]
    cursor: str | None


def bags(day: str, village: str | None, *, limit: int, cursor: str | None, by: Actor, now: datetime) -> Bags:
    """The bags of a local day, for who has them sealed: a page of visits that bring something.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_such_plan`), Invalid (`bad_cursor`).
    """
    page = allocating.day(day, village, limit=limit, cursor=cursor, by=by, now=now)
    wanted = [one for one in page.visits if carries(one) and not one.called_off]
    key = signing.pepper()
    return Bags(bags=[Bag(visit=one, code=proofs.bag_code(key, one.id)) for one in wanted], cursor=page.cursor)


def card(beneficiary_id: str, *, by: Actor) -> str:
    """What the card inside a door says, for the village that prints it: two reads.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_such_beneficiary`).
    """
    _require_village(beneficiary_id, by)
    return proofs.written(cards.of(beneficiary_id), signing.pepper())


def renew_card(beneficiary_id: str, *, key: Key | None, by: Actor, now: datetime) -> str:
    """A new card: the ones before are good no more. Raises Forbidden, NotFound (`no_such_beneficiary`), KeyReused,
    Busy."""

    def do() -> str:
        one = _require_village(beneficiary_id, by)
        for _ in range(TRIES):
            try:
                return proofs.written(_renewed(one, key=key, by=by, now=now), signing.pepper())
            except StaleVersion:
                continue
        raise Busy("store_contention")

    return once(key, do, lambda _: card(beneficiary_id, by=by))


def _renewed(one: Beneficiary, *, key: Key | None, by: Actor, now: datetime) -> Card:
    new = Card(beneficiary_id=one.id, number=cards.of(one.id).number + 1)
    transaction = Transaction()
    cards.renew(new, transaction)
    line = happened(
        Thing.BENEFICIARY,
        f"{one.id}.card",
        number=new.number,
        deed="card_renewed",
        at=now,
        actor_id=by.id,
        as_role=Role.VILLAGE,
        township=one.township,
        village=one.village,
    )
    history.append(line, transaction)
    if key:
        idempotency.claim(key, one.id, now=now, transaction=transaction)
    transaction.commit()
    return new


def add_photos(
    visit_id: str, wanted: Sequence[ContentType], *, key: Key | None, by: Actor, now: datetime
) -> list[Form]:
    """Declare photos of the door, with nobody on them, and answer a form for each that is awaited: two reads, one
    transaction. Only who has the visit may.

    Raises Forbidden, NotFound (`no_such_visit`), IllegalAction (`visit_state`), Invalid (`photos_too_many`), Conflict
    (`photo_place_taken`), KeyReused.
    """
    by.require(Role.COURIER)

    def do() -> list[Form]:
        visit = visits.get(visit_id)
        if by.id not in (visit.courier_id, *visit.asked):
            raise NotFound("no_such_visit", visit=visit_id)
        if visit.holder != by.id:
            raise IllegalAction("visit_state", action="photos", state=visit.state)
        held = photos.of(visit_id)
        asked = [(Purpose.DOOR, content_type) for content_type in wanted]
        declared = photo_rules.declare(visit_id, asked, existing=held, by=by.id, now=now)
        transaction = Transaction()
        photos.declare(declared, transaction)
        if key:
            idempotency.claim(key, visit_id, now=now, transaction=transaction)
        transaction.commit()
        return forms([*(one for one in held if one.by == by.id), *declared], now=now)

    return once(key, do, lambda _: forms([one for one in photos.of(visit_id) if one.by == by.id], now=now))


def _require_village(beneficiary_id: str, by: Actor) -> Beneficiary:
    by.require(Role.VILLAGE)
    one = beneficiaries.get(beneficiary_id)
    if not by.holds(Role.VILLAGE, one.village):
        raise Forbidden("not_your_area", area=one.village)
    return one
