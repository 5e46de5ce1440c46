"""Use case of a courier who was asked: seen or not seen, with a coarse place and a photo where he likes."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.errors import Busy, NotFound, StaleVersion
from chalicelib.domain.happenings import Thing, happened
from chalicelib.domain.lookouts import answering as rules
from chalicelib.domain.lookouts.answering import Told
from chalicelib.domain.lookouts.model import Lookout, LookoutAnswer, LookoutDeed
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.photos import ContentType, Form, Purpose
from chalicelib.domain.places import Point
from chalicelib.services.lookouts import telling
from chalicelib.services.reference import areas
from chalicelib.services.reports import photos as files
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.lookouts import answers as said
from chalicelib.store.lookouts import lookouts as store
from chalicelib.store.people import people
from chalicelib.store.reports import photos

TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer as it was taken, and the forms for its photo."""

    answer: LookoutAnswer
    uploads: list[Form]


def answer(
    lookout_id: str, seen: bool, place: Point | None, photo: ContentType | None, *, id: str, by: Actor, now: datetime
) -> Given:
    """Answer, or change one's answer: three reads and a transaction; with a photo a query more.

    Raises Forbidden (`role_needed`), NotFound (`no_such_lookout`) for who was not asked, Conflict (`lookout_over`),
    Invalid (`lookout_not_seen`, `photos_too_many`).
    """
    by.require(Role.COURIER)
    lookout, person = store.get(lookout_id), people.find(by.id)
    if person is None:
        raise NotFound("no_such_lookout", lookout=lookout_id)
    grid = areas.locate(rules.coarse(place), now=now).grid if place else None
    told = Told(seen=seen, place=place, grid=grid, photo=photo is not None)
    for _ in range(TRIES):
        before = said.answer(lookout_id, by.id)
        made = rules.answered(lookout, told, before, id=id, person=person, now=now)
        try:
            return _store(lookout, made, photo, news=made.seen and not (before and before.seen), now=now)
        except StaleVersion:
            continue
    raise Busy("store_contention")


def _store(lookout: Lookout, made: LookoutAnswer, photo: ContentType | None, *, news: bool, now: datetime) -> Given:
    transaction = Transaction()
    held = photos.of(made.id) if photo else []
    wanted = [(Purpose.LOOKOUT, photo)] if photo else []
    declared = photo_rules.declare(made.id, wanted, existing=held, by=made.id, now=now)
    store.require_open(lookout, now, transaction)
    said.put_answer(made, transaction)
    photos.declare(declared, transaction)
    if news:
        telling.tell_asker(lookout, made, transaction)
    history.append(
        happened(
            Thing.LOOKOUT,
            f"{lookout.id}.{made.id}",
            number=made.version,
            deed=LookoutDeed.ANSWERED,
            at=now,
            actor_id=made.person_id,
            as_role=Role.COURIER,
            township=lookout.township,
            village=made.grid[:12] if made.grid else None,
            person_id=made.person_id,
            facts={"lookout": lookout.id, "post": lookout.post, "seen": made.seen, "kind": lookout.kind},
        ),
        transaction,
    )
    transaction.commit()
    return Given(answer=made, uploads=files.forms(declared, now=now))
