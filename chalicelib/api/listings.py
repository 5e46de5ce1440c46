"""Lists of reports over HTTP."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api import shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Card, CardPage, InCrs, KindCode, Lat, Lon, Paging
from chalicelib.api.suggestions import SuggestionView, suggestion
from chalicelib.domain.places import Crs, point_from
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.terms import Watch

if TYPE_CHECKING:
    from chalicelib.domain.reports.model import Report
    from chalicelib.domain.reports.suggestions import Suggestion
    from chalicelib.services.reports.duplicates import Likely
    from chalicelib.services.reports.listings import Nearby
    from chalicelib.store.reports.listings import Page

api = Api(__name__)

PostKey = Annotated[str, Meta(pattern=r"^[a-z_]+:[A-Za-z0-9]+$", max_length=60)]
VillageCode = Annotated[str, Meta(pattern=r"^(\d{12}|outside)$")]
GridCode = Annotated[str, Meta(pattern=r"^\d{15}$")]
FilterId = Annotated[str, Meta(min_length=1, max_length=60)]
Month = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class CardPaging(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which page, in which coordinate system."""

    crs: Crs = Crs.WGS84


class InboxQuery(CardPaging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`post` narrows to one of the caller's posts, such as `grid_member:350211102202001`; `filter` is a saved one."""

    post: PostKey | None = None
    filter: FilterId | None = None


class AreaQuery(CardPaging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`area` is a village's code, or `outside` for what lies in none; `month` is local, this one by default."""

    area: VillageCode
    month: Month | None = None
    grid: GridCode | None = None
    kind: KindCode | None = None
    status: Status | None = None
    filter: FilterId | None = None


class SupervisedQuery(CardPaging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`watch`: only what is supervised so closely."""

    watch: Watch | None = None


class InboxCard(Card, frozen=True, kw_only=True):
    """A report that waits for the caller. `suggestion` is for who orders: what the rules say, taken as it is by a
    `dispatch` that names nobody."""

    suggestion: SuggestionView | None


class InboxPage(Struct, frozen=True, kw_only=True):
    """What waits, by deadline; `cursor` asks for the next ones, null at the end."""

    reports: list[InboxCard]
    cursor: str | None


class NearbyQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place and the kind one is about to report."""

    lat: Lat
    lon: Lon
    kind: KindCode
    crs: Crs = Crs.WGS84


class NearbyReport(Struct, frozen=True, kw_only=True):
    """A report nearby: its kind, how far away (m), how long ago (s), and nothing else. `id` is for joining it."""

    id: str
    kind: str
    distance_m: int
    age_s: int


class NearbyReports(Struct, frozen=True, kw_only=True):
    """Nearest first."""

    reports: list[NearbyReport]


class LikelyDuplicate(Struct, frozen=True, kw_only=True):
    """A report that may be about the same, how far away (m) where both have a place, and in how many of 64 bits the
    hashes of the nearest photos differ, where nearly equal."""

    report: Card
    distance_m: int | None
    photo_bits: int | None


class LikelyDuplicates(Struct, frozen=True, kw_only=True):
    """The likeliest first."""

    reports: list[LikelyDuplicate]


@api.route("/reports/mine", methods=["GET"], authorizer=authorize)
def list_my_reports(ask: Ask, query: CardPaging) -> CardPage:
    """The caller's own reports, newest first."""
    from chalicelib.services.reports import listings

    page = listings.mine(by=ask.actor, limit=query.limit, cursor=query.cursor)
    return _page(page, query.crs, internal=False)


@api.route("/reports/inbox", methods=["GET"], authorizer=authorize)
def list_my_inbox(ask: Ask, query: InboxQuery) -> InboxPage:
    """What waits for the caller, by deadline; or for one `post` of his, such as `grid_member:350211102202001`.

    With a saved `filter` a page may be short, or empty: as long as there is a cursor, there is more to look at.
    """
    from chalicelib.services.reports import filtered

    page, suggested = filtered.advised(
        query.filter, post=query.post, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor
    )
    cards = [_inbox_card(one, query.crs, ask, suggested.get(one.id)) for one in page.reports]
    return InboxPage(reports=cards, cursor=page.cursor)


@api.route("/reports/supervised", methods=["GET"], authorizer=authorize)
def list_supervised_reports(ask: Ask, query: SupervisedQuery) -> CardPage:
    """What the committee supervises (督办), by deadline: for committee, centre and auditors."""
    from chalicelib.services.reports import listings

    page = listings.supervised(query.watch, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return _page(page, query.crs, internal=True)


@api.route("/reports", methods=["GET"], authorizer=authorize)
def list_area_reports(ask: Ask, query: AreaQuery) -> CardPage:
    """An area's reports of a month, newest first; by grid, kind, status.

    `area`: a village's code, or `outside` for what no village holds; `month` is local, the current one by default. With
    a saved `filter` a page may be short, or empty: as long as there is a cursor, there is more to look at.
    """
    from chalicelib.services.reports import filtered
    from chalicelib.services.reports.listings import Filter

    village = None if query.area == "outside" else query.area
    wanted = Filter(village=village, month=query.month, grid=query.grid, kind=query.kind, status=query.status)
    page = filtered.area(query.filter, wanted, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return _page(page, query.crs, internal=ask.actor.is_staff)


@api.route("/reports/{report_id}/duplicates", methods=["GET"], authorizer=authorize)
def list_likely_duplicates(ask: Ask, report_id: str, query: InCrs) -> LikelyDuplicates:
    """Open reports that may be about the same: the same kind near by, or nearly the same photo. A person decides."""
    from chalicelib.services.reports import duplicates

    found = duplicates.of(report_id, by=ask.actor, now=ask.now)
    return LikelyDuplicates(reports=[_likely(one, query.crs) for one in found])


@api.route("/reports/nearby", methods=["GET"], authorizer=authorize)
def list_nearby_reports(ask: Ask, query: NearbyQuery) -> NearbyReports:
    """Open reports of the same kind within 50 m and 72 h: has somebody reported this already? Then join it."""
    from chalicelib.services.reports import listings

    point = point_from(query.lat, query.lon, crs=query.crs)
    found = listings.nearby(point, query.kind, by=ask.actor, now=ask.now)
    return NearbyReports(reports=[_nearby(near) for near in found])


def _nearby(found: "Nearby") -> NearbyReport:
    age = int(found.age.total_seconds())
    return NearbyReport(id=found.id, kind=found.kind, distance_m=round(found.distance_m), age_s=age)


def _likely(found: "Likely", crs: Crs) -> LikelyDuplicate:
    return LikelyDuplicate(
        report=shapes.card(found.report, crs, internal=True),
        distance_m=None if found.distance_m is None else round(found.distance_m),
        photo_bits=found.bits,
    )


def _inbox_card(report: "Report", crs: Crs, ask: Ask, found: "Suggestion | None") -> InboxCard:
    fields = shapes.card_fields(report, crs, internal=ask.actor.is_staff)
    return InboxCard(**fields, suggestion=suggestion(found))


def _page(page: "Page", crs: Crs, *, internal: bool) -> CardPage:
    cards = [shapes.card(report, crs, internal=internal) for report in page.reports]
    return CardPage(reports=cards, cursor=page.cursor)
