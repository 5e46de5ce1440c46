"""Monthly statements of the caller's own points over HTTP: as JSON, and as a workbook that can be printed."""

from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.points import Entry, entry
from chalicelib.api.shapes import Instant
from chalicelib.domain.points.statements import Movement

if TYPE_CHECKING:
    from chalicelib.domain.points.statements import Statement

api = Api(__name__)


class StatementLine(Struct, frozen=True, kw_only=True):
    """An entry, what it is, and how many points of it count."""

    entry: Entry
    part: Movement
    counted: int


class Expiring(Struct, frozen=True, kw_only=True):
    """How many points of the closing balance can be spent until the end of `last_day`."""

    last_day: str
    points: int


class PointsStatement(Struct, frozen=True, kw_only=True):
    """A local month: `opening` and all `moved` are `closing`. `kept_back` is what caps did not count of what came.

    `lines` has the newest entries first; `left_out` older ones are not among them.
    """

    month: str
    as_of: Instant
    opening: int
    moved: dict[Movement, int]
    closing: int
    kept_back: int
    expiring: list[Expiring]
    lines: list[StatementLine]
    left_out: int


class StatementAsked(Struct, frozen=True, kw_only=True):
    """The file is being written, since `asked_at`."""

    id: str
    month: str
    asked_at: Instant


class StatementFile(Struct, frozen=True, kw_only=True):
    """Where the workbook is to be had until `expires_at`, without any token; `filename`: what a browser saves it as."""

    url: str
    filename: str
    expires_at: Instant


@api.route("/points/statements/{month}", methods=["GET"], authorizer=authorize)
def get_statement(ask: Ask, month: str) -> PointsStatement:
    """The caller's points of a local month, also of the running one."""
    from chalicelib.services.points import statements

    return _shown(statements.statement(ask.actor.id, month, now=ask.now))


@api.route("/points/statements/{month}/file", methods=["POST"], status=202, authorizer=authorize)
def ask_statement_file(ask: Ask, month: str) -> StatementAsked:
    """Have the caller's own statement written as a workbook. Asked again while it is being written, it is that one."""
    from chalicelib.services.points import statements

    file = statements.ask(new_id(ask.now), ask.actor.id, month, now=ask.now)
    return StatementAsked(id=file.id, month=file.month, asked_at=file.asked_at)


@api.route("/points/statements/{month}/file", methods=["GET"], authorizer=authorize)
def get_statement_file(ask: Ask, month: str) -> StatementFile:
    """A short-lived link to the workbook that the caller asked for; it is erased after a day."""
    from chalicelib.services.points import statements

    made = statements.fetch(ask.actor.id, month, now=ask.now)
    return StatementFile(url=made.url, filename=made.filename, expires_at=made.expires_at)


def _shown(found: "Statement") -> PointsStatement:
    from chalicelib.domain.points import lots

    expiring = [Expiring(last_day=lots.last_day(lot).isoformat(), points=n) for lot, n in found.expiring.items()]
    return PointsStatement(
        month=found.month,
        as_of=found.as_of,
        opening=found.opening,
        moved=dict(found.moved),
        closing=found.closing,
        kept_back=found.kept_back,
        expiring=expiring,
        lines=[StatementLine(entry=entry(line.entry), part=line.part, counted=line.counted) for line in found.lines],
        left_out=found.left_out,
    )
