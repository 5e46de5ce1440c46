"""Redemptions over HTTP: a courier redeems, shows his code, gives back; a counter hands over."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api import activity_shapes, prize_shapes
from chalicelib.api.activity_shapes import ALONE, FamilyBody, FamilyCount
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_code, new_id
from chalicelib.api.prize_shapes import PickUpPlace, Price, ServiceTimes
from chalicelib.api.shapes import Instant, Paging
from chalicelib.domain.prizes.activities import ActivityKind, CourseResult
from chalicelib.domain.prizes.redemptions import RedemptionState

if TYPE_CHECKING:
    from chalicelib.domain.prizes.redemptions import Redemption

api = Api(__name__)

Typed = Annotated[str, Meta(min_length=1, max_length=40)]


class RedeemBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`price`: what it cost when you saw it; where it costs something else by now, nothing is redeemed. `family`: who
    comes along to an activity."""

    price: Price | None = None
    family: FamilyBody = ALONE


class CancelBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why: needed of staff, a courier need not say."""

    reason: Annotated[str, Meta(max_length=200)] = ""


class CodeBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code as somebody reads it out: in any case, with blanks or dashes."""

    code: Typed


class HandedOver(CodeBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """… and when it was handed over, where the counter was offline then; null for now. `family`: who came along to an
    activity, null for all that were booked for."""

    handed_at: Instant | None = None
    family: FamilyCount | None = None


class RedemptionsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which state."""

    state: RedemptionState = RedemptionState.RESERVED


class RedemptionView(Struct, frozen=True, kw_only=True):
    """One of a prize for one courier. `code` is told to him while it is good; `courier_id` to him and the centre.

    Goods can be fetched until `until`; a service ends then. `handed_at` by the counter's clock, `confirmed_at` by ours.
    Of an `activity`: who was to come along (`family`), and who `came`; `guardian_consent`: children are counted by it.
    """

    id: str
    prize_id: str
    name: str
    name_en: str
    price: int
    state: RedemptionState
    code: str | None
    courier_id: str | None
    pick_up: PickUpPlace
    times: ServiceTimes | None
    at: Instant
    until: Instant
    handed_at: Instant | None
    handed_by: str | None
    confirmed_at: Instant | None
    ended_at: Instant | None
    reason: str
    activity: ActivityKind | None
    family: FamilyCount
    came: FamilyCount
    guardian_consent: bool
    course: CourseResult
    version: int


class CodeView(Struct, frozen=True, kw_only=True):
    """A code, and `qr`: an SVG document that shows it."""

    code: str
    qr: str


class RedemptionPage(Struct, frozen=True, kw_only=True):
    """Some redemptions, newest first; `cursor` asks for the next ones, null at the end."""

    redemptions: list[RedemptionView]
    cursor: str | None


@api.route(
    "/prizes/{prize_id}/redemptions",
    methods=["POST"],
    status=201,
    result="/redemptions/{id}",
    authorizer=authorize,
)
def redeem_prize(ask: Ask, prize_id: str, body: RedeemBody) -> RedemptionView:
    """Redeem a prize, or book a service: points, stock, limit and a code at once, or nothing; a refusal says which of
    them it was. Safe to repeat with the same Idempotency-Key."""
    from chalicelib.services.prizes import redeeming
    from chalicelib.services.prizes.redeeming import Wish

    wish = Wish(
        id=new_id(ask.now),
        prize_id=prize_id,
        agreed=body.price,
        new_code=new_code,
        key=ask.key,
        by=ask.actor,
        now=ask.now,
        guests=activity_shapes.guests(body.family),
    )
    return view(redeeming.redeem(wish), own=True)


@api.route("/prizes/{prize_id}/redemptions", methods=["GET"], authorizer=authorize)
def list_prize_redemptions(ask: Ask, prize_id: str, query: RedemptionsQuery) -> RedemptionPage:
    """Who redeemed a prize, in a state: for the counter and the auditor, whose it is for the centre only."""
    from chalicelib.services.prizes import counter

    page = counter.listing(prize_id, query.state, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    whose = counter.shows_whose(ask.actor, now=ask.now)
    return RedemptionPage(redemptions=[view(one, whose=whose) for one in page.redemptions], cursor=page.cursor)


@api.route("/redemptions", methods=["GET"], authorizer=authorize)
def list_my_redemptions(ask: Ask, query: Paging) -> RedemptionPage:
    """The caller's own, newest first."""
    from chalicelib.services.prizes import redeeming

    page = redeeming.own(ask.actor.id, limit=query.limit, cursor=query.cursor)
    return RedemptionPage(redemptions=[view(one, own=True) for one in page.redemptions], cursor=page.cursor)


@api.route("/redemptions/{redemption_id}", methods=["GET"], authorizer=authorize)
def get_redemption(ask: Ask, redemption_id: str) -> RedemptionView:
    """A redemption: one's own with its code, or one that is fetched from the caller's counter."""
    from chalicelib.services.prizes import redeeming

    found = redeeming.view(redemption_id, by=ask.actor)
    return view(found, own=found.courier_id == ask.actor.id)


@api.route("/redemptions/{redemption_id}/code", methods=["GET"], authorizer=authorize)
def show_code(ask: Ask, redemption_id: str) -> CodeView:
    """The code of one's own redemption while it is good: to be read out, and as a QR code."""
    from chalicelib.gateways import qr
    from chalicelib.services.prizes import redeeming

    code = redeeming.own_code(redemption_id, by=ask.actor)
    return CodeView(code=code, qr=qr.svg(code))


@api.route("/redemptions/{redemption_id}/cancellation", methods=["POST"], authorizer=authorize)
def cancel_redemption(ask: Ask, redemption_id: str, body: CancelBody) -> RedemptionView:
    """Give it back before it is fetched, a service until its deadline: points and stock come back. Staff say why."""
    from chalicelib.services.prizes import redeeming

    done = redeeming.cancel(redemption_id, reason=body.reason, by=ask.actor, now=ask.now)
    return view(done, own=done.courier_id == ask.actor.id)


@api.route("/redemptions/look-up", methods=["POST"], authorizer=authorize)
def look_up_code(ask: Ask, body: CodeBody) -> RedemptionView:
    """What a code stands for: for the centre, and the village staff of the place."""
    from chalicelib.services.prizes import counter

    return view(counter.look_up(body.code, by=ask.actor, now=ask.now))


@api.route("/redemptions/confirmation", methods=["POST"], authorizer=authorize)
def confirm_handover(ask: Ask, body: HandedOver) -> RedemptionView:
    """It was handed over. Twice is once: the answer says who confirmed it first, and when. An offline counter tells
    days later when that was; it counts even if it was cancelled or came back since."""
    from chalicelib.services.prizes import counter

    came = activity_shapes.family(body.family) if body.family else None
    return view(counter.confirm(body.code, handed_at=body.handed_at, by=ask.actor, now=ask.now, came=came))


def view(redemption: "Redemption", *, own: bool = False, whose: bool = False) -> RedemptionView:
    """A redemption, to its courier (`own`), or to who is told `whose` it is."""
    return RedemptionView(
        id=redemption.id,
        prize_id=redemption.prize_id,
        name=redemption.zh,
        name_en=redemption.en,
        price=redemption.price,
        state=redemption.state,
        code=redemption.code if own and redemption.is_open else None,
        courier_id=redemption.courier_id if own or whose else None,
        pick_up=prize_shapes.place(redemption.pick_up),
        times=prize_shapes.times(redemption.schedule),
        at=redemption.at,
        until=redemption.until,
        handed_at=redemption.handed_at,
        handed_by=redemption.handed_by or None,
        confirmed_at=redemption.confirmed_at,
        ended_at=redemption.ended_at,
        reason=redemption.reason,
        activity=redemption.activity,
        family=activity_shapes.count(redemption.family),
        came=activity_shapes.count(redemption.came),
        guardian_consent=redemption.consent > 0,
        course=redemption.course,
        version=redemption.version,
    )
