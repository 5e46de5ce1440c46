"""Visits of the care relay over HTTP: staff see a day, give a visit to somebody by hand, take one off; a courier
answers what he is asked for, and sees what he has."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.care_shapes import Village
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Paging
from chalicelib.api.visit_shapes import OfferPage, OfferView, VisitPage, VisitView, offer_view, visit_view
from chalicelib.domain.care.offering import DeclineReason

api = Api(__name__)


class VisitsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which local day; of which village, null for the whole township, which the centre sees."""

    day: date
    village: Village | None = None


class AssignBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom. `said_yes`: he has agreed, by phone perhaps, and has it at once; else he alone is asked."""

    courier: Annotated[str, Meta(min_length=1, max_length=100)]
    said_yes: bool


class DeclineBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why not."""

    reason: DeclineReason = DeclineReason.OTHER


class MoveAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the other time suits you; where not, somebody else is looked for."""

    agreed: bool


@api.route("/visits", methods=["GET"], authorizer=authorize)
def list_visits(ask: Ask, query: VisitsQuery) -> VisitPage:
    """The visits of a day: of a village, or for the centre of the township."""
    from chalicelib.services.care import allocating

    paging = {"limit": query.limit, "cursor": query.cursor}
    day = query.day.isoformat()
    page = allocating.day(day, query.village, by=ask.actor, now=ask.now, **paging)  # type: ignore[arg-type]
    return VisitPage(visits=[visit_view(one) for one in page.visits], cursor=page.cursor)


@api.route("/visits/{visit_id}/assignment", methods=["POST"], authorizer=authorize)
def assign_visit(ask: Ask, visit_id: str, body: AssignBody) -> VisitView:
    """Give a visit to somebody by hand. Who is not trained or insured for it cannot have it, whoever says so."""
    from chalicelib.services.care import allocating

    who, said_yes = body.courier, body.said_yes
    return visit_view(allocating.assign(visit_id, who, said_yes=said_yes, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/visits/{visit_id}/call-off", methods=["POST"], authorizer=authorize)
def call_off_visit(ask: Ask, visit_id: str) -> VisitView:
    """This visit alone is not needed."""
    from chalicelib.services.care import allocating

    return visit_view(allocating.call_off(visit_id, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/me/visits", methods=["GET"], authorizer=authorize)
def list_my_visits(ask: Ask, query: Paging) -> OfferPage:
    """What you are asked for, and what you have, from yesterday on."""
    from chalicelib.services.care import offers

    page = offers.mine(limit=query.limit, cursor=query.cursor, by=ask.actor, now=ask.now)
    return OfferPage(visits=[offer_view(one, ask.actor.id) for one in page.visits], cursor=page.cursor)


@api.route("/visits/{visit_id}/acceptance", methods=["POST"], authorizer=authorize)
def accept_visit(ask: Ask, visit_id: str) -> OfferView:
    """Take what you are asked for. A refusal says whether somebody else has it, the time was over, or nobody is needed
    any more."""
    from chalicelib.services.care import offers

    return offer_view(offers.accept(visit_id, key=ask.key, by=ask.actor, now=ask.now), ask.actor.id)


@api.route("/visits/{visit_id}/refusal", methods=["POST"], authorizer=authorize)
def decline_visit(ask: Ask, visit_id: str, body: DeclineBody) -> OfferView:
    """Say no: the next one is asked, and you are not asked for this one again. It costs nothing."""
    from chalicelib.services.care import offers

    done = offers.decline(visit_id, body.reason, key=ask.key, by=ask.actor, now=ask.now)
    return offer_view(done, ask.actor.id)


@api.route("/visits/{visit_id}/move", methods=["POST"], authorizer=authorize)
def answer_move(ask: Ask, visit_id: str, body: MoveAnswer) -> OfferView:
    """Say whether another time of what you have suits you."""
    from chalicelib.services.care import offers

    done = offers.answer_move(visit_id, body.agreed, key=ask.key, by=ask.actor, now=ask.now)
    return offer_view(done, ask.actor.id)
