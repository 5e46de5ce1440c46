"""The shapes volunteering takes over HTTP: what is called for, when and where, and who comes."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.shapes import Instant, Lat, Lon, NeededText, Text
from chalicelib.domain.places import Crs, Point, coordinates, point_from
from chalicelib.domain.volunteering.model import (
    MOST_CHECK_POINTS,
    MOST_MEDIATORS,
    MOST_PLACES,
    MOST_SLOTS,
    CheckPoint,
    Matter,
    Spot,
    Terms,
)
from chalicelib.domain.volunteering.presence import Whereabouts
from chalicelib.domain.volunteering.terms import OpenTo, SlotState, VolunteerKind

if TYPE_CHECKING:
    from chalicelib.domain.volunteering.model import Slot

Title = Annotated[str, Meta(min_length=1, max_length=60)]
TitleEn = Annotated[str, Meta(max_length=120)]
PlaceName = Annotated[str, Meta(min_length=1, max_length=100)]
Skill = Annotated[str, Meta(min_length=1, max_length=30)]
Village = Annotated[str, Meta(pattern=r"^\d{12}$")]
PersonId = Annotated[str, Meta(min_length=1, max_length=100)]
Reason = Annotated[str, Meta(max_length=500)]
Places = Annotated[int, Meta(ge=1, le=MOST_PLACES)]


class SlotPoint(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Degrees in the client's system."""

    lat: Lat
    lon: Lon
    crs: Crs = Crs.WGS84


class SlotPlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where it takes place: in words, and on the map; a mediation may have words alone."""

    name: PlaceName
    name_en: TitleEn = ""
    point: SlotPoint | None = None


class CheckPointBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stop of a patrol."""

    name: PlaceName
    name_en: TitleEn = ""
    point: SlotPoint


class SlotTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When and where, and for how many. Nobody signs up from `closes_at` on (null: from the start on); with fewer than
    `least` whoever called is told then. With `waiting`, who comes too late waits for a place. A `route` is a patrol's.
    """

    start: Instant
    end: Instant
    closes_at: Instant | None = None
    place: SlotPlace
    route: Annotated[tuple[CheckPointBody, ...], Meta(max_length=MOST_CHECK_POINTS)] = ()
    capacity: Places = 1
    least: Places = 1
    waiting: bool = True


class NewCall(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A call to volunteer, in a village. `skills`: those that everybody needs, as couriers name them; `open_to`: the
    couriers of the village's rounds, or all of the township. A mediation names its `mediators`, and has one slot. Of a
    resident's ask, title and text say neither who nor where: the place is for who goes there."""

    kind: VolunteerKind
    village: Village
    title: Title
    title_en: TitleEn = ""
    text: Text = ""
    text_en: Text = ""
    skills: Annotated[tuple[Skill, ...], Meta(max_length=10)] = ()
    open_to: OpenTo = OpenTo.VILLAGE
    mediators: Annotated[tuple[PersonId, ...], Meta(max_length=MOST_MEDIATORS)] = ()
    slots: Annotated[tuple[SlotTerms, ...], Meta(min_length=1, max_length=MOST_SLOTS)]


class PhonePlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a phone says it is, metres of accuracy with it."""

    lat: Lat
    lon: Lon
    crs: Crs = Crs.WGS84
    accuracy: Annotated[float, Meta(ge=0, le=100_000)] = 0.0


class SlotReason(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why."""

    reason: NeededText


class SlotPlaceView(Struct, frozen=True, kw_only=True):
    """A place in words and in the system asked for; of the words alone, the degrees are null."""

    name: str
    name_en: str
    lat: float | None
    lon: float | None


class SlotView(Struct, frozen=True, kw_only=True):
    """A slot: `taken` of its places are, and so many wait. `place` is null, and `route` empty, to who may not know
    where a resident lives. `version` is what If-Match takes."""

    id: str
    kind: VolunteerKind
    village: str
    title: str
    title_en: str
    text: str
    text_en: str
    skills: tuple[str, ...]
    open_to: OpenTo
    state: SlotState
    start: Instant
    end: Instant
    closes_at: Instant
    place: SlotPlaceView | None
    route: list[SlotPlaceView]
    capacity: int
    least: int
    waits: bool
    taken: int
    waiting: int
    reason: str
    version: int


def matter(body: NewCall) -> Matter:
    """What is called for."""
    return Matter(
        kind=body.kind,
        village=body.village,
        zh=body.title.strip(),
        en=body.title_en.strip(),
        text_zh=body.text,
        text_en=body.text_en,
        skills=body.skills,
        open_to=body.open_to,
    )


def terms(body: SlotTerms) -> Terms:
    """When and where."""
    place = body.place
    return Terms(
        start=body.start,
        end=body.end,
        closes_at=body.closes_at or body.start,
        place=Spot(zh=place.name, en=place.name_en, point=_point(place.point) if place.point else None),
        route=tuple(CheckPoint(zh=stop.name, en=stop.name_en, point=_point(stop.point)) for stop in body.route),
        capacity=body.capacity,
        least=body.least,
        waits=body.waiting,
    )


def whereabouts(found: PhonePlace | None, reason: str) -> Whereabouts:
    """Where the phone is, if it knows."""
    if found is None:
        return Whereabouts(reason=reason)
    point = point_from(found.lat, found.lon, crs=found.crs)
    return Whereabouts(point=point, accuracy=found.accuracy, reason=reason)


def view(slot: "Slot", crs: Crs, *, place: bool, taken: int, waiting: int) -> SlotView:
    """A slot, with its place or without."""
    what, when = slot.matter, slot.terms
    return SlotView(
        id=slot.id,
        kind=what.kind,
        village=what.village,
        title=what.zh,
        title_en=what.en,
        text=what.text_zh,
        text_en=what.text_en,
        skills=what.skills,
        open_to=what.open_to,
        state=slot.state,
        start=when.start,
        end=when.end,
        closes_at=when.closes_at,
        place=_place(when.place, crs) if place else None,
        route=[_place(Spot(zh=stop.zh, en=stop.en, point=stop.point), crs) for stop in when.route] if place else [],
        capacity=when.capacity,
        least=when.least,
        waits=when.waits,
        taken=taken,
        waiting=waiting,
        reason=slot.called_off.reason if slot.called_off else "",
        version=slot.edits,
    )


def _place(spot: Spot, crs: Crs) -> SlotPlaceView:
    at = coordinates(spot.point, crs=crs) if spot.point else None
    return SlotPlaceView(name=spot.zh, name_en=spot.en, lat=at.lat if at else None, lon=at.lon if at else None)


def _point(body: SlotPoint) -> Point:
    return point_from(body.lat, body.lon, crs=body.crs)
