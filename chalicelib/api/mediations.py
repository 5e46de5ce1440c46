"""Mediations over HTTP, for their teams alone: to everybody else there is none."""

from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.api import sign_up_shapes, slot_shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, NeededText, Paging
from chalicelib.api.sign_up_shapes import SlotStanding
from chalicelib.api.slot_hours import Minutes
from chalicelib.api.slots import SlotPage
from chalicelib.domain.places import Crs
from chalicelib.domain.volunteering.terms import MediationOutcome

if TYPE_CHECKING:
    from chalicelib.domain.volunteering.attendance import Note

api = Api(__name__)


class MediationNote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something for the team."""

    text: NeededText


class MediationNoteView(Struct, frozen=True, kw_only=True):
    """What somebody of the team wrote down."""

    by: str
    at: Instant
    text: str


class MediationNotes(Struct, frozen=True, kw_only=True):
    """What the team wrote down, the oldest first."""

    notes: list[MediationNoteView]


class MediationEnd(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How it ended, and how many minutes it took."""

    outcome: MediationOutcome
    minutes: Minutes


@api.route("/me/mediations", methods=["GET"], authorizer=authorize)
def list_my_mediations(ask: Ask, query: Paging) -> SlotPage:
    """The mediations that the caller opened; those he mediates are among his slots."""
    from chalicelib.services.volunteering import signing

    page = signing.opened(ask.actor.id, limit=query.limit, cursor=query.cursor)
    shown = [
        slot_shapes.view(one.slot, Crs.WGS84, place=True, taken=one.taken, waiting=one.waiting) for one in page.slots
    ]
    return SlotPage(slots=shown, cursor=page.cursor)


@api.route("/slots/{slot_id}/notes", methods=["POST"], authorizer=authorize)
def write_mediation_note(ask: Ask, slot_id: str, body: MediationNote) -> MediationNotes:
    """Write something down for a mediation's team. Safe to repeat with the same Idempotency-Key."""
    from chalicelib.services.volunteering import mediation

    return _notes(mediation.write(slot_id, body.text, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/slots/{slot_id}/notes", methods=["GET"], authorizer=authorize)
def list_mediation_notes(ask: Ask, slot_id: str) -> MediationNotes:
    """What a mediation's team wrote down, for the team."""
    from chalicelib.services.volunteering import mediation

    return _notes(mediation.notes(slot_id, by=ask.actor))


@api.route("/slots/{slot_id}/outcome", methods=["POST"], authorizer=authorize)
def end_mediation(ask: Ask, slot_id: str, body: MediationEnd) -> SlotStanding:
    """Say how a mediation ended, for the village that opened it; its mediators' hours are confirmed with it."""
    from chalicelib.services.volunteering import mediation

    seen = mediation.end(slot_id, body.outcome, body.minutes, by=ask.actor, now=ask.now)
    return sign_up_shapes.standing(seen, Crs.WGS84, ask.actor.id)


def _notes(found: list["Note"]) -> MediationNotes:
    return MediationNotes(notes=[MediationNoteView(by=one.by, at=one.at, text=one.text) for one in found])
