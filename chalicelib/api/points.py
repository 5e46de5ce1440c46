"""The caller's points over HTTP: what he has, what is expected, and the entry behind every single point."""

from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, Paging
from chalicelib.domain.points.terms import EntryState

if TYPE_CHECKING:
    from chalicelib.domain.points.transfers import Transfer

api = Api(__name__)


class Entry(Struct, frozen=True, kw_only=True):
    """Why there are more points, or fewer: the rule, its edition and the report's event; `corrects` names an older one.

    `points` is negative where they were taken back; what of it counts, the caps say. `text` explains it in Chinese,
    `text_en` in English. `day` is the local day whose caps it counts against.
    """

    id: str
    report_id: str
    event_id: str
    rule: str
    edition: int
    points: int
    state: EntryState
    honour: bool
    day: str
    at: Instant
    corrects: str | None
    text: str
    text_en: str


class Points(Struct, frozen=True, kw_only=True):
    """`balance` to redeem, `pending` until approved, `honour` that redeeming never lowers; and a page of entries."""

    balance: int
    pending: int
    honour: int
    entries: list[Entry]
    cursor: str | None


@api.route("/points", methods=["GET"], authorizer=authorize)
def get_points(ask: Ask, query: Paging) -> Points:
    """The caller's points and their entries, the newest first."""
    from chalicelib.services.points import points

    wallet = points.spendable(ask.actor.id, now=ask.now)
    page = points.page(ask.actor.id, limit=query.limit, cursor=query.cursor)
    return Points(
        balance=wallet.balance,
        pending=wallet.pending,
        honour=wallet.honour,
        entries=[entry(transfer) for transfer in page.entries],
        cursor=page.cursor,
    )


def entry(transfer: "Transfer") -> Entry:
    """An entry as a client reads it."""
    return Entry(
        id=transfer.id,
        report_id=transfer.report_id,
        event_id=transfer.event_id,
        rule=transfer.rule,
        edition=transfer.edition,
        points=transfer.earned,
        state=transfer.state,
        honour=transfer.honour,
        day=transfer.day,
        at=transfer.at,
        corrects=transfer.corrects,
        text=transfer.zh,
        text_en=transfer.en,
    )
