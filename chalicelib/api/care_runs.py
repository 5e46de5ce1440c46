"""Runs of the care relay over HTTP: a courier tells of his steps; staff see how it goes, and look after it where it
goes wrong."""

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.care_run_shapes import StepsBody, telling
from chalicelib.api.care_run_views import OpenRunPage, RunView, ToldView, open_run, run_view, told
from chalicelib.api.care_shapes import Village
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Paging
from chalicelib.api.visit_shapes import VisitView, visit_view
from chalicelib.domain.care.record import FoundOut

api = Api(__name__)


class OpenRunsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which village, null for the whole township, which the centre sees."""

    village: Village | None = None


class SettleBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was found out. Where nobody knows, a danger to life is reported."""

    found: FoundOut


@api.route("/visits/{visit_id}/steps", methods=["POST"], authorizer=authorize)
def tell_steps(ask: Ask, visit_id: str, body: StepsBody) -> ToldView:
    """Tell of the steps of your run, one at a time or several once there is a network again. Safe to repeat: a step
    that is known is not taken twice. The first that is refused ends the list; what came before it stands."""
    from chalicelib.services.care import running

    return told(running.tell(visit_id, [telling(one) for one in body.steps], by=ask.actor, now=ask.now))


@api.route("/visits/{visit_id}/run", methods=["GET"], authorizer=authorize)
def see_run(ask: Ask, visit_id: str) -> RunView:
    """How a run goes, for who has or had it, and for staff."""
    from chalicelib.services.care import looking_after

    return run_view(looking_after.see(visit_id, by=ask.actor, now=ask.now))


@api.route("/visits/{visit_id}/takeover", methods=["POST"], authorizer=authorize)
def take_over_visit(ask: Ask, visit_id: str) -> VisitView:
    """The village looks after a run that has begun: its courier is free, the ladder begins."""
    from chalicelib.services.care import looking_after

    return visit_view(looking_after.take_over(visit_id, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/visits/{visit_id}/settlement", methods=["POST"], authorizer=authorize)
def settle_visit(ask: Ask, visit_id: str, body: SettleBody) -> VisitView:
    """Say what was found out: that ends the ladder, at any moment."""
    from chalicelib.services.care import looking_after

    return visit_view(looking_after.settle(visit_id, body.found, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/visits/{visit_id}/release", methods=["POST"], authorizer=authorize)
def release_visit(ask: Ask, visit_id: str) -> VisitView:
    """Who has it does not come, and has not begun: somebody else is looked for at once."""
    from chalicelib.services.care import looking_after

    return visit_view(looking_after.release(visit_id, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/open-visits", methods=["GET"], authorizer=authorize)
def list_open_visits(ask: Ask, query: OpenRunsQuery) -> OpenRunPage:
    """Visits that a village looks after, or for the centre the township's."""
    from chalicelib.services.care import looking_after

    paging = {"limit": query.limit, "cursor": query.cursor}
    page = looking_after.open_ones(query.village, by=ask.actor, now=ask.now, **paging)  # type: ignore[arg-type]
    return OpenRunPage(visits=[open_run(one) for one in page.visits], cursor=page.cursor)
