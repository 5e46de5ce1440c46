"""Volunteering over HTTP: villages and the centre call, everybody sees what is called for, staff show the code."""

from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.api import sign_up_shapes, slot_shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.shapes import InCrs, Instant, Paging
from chalicelib.api.sign_up_shapes import AttendanceView, SlotStanding
from chalicelib.api.slot_shapes import NewCall, SlotReason, SlotTerms, SlotView, Village
from chalicelib.domain.places import Crs
from chalicelib.domain.volunteering.terms import Direction, SlotState

if TYPE_CHECKING:
    from chalicelib.services.volunteering.calls import Called

api = Api(__name__)


class VolunteerCall(Struct, frozen=True, kw_only=True):
    """A call with its slots as they stand."""

    id: str
    slots: list[SlotView]


class SlotsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which village: without one, of the caller's own and of all the township; from when on, from now by default."""

    village: Village | None = None
    state: SlotState = SlotState.OPEN
    since: Instant | None = None
    crs: Crs = Crs.WGS84


class SlotPage(Struct, frozen=True, kw_only=True):
    """Some slots, what begins first in front; `cursor` asks for the next ones, null at the end."""

    slots: list[SlotView]
    cursor: str | None


class SlotRoster(Struct, frozen=True, kw_only=True):
    """Everybody who ever signed up for a slot, also those who left."""

    sign_ups: list[AttendanceView]


class CodeQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For coming, or for going."""

    direction: Direction


class SlotCode(Struct, frozen=True, kw_only=True):
    """What to show until `expires_at`: `token` as text, and `qr`, an SVG document of it. Then ask again."""

    token: str
    qr: str
    expires_at: Instant


@api.route("/volunteering/calls", methods=["POST"], status=201, authorizer=authorize)
def make_call(ask: Ask, body: NewCall) -> VolunteerCall:
    """Call for volunteers, for village staff and the centre: one matter with up to twenty slots. A resident's ask and a
    mediation are the village's. Safe to repeat with the same Idempotency-Key."""
    from chalicelib.services.volunteering import calls

    each = [slot_shapes.terms(one) for one in body.slots]
    wish = calls.Wish(matter=slot_shapes.matter(body), each=each, mediators=body.mediators)
    made = calls.make(new_id(ask.now), wish, key=ask.key, by=ask.actor, now=ask.now)
    return _call(made, Crs.WGS84, ask)


@api.route("/volunteering/calls/{call_id}", methods=["GET"], authorizer=authorize)
def get_call(ask: Ask, call_id: str, query: InCrs) -> VolunteerCall:
    """A call with its slots."""
    from chalicelib.services.volunteering import calls

    return _call(calls.view(call_id, by=ask.actor), query.crs, ask)


@api.route("/slots", methods=["GET"], authorizer=authorize)
def list_slots(ask: Ask, query: SlotsQuery) -> SlotPage:
    """What volunteers are called for, what begins first in front: a courier finds what is open to him."""
    from chalicelib.services.volunteering import slots

    page = slots.listing(
        query.village,
        query.state,
        since=query.since,
        by=ask.actor,
        now=ask.now,
        limit=query.limit,
        cursor=query.cursor,
    )
    shown = [
        slot_shapes.view(
            one.slot, query.crs, place=slots.shows_place(one.slot, ask.actor), taken=one.taken, waiting=one.waiting
        )
        for one in page.slots
    ]
    return SlotPage(slots=shown, cursor=page.cursor)


@api.route("/slots/{slot_id}", methods=["GET"], authorizer=authorize)
def get_slot(ask: Ask, slot_id: str, query: InCrs) -> SlotStanding:
    """A slot, with the caller's own sign-up."""
    from chalicelib.services.volunteering import slots

    return sign_up_shapes.standing(slots.view(slot_id, by=ask.actor), query.crs, ask.actor.id)


@api.route("/slots/{slot_id}", methods=["PUT"], authorizer=authorize)
def change_slot(ask: Ask, slot_id: str, body: SlotTerms) -> SlotStanding:
    """Write a slot anew, for whoever may call: who has a place is told and may leave freely, and is released where he
    has another at the new time. Send the version you read as If-Match."""
    from chalicelib.services.volunteering import slots

    seen = slots.change(slot_id, slot_shapes.terms(body), version=ask.version, by=ask.actor, now=ask.now)
    return sign_up_shapes.standing(seen, Crs.WGS84, ask.actor.id)


@api.route("/slots/{slot_id}/cancellation", methods=["POST"], authorizer=authorize)
def call_off_slot(ask: Ask, slot_id: str, body: SlotReason) -> SlotStanding:
    """Call a slot off, for whoever may call: all who have a place or wait are told within minutes."""
    from chalicelib.services.volunteering import slots

    seen = slots.call_off(slot_id, body.reason, by=ask.actor, now=ask.now)
    return sign_up_shapes.standing(seen, Crs.WGS84, ask.actor.id)


@api.route("/slots/{slot_id}/code", methods=["GET"], authorizer=authorize)
def show_slot_code(ask: Ask, slot_id: str, query: CodeQuery) -> SlotCode:
    """The code that volunteers read to check in or out, for the slot's staff: another every half minute."""
    from chalicelib.gateways import qr
    from chalicelib.services.volunteering import slots

    showing, token = slots.code(slot_id, query.direction, by=ask.actor, now=ask.now)
    return SlotCode(token=token, qr=qr.svg(token), expires_at=showing.expires_at)


@api.route("/slots/{slot_id}/sign-ups", methods=["GET"], authorizer=authorize)
def list_slot_sign_ups(ask: Ask, slot_id: str) -> SlotRoster:
    """Who signed up, has come and gone: for the slot's staff. The look is noted."""
    from chalicelib.services.volunteering import slots

    found = slots.roster(slot_id, by=ask.actor, now=ask.now)
    return SlotRoster(sign_ups=[sign_up_shapes.attendance(one) for one in found])


def _call(called: "Called", crs: Crs, ask: Ask) -> VolunteerCall:
    from chalicelib.services.volunteering import slots

    return VolunteerCall(
        id=called.call.id,
        slots=[
            slot_shapes.view(
                one, crs, place=slots.shows_place(one, ask.actor), taken=len(one.taken), waiting=len(one.waiting)
            )
            for one in called.slots
        ],
    )
