"""Saved filters over HTTP: what somebody wants to see of a list, under a name."""

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.listings import GridCode, PostKey
from chalicelib.api.shapes import Instant
from chalicelib.domain.reports.filters import Assigned, Criteria, Listing, Order
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.terms import Source, Watch

if TYPE_CHECKING:
    from chalicelib.domain.reports.filters import SavedFilter

api = Api(__name__)

Name = Annotated[str, Meta(min_length=1, max_length=40)]
KindOrGroup = Annotated[str, Meta(pattern=r"^\d{2}(\d{2})?$")]
VillageCode = Annotated[str, Meta(pattern=r"^\d{12}$")]
Severity = Annotated[int, Meta(ge=1, le=4)]
Ahead = Annotated[float, Meta(ge=0, le=2400)]


class CriteriaBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all must be true of a report; of several values in a field one must be. `kinds` are kinds (`0303`) or groups
    (`03`); `post` is who holds it, in an inbox one of your own; `due_within_hours` counts what is overdue too."""

    statuses: Annotated[tuple[Status, ...], Meta(max_length=14)] = ()
    kinds: Annotated[tuple[KindOrGroup, ...], Meta(max_length=40)] = ()
    severities: Annotated[tuple[Severity, ...], Meta(max_length=4)] = ()
    sources: Annotated[tuple[Source, ...], Meta(max_length=10)] = ()
    watch: Annotated[tuple[Watch, ...], Meta(max_length=2)] = ()
    village: VillageCode | None = None
    grid: GridCode | None = None
    post: PostKey | None = None
    assignee: Assigned | None = None
    overdue: bool = False
    due_within_hours: Ahead | None = None


class FilterBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A filter for one list and the order it is read in: by default an inbox by deadline, an area the newest first."""

    name: Name
    list: Listing
    order: Order | None = None
    criteria: CriteriaBody = CriteriaBody()


class NewFilter(FilterBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A filter of one's own, or of a `post`: then all its holders use and change it. The centre may share so."""

    post: PostKey | None = None


class FilterView(Struct, frozen=True, kw_only=True):
    """A saved filter; `post` is whose holders share it, null for one's own. Use it as `filter` of its list."""

    id: str
    name: str
    list: Listing
    order: Order
    criteria: CriteriaBody
    post: str | None
    changed_at: Instant
    version: int


class FilterViews(Struct, frozen=True, kw_only=True):
    """One's own filters, oldest first, then the shared ones."""

    filters: list[FilterView]


class RemovedFilter(Struct, frozen=True, kw_only=True):
    """It is gone."""

    id: str


@api.route("/filters", methods=["GET"], authorizer=authorize)
def list_filters(ask: Ask) -> FilterViews:
    """The caller's saved filters, and those that the centre shares with the holders of its post. For staff."""
    from chalicelib.services.reports import filters

    return FilterViews(filters=[view(one) for one in filters.listing(by=ask.actor)])


@api.route("/filters", methods=["POST"], status=201, authorizer=authorize)
def save_filter(ask: Ask, body: NewFilter) -> FilterView:
    """Save a filter under a name: for oneself, or for all holders of the centre's post."""
    from chalicelib.services.reports import filters

    wish = filters.wanted(body.name, body.list, body.order, _criteria(body), now=ask.now)
    return view(filters.save(new_id(ask.now), wish, post=body.post, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/filters/{filter_id}", methods=["GET"], authorizer=authorize)
def get_filter(ask: Ask, filter_id: str) -> FilterView:
    """One saved filter."""
    from chalicelib.services.reports import filters

    found = filters.view(filter_id, by=ask.actor)
    return view(found)


@api.route("/filters/{filter_id}", methods=["PUT"], authorizer=authorize)
def change_filter(ask: Ask, filter_id: str, body: FilterBody) -> FilterView:
    """Put another filter in its place; whose it is stays. If-Match: the version that was read."""
    from chalicelib.services.reports import filters

    wish = filters.wanted(body.name, body.list, body.order, _criteria(body), now=ask.now)
    return view(filters.change(filter_id, wish, version=ask.version, by=ask.actor, now=ask.now))


@api.route("/filters/{filter_id}", methods=["DELETE"], authorizer=authorize)
def remove_filter(ask: Ask, filter_id: str) -> RemovedFilter:
    """Throw a filter away; a shared one is gone for all."""
    from chalicelib.services.reports import filters

    filters.remove(filter_id, version=ask.version, by=ask.actor)
    return RemovedFilter(id=filter_id)


def view(saved: "SavedFilter") -> FilterView:
    """A saved filter as clients read it."""
    wish = saved.wish
    return FilterView(
        id=saved.id,
        name=wish.name,
        list=wish.listing,
        order=wish.order,
        criteria=msgspec.convert(_fields(wish.criteria), CriteriaBody),
        post=saved.post,
        changed_at=saved.changed_at,
        version=saved.version,
    )


def _criteria(body: FilterBody) -> Criteria:
    return Criteria(**msgspec.structs.asdict(body.criteria))


def _fields(criteria: Criteria) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(criteria)
    return found
