"""Parked drafts over HTTP: one tap keeps time and place, a report is made of it when there is time."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.actions.words import ReportId
from chalicelib.api.activity_shapes import Spot, spot
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.shapes import InCrs, Instant, Lat, Lon
from chalicelib.domain.places import Crs

if TYPE_CHECKING:
    from chalicelib.domain.reports.drafts import Parked

api = Api(__name__)


class TapPlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the phone is: degrees in its system, accuracy in metres."""

    lat: Lat
    lon: Lon
    crs: Crs
    accuracy: Annotated[float, Meta(ge=0, le=100_000)] | None = None


class NewDraft(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one tap keeps. `at` by the phone's clock where it comes late, null for now; `photo`: what the phone calls a
    picture that stays on it; a word to remember by."""

    at: Instant | None = None
    location: TapPlace | None = None
    photo: Annotated[str, Meta(max_length=100)] = ""
    word: Annotated[str, Meta(max_length=200)] = ""


class DraftView(Struct, frozen=True, kw_only=True):
    """A parked draft: file it by `draft_id` of a new report before `expires_at`, or it is gone."""

    id: ReportId
    at: Instant
    location: Spot | None
    accuracy: float | None
    photo: str
    word: str
    expires_at: Instant


class DraftViews(Struct, frozen=True, kw_only=True):
    """All that the caller has parked, oldest first."""

    drafts: list[DraftView]


class RemovedDraft(Struct, frozen=True, kw_only=True):
    """It is gone."""

    id: str


@api.route("/drafts", methods=["POST"], status=201, authorizer=authorize)
def park_draft(ask: Ask, body: NewDraft, query: InCrs) -> DraftView:
    """Keep time and place of what you see, with one tap, and report it when there is time. Safe to repeat with the same
    Idempotency-Key, also days later."""
    from chalicelib.services.reports import drafts
    from chalicelib.services.reports.drafts import Tap

    at = body.location
    tap = Tap(
        at=body.at,
        lat=at.lat if at else None,
        lon=at.lon if at else None,
        crs=at.crs if at else Crs.WGS84,
        accuracy=at.accuracy if at else None,
        photo=body.photo,
        word=body.word,
    )
    return view(drafts.park(new_id(ask.now), tap, key=ask.key, by=ask.actor, now=ask.now), query.crs)


@api.route("/drafts", methods=["GET"], authorizer=authorize)
def list_drafts(ask: Ask, query: InCrs) -> DraftViews:
    """What you have parked. Nobody else sees it."""
    from chalicelib.services.reports import drafts

    return DraftViews(drafts=[view(one, query.crs) for one in drafts.own(ask.actor.id, now=ask.now)])


@api.route("/drafts/{draft_id}", methods=["GET"], authorizer=authorize)
def get_draft(ask: Ask, draft_id: str, query: InCrs) -> DraftView:
    """One that you have parked."""
    from chalicelib.services.reports import drafts

    return view(drafts.view(draft_id, by=ask.actor, now=ask.now), query.crs)


@api.route("/drafts/{draft_id}", methods=["DELETE"], authorizer=authorize)
def remove_draft(ask: Ask, draft_id: str) -> RemovedDraft:
    """Throw a parked draft away."""
    from chalicelib.services.reports import drafts

    drafts.remove(draft_id, by=ask.actor, now=ask.now)
    return RemovedDraft(id=draft_id)


def view(parked: "Parked", crs: Crs) -> DraftView:
    """A draft as its courier sees it."""
    return DraftView(
        id=parked.id,
        at=parked.at,
        location=spot(parked.point, crs) if parked.point else None,
        accuracy=parked.accuracy,
        photo=parked.photo,
        word=parked.word,
        expires_at=parked.expires_at,
    )
