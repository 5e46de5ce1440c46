"""How much waits for the caller, over HTTP."""

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.listings import PostKey
from chalicelib.domain.reports.model import Status

api = Api(__name__)


class LoadQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`post` narrows to one of the caller's posts."""

    post: PostKey | None = None


class LoadView(Struct, frozen=True, kw_only=True):
    """Numbers of reports that wait. `new_today` came to this stage today, `due_today` is not overdue yet; days are
    local. `complete`: all were counted; else the 1,000 first due were."""

    total: int
    by_status: dict[Status, int]
    new_today: int
    due_today: int
    overdue: int
    mine: int
    unassigned: int
    complete: bool


@api.route("/reports/inbox/counts", methods=["GET"], authorizer=authorize)
def count_my_inbox(ask: Ask, query: LoadQuery) -> LoadView:
    """How much waits for the caller: by status, what came today, is due today, is overdue, is his own, is nobody's."""
    from chalicelib.services.reports import listings

    found, complete = listings.waiting(post=query.post, by=ask.actor, now=ask.now)
    return LoadView(
        total=found.total,
        by_status=found.by_status,
        new_today=found.fresh,
        due_today=found.due_today,
        overdue=found.overdue,
        mine=found.mine,
        unassigned=found.unassigned,
        complete=complete,
    )
