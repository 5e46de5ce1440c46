"""What a courier may answer: seen or not, with a coarse place only where he has seen something; and change it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.lookouts.asking import concerns
from chalicelib.domain.lookouts.model import Lookout, LookoutAnswer, Tally
from chalicelib.domain.people.model import Person
from chalicelib.domain.places import Point

DECIMALS = 3  # of a degree: about a hundred metres, a street and not a door


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a courier says, and where he was; `photo`: whether he sends one."""

    seen: bool
    place: Point | None
    grid: str | None
    photo: bool


def answered(
    lookout: Lookout, told: Told, before: LookoutAnswer | None, *, id: str, person: Person, now: datetime
) -> LookoutAnswer:
    """His answer, in the place of an earlier one. `id` is that of a first answer.

    Raises NotFound (`no_such_lookout`) for who was not asked, Conflict (`lookout_over`), Invalid (`lookout_not_seen`)
    where he has seen nothing and says where.
    """
    if not concerns(lookout, person.round):
        raise NotFound("no_such_lookout", lookout=lookout.id)
    if not lookout.is_open(now):
        raise Conflict("lookout_over")
    if not told.seen and (told.place or told.photo):
        raise Invalid("lookout_not_seen")
    return LookoutAnswer(
        id=before.id if before else id,
        lookout_id=lookout.id,
        person_id=person.id,
        seen=told.seen,
        at=now,
        place=coarse(told.place) if told.place else None,
        grid=told.grid,
        has_photo=told.photo or (told.seen and before is not None and before.has_photo),
        version=before.version + 1 if before else 1,
    )


def coarse(point: Point) -> Point:
    """The middle of a hundred metres."""
    return Point(lat=round(point.lat, DECIMALS), lon=round(point.lon, DECIMALS))


def stripped(answer: LookoutAnswer) -> LookoutAnswer:
    """What he answered, without where he was."""
    return replace(answer, place=None, grid=None, has_photo=False, version=answer.version + 1)


def tally(asked: int, answers: Iterable[LookoutAnswer]) -> Tally:
    """How many were asked, and answered what."""
    said = [answer.seen for answer in answers]
    return Tally(asked=asked, seen=said.count(True), not_seen=said.count(False))
