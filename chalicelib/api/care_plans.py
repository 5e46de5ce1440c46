"""Plans of the care relay over HTTP: staff make, change, pause, resume and end them."""

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.care_shapes import (
    NewPlan,
    PauseBody,
    PlanBody,
    PlanPage,
    PlanView,
    ResumeBody,
    Village,
    plan_view,
)
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.shapes import Paging
from chalicelib.domain.care.model import Pause
from chalicelib.domain.care.plans import Wish
from chalicelib.domain.care.terms import Service

api = Api(__name__)


class PlansQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which village."""

    village: Village


class Plans(Struct, frozen=True, kw_only=True):
    """All plans of a beneficiary, ended ones too."""

    plans: list[PlanView]


@api.route(
    "/beneficiaries/{beneficiary_id}/plans", methods=["POST"], status=201, result="/plans/{id}", authorizer=authorize
)
def make_plan(ask: Ask, beneficiary_id: str, body: NewPlan) -> PlanView:
    """Plan a service for somebody who is cared for in that way; visits of the next days are made at once.

    Safe to repeat with the same Idempotency-Key."""
    from chalicelib.services.care import planning

    id, wish = new_id(ask.now), _wish(body)
    made = planning.make(id, beneficiary_id, Service(body.service), wish, key=ask.key, by=ask.actor, now=ask.now)
    return plan_view(made)


@api.route("/beneficiaries/{beneficiary_id}/plans", methods=["GET"], authorizer=authorize)
def list_beneficiary_plans(ask: Ask, beneficiary_id: str) -> Plans:
    """The plans of one beneficiary."""
    from chalicelib.services.care import planning

    return Plans(plans=[plan_view(one) for one in planning.of_beneficiary(beneficiary_id, by=ask.actor)])


@api.route("/plans", methods=["GET"], authorizer=authorize)
def list_plans(ask: Ask, query: PlansQuery) -> PlanPage:
    """The plans of a village."""
    from chalicelib.services.care import planning

    page = planning.of_village(query.village, limit=query.limit, cursor=query.cursor, by=ask.actor)
    return PlanPage(plans=[plan_view(one) for one in page.plans], cursor=page.cursor)


@api.route("/plans/{plan_id}", methods=["GET"], authorizer=authorize)
def get_plan(ask: Ask, plan_id: str) -> PlanView:
    """One plan."""
    from chalicelib.services.care import planning

    return plan_view(planning.view(plan_id, by=ask.actor))


@api.route("/plans/{plan_id}", methods=["PUT"], authorizer=authorize)
def change_plan(ask: Ask, plan_id: str, body: PlanBody) -> PlanView:
    """Change a plan. Visits that nobody has yet follow; a courier who has one is asked whether it may move."""
    from chalicelib.services.care import planning

    return plan_view(planning.change(plan_id, _wish(body), version=ask.version, by=ask.actor, now=ask.now))


@api.route("/plans/{plan_id}/pauses", methods=["POST"], authorizer=authorize)
def pause_plan(ask: Ask, plan_id: str, body: PauseBody) -> PlanView:
    """No visits on some days. Couriers hear only that they are not needed."""
    from chalicelib.services.care import planning

    days = Pause(since=body.since, until=body.until)
    done = planning.pause(plan_id, days, version=ask.version, key=ask.key, by=ask.actor, now=ask.now)
    return plan_view(done)


@api.route("/plans/{plan_id}/resumption", methods=["POST"], authorizer=authorize)
def resume_plan(ask: Ask, plan_id: str, body: ResumeBody) -> PlanView:
    """Visits again from a day on: the pause that covers it ends the day before."""
    from chalicelib.services.care import planning

    done = planning.resume(plan_id, body.day, version=ask.version, key=ask.key, by=ask.actor, now=ask.now)
    return plan_view(done)


@api.route("/plans/{plan_id}/end", methods=["POST"], authorizer=authorize)
def end_plan(ask: Ask, plan_id: str) -> PlanView:
    """No visits any more; open ones are called off."""
    from chalicelib.services.care import planning

    return plan_view(planning.end(plan_id, version=ask.version, key=ask.key, by=ask.actor, now=ask.now))


def _wish(body: PlanBody) -> Wish:
    return Wish(**{name: getattr(body, name) for name in PlanBody.__struct_fields__})
