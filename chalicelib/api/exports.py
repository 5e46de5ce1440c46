"""Exports over HTTP: ask for a file of reports, see how far it is, fetch it, take it back."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.shapes import Instant, KindCode, Paging
from chalicelib.domain.exports.terms import Content, ExportState, Ground
from chalicelib.domain.people.model import Role
from chalicelib.domain.reports.model import Status

if TYPE_CHECKING:
    from chalicelib.domain.exports.asking import Wish
    from chalicelib.domain.exports.jobs import Job
    from chalicelib.services.exports.exports import Fetch

api = Api(__name__)

Period = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
Village = Annotated[str, Meta(pattern=r"^(\d{12}|outside)$")]
Purpose = Annotated[str, Meta(min_length=1, max_length=200)]


class NewExport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reports that came in `from` … `to`, both included: local months (`2026-11`) or days. No villages: all of yours.
    Or (`content`: `ledger`) the entries of points of these days: of no village, kind or status.

    Names and phones are masked unless `personal` is set, with the `ground` on which they may leave: centre and admin.
    """

    first: Period = msgspec.field(name="from")
    last: Period = msgspec.field(name="to")
    villages: Annotated[tuple[Village, ...], Meta(max_length=100)] = ()
    kind: KindCode | None = None
    status: Status | None = None
    content: Content = Content.REPORTS
    purpose: Purpose
    personal: bool = False
    ground: Ground | None = None

    def __post_init__(self) -> None:
        if self.personal is (self.ground is None):
            raise ValueError("personal data needs a ground, and a ground means personal data")


class Export(Struct, frozen=True, kw_only=True):
    """An export of reports or of points: `from` and `to` are local days; `rows` counts those written so far; after
    `erased_at` it is gone."""

    id: str
    state: ExportState
    first: str = msgspec.field(name="from")
    last: str = msgspec.field(name="to")
    villages: tuple[str, ...]
    kind: str | None
    status: Status | None
    content: Content
    purpose: str
    personal: bool
    ground: str | None
    requester: str
    as_role: Role
    created_at: Instant
    rows: int
    size: int
    finished_at: Instant | None
    erased_at: Instant | None


class ExportFile(Struct, frozen=True, kw_only=True):
    """Where the file is to be had until `expires_at`, without any token; `filename` is what a browser saves it as."""

    url: str
    filename: str
    expires_at: Instant


class ExportStatus(Export, frozen=True, kw_only=True):
    """An export; `file` where it was asked for."""

    file: ExportFile | None


class Exports(Struct, frozen=True, kw_only=True):
    """Some exports, newest first; `cursor` asks for the next ones, null at the end."""

    exports: list[Export]
    cursor: str | None


class WithdrawnExport(Struct, frozen=True, kw_only=True):
    """It was taken back: its links lead nowhere, and its file is gone within minutes."""

    state: ExportState = ExportState.WITHDRAWN


class FileQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`file=true` asks for the address of the file, which is noted."""

    file: bool = False


@api.route("/exports", methods=["POST"], status=201, authorizer=authorize)
def ask_export(ask: Ask, body: NewExport) -> Export:
    """Ask for reports as a CSV file. It is written in the background; who asked, and what for, is noted."""
    from chalicelib.services.exports import exports

    job = exports.ask(new_id(ask.now), _wish(body), key=ask.key, by=ask.actor, now=ask.now)
    return Export(**_fields(job, ask.now))


@api.route("/exports/{export_id}", methods=["GET"], authorizer=authorize)
def get_export(ask: Ask, export_id: str, query: FileQuery) -> ExportStatus:
    """How far an export is, for its requester and the auditor; with `file=true` a short-lived link, for the former."""
    from chalicelib.services.exports import exports

    job = exports.view(export_id, by=ask.actor, now=ask.now)
    file = exports.fetch(job, by=ask.actor, now=ask.now) if query.file else None
    return ExportStatus(**_fields(job, ask.now), file=_file(file) if file else None)


@api.route("/exports", methods=["GET"], authorizer=authorize)
def list_exports(ask: Ask, query: Paging) -> Exports:
    """The caller's exports; to the auditor, who took what, and what for."""
    from chalicelib.services.exports import exports

    page = exports.listing(by=ask.actor, limit=query.limit, cursor=query.cursor, now=ask.now)
    return Exports(exports=[Export(**_fields(job, ask.now)) for job in page.jobs], cursor=page.cursor)


@api.route("/exports/{export_id}", methods=["DELETE"], authorizer=authorize)
def withdraw_export(ask: Ask, export_id: str) -> WithdrawnExport:
    """Take an export back, for its requester and the admin: writing stops, the file is erased, and that is noted."""
    from chalicelib.services.exports import exports

    exports.withdraw(export_id, by=ask.actor, now=ask.now)
    return WithdrawnExport()


def _wish(body: NewExport) -> "Wish":
    from chalicelib.domain.exports.asking import Wish

    return Wish(
        first=body.first,
        last=body.last,
        villages=body.villages,
        kind=body.kind,
        status=body.status,
        purpose=body.purpose,
        ground=body.ground,
        content=body.content,
    )


def _fields(job: "Job", now: datetime) -> dict[str, Any]:
    from chalicelib.domain.exports import jobs

    return {
        "id": job.id,
        "state": jobs.state_at(job, now),
        "first": job.first,
        "last": job.last,
        "villages": job.villages,
        "kind": job.kind,
        "status": job.status,
        "content": job.content,
        "purpose": job.purpose,
        "personal": job.ground is not None,
        "ground": job.ground,
        "requester": job.requester_id,
        "as_role": job.role,
        "created_at": job.created_at,
        "rows": job.upload.rows,
        "size": job.upload.size,
        "finished_at": job.finished_at,
        "erased_at": job.erase_at,
    }


def _file(made: "Fetch") -> ExportFile:
    return ExportFile(url=made.url, filename=made.filename, expires_at=made.expires_at)
