"""The shapes reports take over HTTP, and how domain values become them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.api import marks
from chalicelib.api.marks import PublicationView
from chalicelib.api.needs import NeedsView, closing
from chalicelib.api.suggestions import SuggestionView, suggestion
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.photos import Form, Link, Photo
from chalicelib.domain.places import Crs, coordinates
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.running import Stage
from chalicelib.domain.reports.terms import Source, Watch

if TYPE_CHECKING:
    from chalicelib.services.reports.reports import Seen

Instant = Annotated[datetime, Meta(tz=True)]
Lat = Annotated[float, Meta(ge=-90, le=90)]
Lon = Annotated[float, Meta(ge=-180, le=180)]
KindCode = Annotated[str, Meta(pattern=r"^\d{4}$")]
Text = Annotated[str, Meta(max_length=2000)]
NeededText = Annotated[str, Meta(min_length=1, max_length=2000)]
Limit = Annotated[int, Meta(ge=1, le=100)]
Cursor = Annotated[str, Meta(max_length=500)]


class Paging(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which page."""

    limit: Limit = 50
    cursor: Cursor | None = None


class InCrs(Struct, frozen=True, forbid_unknown_fields=True):
    """The coordinate system that answers speak."""

    crs: Crs = Crs.WGS84


class Location(Struct, frozen=True, kw_only=True):
    """A place in the coordinate system asked for (`crs`), with the areas it lies in."""

    lat: float | None
    lon: float | None
    crs: Crs
    accuracy: float | None
    grid: str | None
    village: str | None
    township: str


class Card(Struct, frozen=True, kw_only=True):
    """A report as a list shows it. Times are UTC; `due_at` is the present stage's deadline, `provisional` where it
    falls into a year whose holidays are not announced; by `promised_at` the reporter was promised an end. `assignee`
    is who of the holder has it, for staff; `breaches` are the stages that overran, `watch` how close it is watched."""

    id: str
    status: Status
    kind: str | None
    severity: int | None
    klass: str = msgspec.field(name="class")
    confidential: bool
    excerpt: str
    location: Location
    source: Source
    holder: str | None
    assignee: str | None
    department: str | None
    co_handlers: tuple[str, ...]
    due_at: Instant | None
    provisional: bool
    promised_at: Instant | None
    breaches: tuple[Stage, ...]
    watch: Watch | None
    recurrence_of: str | None
    created_at: Instant
    observed_at: Instant
    version: int


class Standing(Card, frozen=True, kw_only=True):
    """A report as it stands after an action, with the actions open to the caller now. `suggestion` is for who orders:
    what the rules say, taken as it is by a `dispatch` that names nobody. `closing` is what closing it takes, for staff
    while it is open."""

    actions: list[Action]
    suggestion: SuggestionView | None
    closing: NeedsView | None


class Line(Struct, frozen=True, kw_only=True):
    """One line of history, and where the report stood then. `by` is empty where the viewer may not know who it was."""

    number: int
    at: Instant
    action: Action
    as_role: str
    by: str
    status: Status
    due_at: Instant | None
    note: str
    internal: bool
    details: dict[str, object]


class ImageLink(Struct, frozen=True, kw_only=True):
    """A short-lived address of a copy of a photo; `size` bounds its long edge in pixels."""

    size: int | None
    content_type: str
    url: str
    expires_at: Instant


class PhotoView(Struct, frozen=True, kw_only=True):
    """A photo or voice note: `awaited`, `ready` with links, or `refused` with the rule that refused it. `publication`
    says whether everybody may see it, once somebody has decided on that."""

    id: str
    media: str
    purpose: str
    state: str
    reason: str | None
    links: list[ImageLink]
    publication: PublicationView | None


class UploadForm(Struct, frozen=True, kw_only=True):
    """A multipart form that takes one file: POST `fields` in this order, then the bytes as `file`."""

    photo_id: str
    url: str
    fields: dict[str, str]
    expires_at: Instant


class CardPage(Struct, frozen=True, kw_only=True):
    """Some reports; `cursor` asks for the next ones, null at the end."""

    reports: list[Card]
    cursor: str | None


def location(place: Place, crs: Crs) -> Location:
    """The place in the system asked for."""
    at = coordinates(place.point, crs=crs) if place.point else None
    return Location(
        lat=at.lat if at else None,
        lon=at.lon if at else None,
        crs=crs,
        accuracy=place.accuracy,
        grid=place.grid,
        village=place.village,
        township=place.township,
    )


def card(report: Report, crs: Crs, *, internal: bool) -> Card:
    """The report as a list shows it; `internal`: to staff."""
    return Card(**card_fields(report, crs, internal=internal))


def standing(seen: "Seen", crs: Crs) -> Standing:
    """The report as it stands, what the caller may do, what is suggested to him, and what closing takes."""
    fields = card_fields(seen.report, crs, internal=seen.internal)
    suggested, needed = suggestion(seen.suggestion), closing(seen.needs)
    return Standing(**fields, actions=seen.open_actions, suggestion=suggested, closing=needed)


def holder_key(holder: Post | None) -> str | None:
    """`role:scope`; of a reporter who is asked, only `courier`: who he is, the centre alone may know."""
    if holder is None:
        return None
    return holder.role if holder.role is Role.COURIER else holder.key


def card_fields(report: Report, crs: Crs, *, internal: bool) -> dict[str, Any]:
    """What every shape of a report has in common. Who does it, and what it repeats, is for staff (`internal`)."""
    return {
        "id": report.id,
        "status": report.status,
        "kind": report.nature.kind,
        "severity": report.nature.severity,
        "klass": report.nature.klass,
        "confidential": report.nature.confidential,
        "excerpt": report.excerpt,
        "location": location(report.place, crs),
        "source": report.source,
        "holder": holder_key(report.holder),
        "assignee": report.assignee if internal else None,
        "department": report.department,
        "co_handlers": report.co_handlers,
        "due_at": report.due_at,
        "provisional": report.provisional,
        "promised_at": report.promised_at,
        "breaches": report.breaches,
        "watch": report.watch,
        "recurrence_of": report.recurrence_of if internal else None,
        "created_at": report.created_at,
        "observed_at": report.observed_at,
        "version": report.version,
    }


def line(event: Event) -> Line:
    """A line of history."""
    return Line(
        number=event.number,
        at=event.at,
        action=event.action,
        as_role=event.as_role,
        by=event.actor_id,
        status=event.standing.status,
        due_at=event.standing.due_at,
        note=event.note,
        internal=event.internal,
        details=event.details,
    )


def photo(made: Photo, links: list[Link]) -> PhotoView:
    """A photo with those of the links that are its own."""
    return PhotoView(
        id=made.id,
        media=made.media,
        purpose=made.purpose,
        state=made.state,
        reason=made.reason,
        links=[image(link) for link in links if link.photo_id == made.id],
        publication=marks.of(made),
    )


def image(link: Link) -> ImageLink:
    """An address of a copy."""
    return ImageLink(size=link.size, content_type=link.content_type, url=link.url, expires_at=link.expires_at)


def form(made: Form) -> UploadForm:
    """A form as a client posts it."""
    return UploadForm(photo_id=made.photo_id, url=made.url, fields=made.fields, expires_at=made.expires_at)
