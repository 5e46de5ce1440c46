"""The shapes that activities and their bookings take over HTTP."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.shapes import Instant, Lat, Lon
from chalicelib.domain.care.terms import Service as Care
from chalicelib.domain.places import Crs, Point, coordinates, point_from
from chalicelib.domain.prizes.activities import Activity, ActivityKind, Family, Guests

Body = Annotated[str, Meta(min_length=1, max_length=100)]
PersonId = Annotated[str, Meta(min_length=1, max_length=64)]
Several = Annotated[int, Meta(ge=0, le=20)]
Wording = Annotated[int, Meta(ge=1)]

type Trained = Literal["meal", "medicine", "visit"]


class Spot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place: degrees in the coordinate system `crs`."""

    lat: Lat
    lon: Lon
    crs: Crs = Crs.WGS84


class ActivityBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What there is to say of an activity besides what every service has. `organiser` is a body; `organisers` are
    couriers who help to run it. Nobody registers after `closes_at`; each booking may bring `family_places` family
    members. Who passes a training is trained for `trains`."""

    kind: ActivityKind
    organiser: Body
    organiser_en: Body
    location: Spot
    closes_at: Instant
    family_places: Several = 0
    organisers: Annotated[tuple[PersonId, ...], Meta(max_length=20)] = ()
    trains: Annotated[tuple[Trained, ...], Meta(max_length=3)] = ()


class ActivityView(Struct, frozen=True, kw_only=True):
    """An activity. `organisers` are told to staff alone."""

    kind: ActivityKind
    organiser: str
    organiser_en: str
    location: Spot
    closes_at: Instant
    family_places: int
    organisers: list[str] | None
    trains: list[Trained]


class FamilyCount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many family members, without their names."""

    adults: Several = 0
    children: Several = 0


class FamilyBody(FamilyCount, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who comes along. For children `consent` is the version of the wording that you, their guardian, agree to: needed
    where there are more of them than before."""

    consent: Wording | None = None


ALONE = FamilyBody()


def activity(body: ActivityBody) -> Activity:
    """The same as the domain has it."""
    spot = body.location
    return Activity(
        kind=body.kind,
        organiser=body.organiser,
        organiser_en=body.organiser_en,
        point=point_from(spot.lat, spot.lon, crs=spot.crs),
        closes_at=body.closes_at,
        family_places=body.family_places,
        organisers=tuple(dict.fromkeys(body.organisers)),
        trains=tuple(dict.fromkeys(Care(one) for one in body.trains)),
    )


def view(made: Activity, crs: Crs, *, backstage: bool) -> ActivityView:
    """An activity as its reader sees it."""
    return ActivityView(
        kind=made.kind,
        organiser=made.organiser,
        organiser_en=made.organiser_en,
        location=spot(made.point, crs),
        closes_at=made.closes_at,
        family_places=made.family_places,
        organisers=list(made.organisers) if backstage else None,
        trains=[one.value for one in made.trains],
    )


def spot(point: Point, crs: Crs) -> Spot:
    """A place in the system asked for."""
    at = coordinates(point, crs=crs)
    return Spot(lat=at.lat, lon=at.lon, crs=crs)


def guests(body: FamilyBody) -> Guests:
    """The same as the domain has it."""
    return Guests(family=family(body), consent=body.consent or 0)


def family(body: FamilyCount) -> Family:
    """The same as the domain has it."""
    return Family(adults=body.adults, children=body.children)


def count(of: Family) -> FamilyCount:
    """How many."""
    return FamilyCount(adults=of.adults, children=of.children)
