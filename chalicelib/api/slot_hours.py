"""Hours over HTTP, for who confirms them and who decides a dispute."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api import sign_up_shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import NeededText, Paging
from chalicelib.api.sign_up_shapes import AttendanceView, SignUpViews
from chalicelib.api.slot_shapes import Reason, Village

api = Api(__name__)

Minutes = Annotated[int, Meta(ge=0, le=1440)]


class ConfirmHours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As the codes say (null), or so many minutes and why. `vouch`: he was there, though his phone leaves a doubt."""

    minutes: Minutes | None = None
    reason: Reason = ""
    vouch: bool = False


class SettleHours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many minutes count, and why; that is the last word."""

    minutes: Minutes
    reason: NeededText


class ToConfirmQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which village."""

    village: Village


@api.route("/slots/{slot_id}/sign-ups/{person_id}/confirmation", methods=["POST"], authorizer=authorize)
def confirm_hours(ask: Ask, slot_id: str, person_id: str, body: ConfirmHours) -> AttendanceView:
    """Confirm a volunteer's hours, for the village's staff and its grid members; never one's own."""
    from chalicelib.domain.volunteering.hours import Word
    from chalicelib.services.volunteering import hours

    word = Word(minutes=body.minutes, reason=body.reason, vouches=body.vouch)
    return sign_up_shapes.attendance(hours.confirm(slot_id, person_id, word, by=ask.actor, now=ask.now))


@api.route("/slots/{slot_id}/sign-ups/{person_id}/settlement", methods=["POST"], authorizer=authorize)
def settle_hours(ask: Ask, slot_id: str, person_id: str, body: SettleHours) -> AttendanceView:
    """Decide what a volunteer disputes, for the centre: not by who confirmed it."""
    from chalicelib.services.volunteering import hours

    found = hours.settle(slot_id, person_id, body.minutes, body.reason, by=ask.actor, now=ask.now)
    return sign_up_shapes.attendance(found)


@api.route("/volunteering/to-confirm", methods=["GET"], authorizer=authorize)
def list_hours_to_confirm(ask: Ask, query: ToConfirmQuery) -> SignUpViews:
    """Who has checked out in a village and waits to be confirmed, the oldest first: for its staff and the centre."""
    from chalicelib.services.volunteering import hours

    page = hours.to_confirm(query.village, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return SignUpViews(sign_ups=[sign_up_shapes.sign_up(one) for one in page.sign_ups], cursor=page.cursor)


@api.route("/volunteering/disputes", methods=["GET"], authorizer=authorize)
def list_hours_disputes(ask: Ask, query: Paging) -> SignUpViews:
    """What volunteers dispute, the oldest first: for the centre."""
    from chalicelib.services.volunteering import hours

    page = hours.disputed(by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return SignUpViews(sign_ups=[sign_up_shapes.sign_up(one) for one in page.sign_ups], cursor=page.cursor)
