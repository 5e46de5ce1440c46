"""The use case of looking at a visit: each viewer gets what the table of `sight` names at that moment, and no more."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.care import looking
from chalicelib.domain.care.looking import Seen
from chalicelib.domain.care.personal import SEALED, Personal
from chalicelib.domain.care.sight import Field, Moment, Viewer
from chalicelib.domain.errors import NotFound
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import Link
from chalicelib.services.care import codes, personal, visited, writing
from chalicelib.services.people import looks as audited
from chalicelib.services.reports import photos as files
from chalicelib.store.people import people
from chalicelib.store.reports import photos


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A visit as somebody may see it now: what `fields` does not name, is not to be told. `courier`: surname, employer;
    `code`: what the elder tells the courier; `proof`: the photo of the door."""

    visit: Seen
    moment: Moment
    fields: frozenset[Field]
    personal: Personal
    code: str
    courier: tuple[str, str]
    proof: list[Link]


def of_visit(visit_id: str, *, by: Actor, whole: bool, now: datetime) -> Shown:
    """A visit for whoever asks: one read, and what the table names besides.

    Who has it is shown its door while that is open; staff are shown who it is where they ask for the `whole` of it;
    either look is noted first. Raises NotFound (`no_such_visit`) to who may know nothing of it, Busy.
    """
    visit, numbers = visited.get(visit_id), writing.numbers(now)
    seen_as = looking.viewers(by, visit, now=now)
    moment = looking.at(visit, numbers=numbers, now=now)
    fields = looking.fields(seen_as, moment)
    if Field.TIME not in fields:
        raise NotFound("no_such_visit", visit=visit_id)
    audited.note(by, f"visit:{visit_id}", township=visit.township, now=now)
    opened = fields if whole or Viewer.TAKER in seen_as else fields - SEALED
    return Shown(
        visit=visit,
        moment=moment,
        fields=opened,
        personal=_opened(visit, opened, by=by, door=seen_as == {Viewer.TAKER}, now=now),
        code=codes.door(visit_id) if Field.CODE in fields else "",
        courier=_courier(visit) if Field.COURIER in fields else ("", ""),
        proof=_proof(visit, now=now) if Field.PROOF in fields else [],
    )


def _opened(visit: Seen, fields: frozenset[Field], *, by: Actor, door: bool, now: datetime) -> Personal:
    """Who it is, as far as that is shown; what was forgotten is empty. That a courier sees the door is noted with the
    visit before he does."""
    if not fields & SEALED:
        return Personal()
    if door:
        visited.note_door(visit.id, now=now)
    try:
        return personal.reveal(visit.beneficiary_id, by=by, what=fields, purpose=f"visit {visit.id}", now=now)
    except NotFound:
        return Personal()


def _courier(visit: Seen) -> tuple[str, str]:
    found = people.find(visit.courier_id) if visit.courier_id and visit.is_taken else None
    return (found.name[:1], found.employer) if found else ("", "")


def _proof(visit: Seen, *, now: datetime) -> list[Link]:
    photo = photos.find(visit.id, visit.photo_id) if visit.photo_id else None
    return files.links([photo], now=now) if photo else []
