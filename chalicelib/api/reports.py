"""Reports over HTTP: intake, sight, actions, photos."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api import shapes
from chalicelib.api.actions import AnyAction, command
from chalicelib.api.actions.words import ReportId
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.needs import closing
from chalicelib.api.progress import ReportProgress, progress
from chalicelib.api.sentences import texts
from chalicelib.api.shapes import InCrs, Instant, KindCode, Lat, Line, Lon, PhotoView, Standing, Text, UploadForm
from chalicelib.api.suggestions import suggestion
from chalicelib.domain.photos import ContentType, Purpose
from chalicelib.domain.places import Crs
from chalicelib.domain.reports.terms import Source
from chalicelib.services.reports import intake, photos
from chalicelib.services.reports.intake import Accepted, Draft, Spot

api = Api(__name__)

PhotoType = Literal["image/jpeg", "image/png", "image/webp", "image/heic"]
VoiceType = Literal["audio/mp4", "audio/ogg"]


class SpotBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where it is: degrees in the client's system, accuracy in metres."""

    lat: Lat
    lon: Lon
    crs: Crs
    accuracy: Annotated[float, Meta(ge=0, le=100_000)] | None = None


class NewReport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place and a photo alone, or a text alone, is enough. `photos` are the types of those to be uploaded.

    `joins`: what lies nearby is the same matter ("me too"): its id, as `list_nearby_reports` gave it. `draft_id`: what
    you parked: its time, and its place if it has one, are the report's, and it is parked no longer.
    """

    text: Text = ""
    kind: KindCode | None = None
    location: SpotBody | None = None
    observed_at: Instant | None = None
    photos: Annotated[tuple[PhotoType, ...], Meta(max_length=9)] = ()
    voice: VoiceType | None = None
    source: Source = Source.APP
    joins: ReportId | None = None
    draft_id: ReportId | None = None


class AcceptedReport(shapes.Card, frozen=True, kw_only=True):
    """The report as taken in: a form for each file it waits for; `emergency`: show "call 110 / 119 / 120" at once."""

    emergency: bool
    notice: str | None
    notice_en: str | None
    uploads: list[UploadForm]


class WholeReport(Standing, frozen=True, kw_only=True):
    """Everything the caller may see. `reporter` is a name, for the centre and the reporter only; `progress` is for
    staff."""

    text: str
    reporter: str | None
    photos: list[PhotoView]
    history: list[Line]
    progress: ReportProgress | None


class NewFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file to be uploaded."""

    content_type: ContentType
    purpose: Purpose = Purpose.EVIDENCE


class NewFiles(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files to be uploaded; with none, fresh forms for those still awaited."""

    files: Annotated[tuple[NewFile, ...], Meta(max_length=9)] = ()


class Uploads(Struct, frozen=True, kw_only=True):
    """A form for each file the report waits for."""

    id: str
    uploads: list[UploadForm]


@api.route("/reports", methods=["POST"], status=201, authorizer=authorize)
def submit_report(ask: Ask, body: NewReport, query: InCrs) -> AcceptedReport:
    """Report what is wrong. Safe to repeat with the same Idempotency-Key."""
    accepted = intake.accept(new_id(ask.now), _draft(body), key=ask.key, by=ask.actor, now=ask.now)
    return _accepted(accepted, query.crs, ask.now)


@api.route("/reports/{report_id}", methods=["GET"], authorizer=authorize)
def get_report(ask: Ask, report_id: str, query: InCrs) -> WholeReport:
    """One report, as far as the caller may see it, with the actions open to him."""
    from chalicelib.services.reports import reports

    whole = reports.view(report_id, by=ask.actor, now=ask.now)
    links = photos.links(whole.photos, now=ask.now)
    report, internal = whole.seen.report, whole.seen.internal
    standing = shapes.card_fields(report, query.crs, internal=internal)
    return WholeReport(
        **standing,
        actions=whole.seen.open_actions,
        suggestion=suggestion(whole.seen.suggestion),
        closing=closing(whole.seen.needs),
        text=whole.text,
        reporter=whole.reporter,
        photos=[shapes.photo(photo, links) for photo in whole.photos],
        history=[shapes.line(line) for line in whole.history],
        progress=progress(whole) if internal else None,
    )


@api.route("/reports/{report_id}/actions", methods=["POST"], authorizer=authorize)
def act_on_report(ask: Ask, report_id: str, body: AnyAction, query: InCrs) -> Standing:
    """Do something to a report. If-Match: the version that was read."""
    from chalicelib.services.reports import reports

    seen = reports.act(report_id, command(body), version=ask.version, key=ask.key, by=ask.actor, now=ask.now)
    return shapes.standing(seen, query.crs)


@api.route("/reports/{report_id}/photos", methods=["POST"], authorizer=authorize)
def add_photos(ask: Ask, report_id: str, body: NewFiles) -> Uploads:
    """Declare more files, or ask for fresh forms: within 7 days of their declaration."""
    from chalicelib.services.reports import attachments

    wanted = [(file.purpose, file.content_type) for file in body.files]
    forms = attachments.add(report_id, wanted, key=ask.key, by=ask.actor, now=ask.now)
    return Uploads(id=report_id, uploads=[shapes.form(form) for form in forms])


def _draft(body: NewReport) -> Draft:
    spot = body.location
    files: Sequence[str] = (*body.photos, *([body.voice] if body.voice else []))
    return Draft(
        text=body.text,
        kind=body.kind,
        spot=Spot(lat=spot.lat, lon=spot.lon, crs=spot.crs, accuracy=spot.accuracy) if spot else None,
        observed_at=body.observed_at,
        files=[ContentType(file) for file in files],
        source=body.source,
        joins=body.joins,
        parked=body.draft_id,
    )


def _accepted(accepted: Accepted, crs: Crs, now: datetime) -> AcceptedReport:
    notice, notice_en = texts()["emergency_notice"] if accepted.emergency else (None, None)
    return AcceptedReport(
        **shapes.card_fields(accepted.report, crs, internal=False),
        emergency=accepted.emergency,
        notice=notice,
        notice_en=notice_en,
        uploads=[shapes.form(form) for form in photos.forms(accepted.files, now=now)],
    )
