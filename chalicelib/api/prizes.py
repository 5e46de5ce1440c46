"""The catalogue over HTTP: what points can be redeemed for, its photos and its stock."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api import prize_shapes, shapes, stock_shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.prize_shapes import (
    CallOffBody,
    ChangedPrize,
    NewPrize,
    PrizePhotoType,
    PrizeView,
    StockView,
)
from chalicelib.api.shapes import InCrs, Paging, UploadForm
from chalicelib.api.stock_shapes import MovementView, Purchased, StockChange
from chalicelib.domain.photos import ContentType
from chalicelib.domain.places import Crs
from chalicelib.domain.prizes.model import PrizeState

api = Api(__name__)


class PrizesQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which state; anything but `open` is for staff."""

    state: PrizeState = PrizeState.OPEN
    crs: Crs = Crs.WGS84


class PrizePage(Struct, frozen=True, kw_only=True):
    """Some prizes, those that end first; `cursor` asks for the next ones, null at the end."""

    prizes: list[PrizeView]
    cursor: str | None


class PrizePhotos(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Types of the photos to be uploaded; with none, fresh forms for those still awaited."""

    photos: Annotated[tuple[PrizePhotoType, ...], Meta(max_length=9)] = ()


class PrizeUploads(Struct, frozen=True, kw_only=True):
    """A form for each photo that the prize waits for."""

    id: str
    uploads: list[UploadForm]


class MovementPage(Struct, frozen=True, kw_only=True):
    """Some movements of the stock, newest first; `cursor` asks for the next ones, null at the end."""

    movements: list[MovementView]
    cursor: str | None


@api.route("/prizes", methods=["POST"], status=201, authorizer=authorize)
def make_prize(ask: Ask, body: NewPrize) -> PrizeView:
    """Enter a prize or a service into the catalogue, for the centre. There is none of it until a stock is told."""
    from chalicelib.services.prizes import catalogue

    made = catalogue.create(new_id(ask.now), prize_shapes.offer(body), key=ask.key, by=ask.actor, now=ask.now)
    return prize_shapes.view(made)


@api.route("/prizes", methods=["GET"], authorizer=authorize)
def list_prizes(ask: Ask, query: PrizesQuery) -> PrizePage:
    """What can be redeemed now, what ends first in front; for staff also drafts and what is closed."""
    from chalicelib.services.prizes import catalogue

    page = catalogue.listing(query.state, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return PrizePage(prizes=[prize_shapes.view(one, query.crs) for one in page.prizes], cursor=page.cursor)


@api.route("/prizes/{prize_id}", methods=["GET"], authorizer=authorize)
def get_prize(ask: Ask, prize_id: str, query: InCrs) -> PrizeView:
    """A prize with its photos."""
    from chalicelib.services.prizes import catalogue

    return prize_shapes.view(catalogue.view(prize_id, by=ask.actor, now=ask.now), query.crs)


@api.route("/prizes/{prize_id}", methods=["PUT"], authorizer=authorize)
def change_prize(ask: Ask, prize_id: str, body: ChangedPrize) -> PrizeView:
    """Write a prize anew, for the centre: open, close, change its price. Send the version you read as If-Match."""
    from chalicelib.services.prizes import catalogue

    offer = prize_shapes.offer(body)
    changed = catalogue.change(prize_id, offer, body.photos, version=ask.version, by=ask.actor, now=ask.now)
    return prize_shapes.view(changed)


@api.route("/prizes/{prize_id}/cancellation", methods=["POST"], authorizer=authorize)
def call_off_prize(ask: Ask, prize_id: str, body: CallOffBody) -> PrizeView:
    """Call a prize or a service off for good, also days after it should have taken place: who has a code gets points
    back and is told why, within minutes. For the centre."""
    from chalicelib.services.prizes import calling_off

    return prize_shapes.view(calling_off.call_off(prize_id, reason=body.reason, by=ask.actor, now=ask.now))


@api.route("/prizes/{prize_id}/photos", methods=["POST"], authorizer=authorize)
def add_prize_photos(ask: Ask, prize_id: str, body: PrizePhotos) -> PrizeUploads:
    """Add photos to a prize: declared here, sent straight to storage with the forms. For the centre."""
    from chalicelib.services.prizes import pictures

    wanted = [ContentType(photo) for photo in body.photos]
    forms = pictures.add(prize_id, wanted, version=ask.version, key=ask.key, by=ask.actor, now=ask.now)
    return PrizeUploads(id=prize_id, uploads=[shapes.form(form) for form in forms])


@api.route("/prizes/{prize_id}/stock", methods=["POST"], authorizer=authorize)
def move_stock(ask: Ask, prize_id: str, body: StockChange) -> StockView:
    """Tell of a purchase, or of what stock-taking found, and why. Never fewer than are reserved. For the centre."""
    from chalicelib.services.prizes import stock

    told = stock.Told(id=new_id(ask.now), reason=body.reason, key=ask.key, by=ask.actor, now=ask.now)
    if isinstance(body, Purchased):
        return prize_shapes.stock(stock.purchase(prize_id, body.count, prize_shapes.cost_of(body.cost), told))
    return prize_shapes.stock(stock.count(prize_id, body.shelf, told))


@api.route("/prizes/{prize_id}/movements", methods=["GET"], authorizer=authorize)
def list_movements(ask: Ask, prize_id: str, query: Paging) -> MovementPage:
    """Everything that moved a prize's stock or changed it, with purchases: for centre and auditor."""
    from chalicelib.services.prizes import stock

    found, cursor = stock.listing(prize_id, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return MovementPage(movements=[stock_shapes.movement(one) for one in found], cursor=cursor)
