"""The shapes of beneficiaries: who is cared for, as lists and staff read it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from msgspec import Meta, Struct

from chalicelib.api.personal_shapes import PersonalBody, PersonalView, personal
from chalicelib.api.shapes import Instant, Lat, Lon
from chalicelib.domain.care.beneficiaries import (
    BeneficiaryState,
    CareEnding,
    NeedGround,
    NeedRefusal,
    NeedState,
    PausedBy,
)
from chalicelib.domain.care.complaints import Redress
from chalicelib.domain.care.sight import Field
from chalicelib.domain.care.terms import Service
from chalicelib.domain.people.model import Role
from chalicelib.domain.places import Crs

if TYPE_CHECKING:
    from chalicelib.domain.care.beneficiaries import Beneficiary, Need
    from chalicelib.services.care.registers import Look, Whole

# The words of `Service`: in the document, an enum of reports has its name.
type CareService = Literal["meal", "medicine", "visit"]
Services = Annotated[frozenset[CareService], Meta(min_length=1)]
Grounds = Annotated[frozenset[NeedGround], Meta(min_length=1)]
Village = Annotated[str, Meta(pattern=r"^\d{12}$")]
Grid = Annotated[str, Meta(pattern=r"^\d{15}$")]


class DoorSpot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the door is, in the system named."""

    lat: Lat
    lon: Lon
    crs: Crs


class WhoBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who it is and where: name the `grid`, or the `spot` of the door."""

    personal: PersonalBody
    village: Village
    grid: Grid | None = None
    spot: DoorSpot | None = None


class PauseView(Struct, frozen=True, kw_only=True):
    """No visits from `first` to `last`, local days; `asked`: the family wants it to stop, and the village is to ask."""

    first: date
    last: date
    by: PausedBy
    asked: bool


class BeneficiaryCard(Struct, frozen=True, kw_only=True):
    """A beneficiary without who it is: `name` is masked. Visits are made for `services` that are `consented` to, while
    the state is active and no pause is on; `need` is what waits for the centre. `complaints`: how many there were."""

    id: str
    name: str
    village: str
    grid: str
    state: BeneficiaryState
    services: list[CareService]
    consented: list[CareService]
    wanted: list[CareService]
    need: str
    pauses: list[PauseView]
    ending: CareEnding | None
    raised_at: Instant
    linked_until: Instant | None
    complaints: int
    version: int


class NeedView(Struct, frozen=True, kw_only=True):
    """What was asked for, why, and what the centre said."""

    id: str
    services: list[CareService]
    grounds: list[NeedGround]
    state: NeedState
    accepted: list[CareService]
    refusal: NeedRefusal | None
    raised_by: str
    raised_at: Instant
    decided_by: str
    decided_at: Instant | None


class ComplaintView(Struct, frozen=True, kw_only=True):
    """What the family complains of, and what came of it."""

    id: str
    at: Instant
    words: str
    outcome: Redress
    answered_by: str
    answered_at: Instant | None


class BeneficiaryView(BeneficiaryCard, frozen=True, kw_only=True):
    """… and with who it is: `fields` are those that the caller may know, of name, contact, door and notes."""

    personal: PersonalView
    fields: list[Field]
    needs: list[NeedView]
    complaint_list: list[ComplaintView]


class BeneficiaryPage(Struct, frozen=True, kw_only=True):
    """Some beneficiaries, newest first; `cursor` asks for the next ones, null at the end."""

    beneficiaries: list[BeneficiaryCard]
    cursor: str | None


class LookView(Struct, frozen=True, kw_only=True):
    """Somebody looked: as which roles, his name masked, when, at which fields and what for."""

    at: Instant
    roles: list[Role]
    name: str
    fields: list[str]
    purpose: str


def named(services: Iterable[Service]) -> list[CareService]:
    """Services by their words."""
    return cast("list[CareService]", sorted(services))


def meant(services: Iterable[CareService]) -> frozenset[Service]:
    """The services that these words mean."""
    return frozenset(map(Service, services))


def card(one: "Beneficiary") -> BeneficiaryCard:
    """A beneficiary as a list shows him."""
    return BeneficiaryCard(**fields(one))


def fields(one: "Beneficiary") -> dict[str, Any]:
    """What every shape of a beneficiary has in common."""
    return {
        "id": one.id,
        "name": one.masked,
        "village": one.village,
        "grid": one.grid,
        "state": one.state,
        "services": named(one.services),
        "consented": named(one.consented),
        "wanted": named(one.wanted),
        "need": one.need,
        "pauses": [PauseView(first=each.first, last=each.last, by=each.by, asked=each.asked) for each in one.pauses],
        "ending": one.ending,
        "raised_at": one.raised_at,
        "linked_until": one.linked_until,
        "complaints": one.complaints,
        "version": one.version,
    }


def whole(seen: "Whole") -> BeneficiaryView:
    """A beneficiary as staff work with him."""
    return BeneficiaryView(
        **fields(seen.beneficiary),
        personal=personal(seen.personal),
        fields=sorted(seen.fields),
        needs=[need(one) for one in seen.needs],
        complaint_list=[
            ComplaintView(
                id=one.id,
                at=one.at,
                words=seen.words[one.id],
                outcome=one.outcome,
                answered_by=one.answered_by,
                answered_at=one.answered_at,
            )
            for one in seen.complaints
        ],
    )


def need(one: "Need") -> NeedView:
    """A need."""
    return NeedView(
        id=one.id,
        services=named(one.services),
        grounds=sorted(one.grounds),
        state=one.state,
        accepted=named(one.accepted),
        refusal=one.refusal,
        raised_by=one.raised_by,
        raised_at=one.raised_at,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
    )


def look(one: "Look") -> LookView:
    """A look."""
    return LookView(at=one.at, roles=list(one.roles), name=one.name, fields=list(one.fields), purpose=one.purpose)
