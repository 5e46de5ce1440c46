"""The Lambda `recount_figures`, invoked by hand: a piece of what is counted is worked out anew from history."""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.services.figures import recounting
from chalicelib.workers.context import Context

# A report takes some 50 ms; the rest is for a slow store.
RESERVE_MS = 20_000

type Instant = Annotated[datetime, Meta(tz=True)]


class Request(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reports that came in since then; `cursor`, the `next` of the last answer, overrides it."""

    since: Instant
    cursor: Instant | None = None


def figures(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Answers `{"reports": looked at, "mended": counted wrongly before, "next": instant to go on from, or None}`."""
    request = msgspec.convert(event, Request)
    since, until = request.cursor or request.since, datetime.now(UTC)
    answer = recounting.recount(since, until, may_go_on=lambda: _has_time(context))
    next = answer.next.isoformat() if answer.next else None
    return {"reports": answer.reports, "mended": answer.mended, "next": next}


def _has_time(context: Context) -> bool:
    return context.get_remaining_time_in_millis() > RESERVE_MS
