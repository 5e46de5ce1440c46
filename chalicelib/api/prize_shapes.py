"""The shapes that prizes and their stock take over HTTP."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Struct

from chalicelib.api import activity_shapes, shapes
from chalicelib.api.activity_shapes import ActivityBody, ActivityView
from chalicelib.api.shapes import Instant, PhotoView, Text
from chalicelib.domain.places import Crs
from chalicelib.domain.prizes.activities import Activity
from chalicelib.domain.prizes.model import (
    CalledOff,
    Offer,
    Period,
    PickUp,
    PrizeKind,
    PrizeState,
    Purchase,
    Schedule,
    Stock,
)

if TYPE_CHECKING:
    from chalicelib.services.prizes.catalogue import Shown

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Words = Annotated[str, Meta(max_length=200)]
Price = Annotated[int, Meta(ge=0, le=1_000_000)]
Fen = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Times = Annotated[int, Meta(ge=1, le=1000)]
VillageCode = Annotated[str, Meta(pattern=r"^\d{12}$")]
PhotoId = Annotated[str, Meta(min_length=1, max_length=40)]


class PickUpPlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where it is handed over or takes place, and when somebody is there; `village`: whose staff hand it over, too."""

    place: Name
    place_en: Name
    opening: Words = ""
    opening_en: Words = ""
    village: VillageCode | None = None


class ServiceTimes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a service begins and ends, and until when a booking can be cancelled."""

    begins_at: Instant
    ends_at: Instant
    cancel_until: Instant


class LimitsOfOne(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many one person may have in a local day, in a local month, ever; null for no limit."""

    day: Times | None = None
    month: Times | None = None
    ever: Times | None = None


class PrizeCost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one of it cost, in fen, and the budget line that paid."""

    price: Fen = 0
    budget_line: Words = ""


class NewPrize(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A prize to take home, or a service with `times`, whose places are its stock. `price` in points, may be 0; of an
    `activity` a booking costs it once, whoever comes along."""

    kind: PrizeKind
    name: Name
    name_en: Name
    text: Text = ""
    text_en: Text = ""
    price: Price
    limits: LimitsOfOne = LimitsOfOne()
    pick_up: PickUpPlace
    cost: PrizeCost = PrizeCost()
    times: ServiceTimes | None = None
    activity: ActivityBody | None = None
    valid_from: Instant | None = None
    valid_until: Instant | None = None
    state: PrizeState = PrizeState.DRAFT


class ChangedPrize(NewPrize, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The prize written anew; `photos`: which of its photos are shown, in this order, null for all as they are."""

    photos: Annotated[tuple[PhotoId, ...], Meta(max_length=9)] | None = None


class CallOffBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why it is called off: everybody who has a code is told so."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class CalledOffView(Struct, frozen=True, kw_only=True):
    """When it was called off, and why."""

    at: Instant
    reason: str


class StockView(Struct, frozen=True, kw_only=True):
    """How many are free, reserved by a code, and handed over."""

    free: int
    reserved: int
    handed: int


class PrizeView(Struct, frozen=True, kw_only=True):
    """A prize. `free`: how many can be redeemed now; `stock` is for staff, `cost` for centre and auditor."""

    id: str
    kind: PrizeKind
    name: str
    name_en: str
    text: str
    text_en: str
    price: int
    limits: LimitsOfOne
    pick_up: PickUpPlace
    times: ServiceTimes | None
    activity: ActivityView | None
    valid_from: Instant | None
    valid_until: Instant | None
    state: PrizeState
    free: int
    stock: StockView | None
    cost: PrizeCost | None
    photos: list[PhotoView]
    called_off: CalledOffView | None
    version: int


type PrizePhotoType = Literal["image/jpeg", "image/png", "image/webp", "image/heic"]


def offer(body: NewPrize) -> Offer:
    """What the body says."""
    limits = {period: cap for period in Period if (cap := getattr(body.limits, period)) is not None}
    return Offer(
        kind=body.kind,
        zh=body.name,
        en=body.name_en,
        text_zh=body.text,
        text_en=body.text_en,
        price=body.price,
        limits=limits,
        pick_up=PickUp(**_fields(body.pick_up)),
        purchase=cost_of(body.cost),
        schedule=Schedule(**_fields(body.times)) if body.times else None,
        activity=activity_shapes.activity(body.activity) if body.activity else None,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
        state=body.state,
    )


def cost_of(body: PrizeCost) -> Purchase:
    """The same as the domain has it."""
    return Purchase(price=body.price, budget_line=body.budget_line)


def view(shown: "Shown", crs: Crs = Crs.WGS84) -> PrizeView:
    """A prize as its reader sees it; where it takes place in the system asked for."""
    prize, offered = shown.prize, shown.prize.offer
    return PrizeView(
        id=prize.id,
        kind=offered.kind,
        name=offered.zh,
        name_en=offered.en,
        text=offered.text_zh,
        text_en=offered.text_en,
        price=offered.price,
        limits=LimitsOfOne(**{period.value: cap for period, cap in offered.limits.items()}),
        pick_up=place(offered.pick_up),
        times=times(offered.schedule),
        activity=_activity(offered.activity, crs, backstage=shown.backstage),
        valid_from=offered.valid_from,
        valid_until=offered.valid_until,
        state=offered.state,
        free=prize.stock.free,
        stock=stock(prize.stock) if shown.backstage else None,
        cost=cost(offered.purchase) if shown.accounts else None,
        photos=[shapes.photo(photo, shown.links) for photo in shown.photos],
        called_off=_called_off(prize.called_off),
        version=prize.version,
    )


def _activity(made: Activity | None, crs: Crs, *, backstage: bool) -> ActivityView | None:
    return activity_shapes.view(made, crs, backstage=backstage) if made else None


def _called_off(said: CalledOff | None) -> CalledOffView | None:
    return CalledOffView(at=said.at, reason=said.reason) if said else None


def stock(held: Stock) -> StockView:
    """A stock."""
    return StockView(free=held.free, reserved=held.reserved, handed=held.handed)


def place(pick_up: PickUp) -> PickUpPlace:
    """Where it is."""
    return PickUpPlace(**{name: getattr(pick_up, name) for name in PickUp.__slots__})


def times(schedule: Schedule | None) -> ServiceTimes | None:
    """When it is."""
    return ServiceTimes(**{name: getattr(schedule, name) for name in Schedule.__slots__}) if schedule else None


def cost(purchase: Purchase) -> PrizeCost:
    """What one of it cost."""
    return PrizeCost(price=purchase.price, budget_line=purchase.budget_line)


def _fields(body: Struct) -> dict[str, Any]:
    return {name: getattr(body, name) for name in body.__struct_fields__}
