"""The Lambda `replay_history`, invoked by hand: a piece of the past is sent once more."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.services import replay
from chalicelib.workers.context import Context

# A piece of a hundred events takes a second or two; the rest is for a slow queue.
RESERVE_MS = 20_000

type Instant = Annotated[datetime, Meta(tz=True)]


class Request(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`cursor`, the `next` of the last answer, overrides `since`. Without `until`: up to now."""

    since: Instant
    until: Instant | None = None
    cursor: Instant | None = None


def history(event: dict[str, Any], context: Context) -> dict[str, Any]:
    """Answers `{"sent": messages, "next": instant to go on from, or None}`."""
    request = msgspec.convert(event, Request)
    now = datetime.now(UTC)
    since, until = request.cursor or request.since, request.until or now
    answer = replay.replay(since, until, now=now, may_go_on=_time_left(context))
    return {"sent": answer.sent, "next": answer.next.isoformat() if answer.next else None}


def _time_left(context: Context) -> Callable[[], bool]:
    return lambda: context.get_remaining_time_in_millis() > RESERVE_MS
