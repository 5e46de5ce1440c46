"""Volunteering over HTTP, for who comes: sign up, leave, check in and out, pass check points, one's own hours."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api import sign_up_shapes, slot_shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import InCrs, Instant, Paging
from chalicelib.api.sign_up_shapes import SignUpView, SignUpViews, SlotStanding
from chalicelib.api.slot_shapes import PhonePlace, Reason, SlotReason
from chalicelib.domain.places import Crs
from chalicelib.domain.volunteering.model import MOST_CHECK_POINTS
from chalicelib.domain.volunteering.terms import VolunteerKind

api = Api(__name__)


class SlotLeave(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why, if one likes to say."""

    reason: Reason = ""


class SlotScan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code that the phone read, and where it was. Too far off, or where it did not know, `reason` says why. A phone
    that was offline tells when it read it (`scanned_at`); null for now."""

    token: Annotated[str, Meta(min_length=1, max_length=400)]
    location: PhonePlace | None = None
    reason: Reason = ""
    scanned_at: Instant | None = None


class CheckPointPassed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which check point was passed, where the phone was, and when, if it could not tell at once."""

    number: Annotated[int, Meta(ge=1, le=MOST_CHECK_POINTS)]
    location: PhonePlace | None = None
    reason: Reason = ""
    passed_at: Instant | None = None
    note: Reason = ""


class HoursOfKind(Struct, frozen=True, kw_only=True):
    """What there is of a kind: how many slots, how many minutes."""

    kind: VolunteerKind
    times: int
    minutes: int


class HoursView(Struct, frozen=True, kw_only=True):
    """What is confirmed of a period: `minutes` in all, by kind in `sums`, and of what, the oldest first."""

    period: str
    minutes: int
    sums: list[HoursOfKind]
    lines: list[SignUpView]


@api.route("/slots/{slot_id}/sign-up", methods=["POST"], authorizer=authorize)
def sign_up(ask: Ask, slot_id: str, query: InCrs) -> SlotStanding:
    """Sign up for a slot, or wait for a place. Again is once. A refusal says which rule it was: full, closed, another
    slot at that time, a skill that is missing, not your village."""
    from chalicelib.services.volunteering import signing

    return sign_up_shapes.standing(signing.sign_up(slot_id, by=ask.actor, now=ask.now), query.crs, ask.actor.id)


@api.route("/slots/{slot_id}/withdrawal", methods=["POST"], authorizer=authorize)
def leave_slot(ask: Ask, slot_id: str, body: SlotLeave) -> SlotStanding:
    """Give a place back, or wait no longer; the next one comes in at once. Within hours of the start it is late, and
    counts, unless the slot changed."""
    from chalicelib.services.volunteering import signing

    seen = signing.leave(slot_id, body.reason, by=ask.actor, now=ask.now)
    return sign_up_shapes.standing(seen, Crs.WGS84, ask.actor.id)


@api.route("/slots/{slot_id}/scans", methods=["POST"], authorizer=authorize)
def scan_slot_code(ask: Ask, slot_id: str, body: SlotScan) -> SlotStanding:
    """Check in or out with the code that staff show. Again is once; an offline phone tells it days later."""
    from chalicelib.services.volunteering import presence

    where = slot_shapes.whereabouts(body.location, body.reason)
    reading = presence.Reading(token=body.token, where=where, at=body.scanned_at)
    return sign_up_shapes.standing(presence.scan(slot_id, reading, by=ask.actor, now=ask.now), Crs.WGS84, ask.actor.id)


@api.route("/slots/{slot_id}/check-points", methods=["POST"], authorizer=authorize)
def pass_check_point(ask: Ask, slot_id: str, body: CheckPointPassed) -> SlotStanding:
    """Pass a check point of a patrol, in their order. Again is once; an offline phone tells it days later."""
    from chalicelib.services.volunteering import presence

    where = slot_shapes.whereabouts(body.location, body.reason)
    stop = presence.Stop(number=body.number, where=where, at=body.passed_at, note=body.note)
    return sign_up_shapes.standing(presence.passed(slot_id, stop, by=ask.actor, now=ask.now), Crs.WGS84, ask.actor.id)


@api.route("/slots/{slot_id}/dispute", methods=["POST"], authorizer=authorize)
def dispute_hours(ask: Ask, slot_id: str, body: SlotReason) -> SlotStanding:
    """Say that one's own hours, or an absence, are wrong, within days: the centre decides."""
    from chalicelib.services.volunteering import hours

    seen = hours.dispute(slot_id, body.reason, by=ask.actor, now=ask.now)
    return sign_up_shapes.standing(seen, Crs.WGS84, ask.actor.id)


@api.route("/me/slots", methods=["GET"], authorizer=authorize)
def list_my_slots(ask: Ask, query: Paging) -> SignUpViews:
    """All that the caller signed up for, the latest start in front."""
    from chalicelib.services.volunteering import signing

    page = signing.own(ask.actor.id, limit=query.limit, cursor=query.cursor)
    return SignUpViews(sign_ups=[sign_up_shapes.sign_up(one) for one in page.sign_ups], cursor=page.cursor)


@api.route("/me/hours/{period}", methods=["GET"], authorizer=authorize)
def get_my_hours(ask: Ask, period: str) -> HoursView:
    """The caller's confirmed hours of a local month (`2026-11`), quarter (`2026-Q4`), year (`2026`) or all (`all`)."""
    from chalicelib.services.volunteering import hours

    found = hours.statement(ask.actor.id, period)
    return HoursView(
        period=found.period,
        minutes=found.minutes,
        sums=[HoursOfKind(kind=one.kind, times=one.times, minutes=one.minutes) for one in found.sums],
        lines=[sign_up_shapes.sign_up(one) for one in found.lines],
    )
