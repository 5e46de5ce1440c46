"""Sending the past once more: the repair for a lost stream. It can do no harm, since every follower is idempotent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched

from chalicelib.domain.errors import Busy, Invalid
from chalicelib.services import relay
from chalicelib.store import history

REACH = timedelta(days=365)  # less than the marks of followers are kept: see store/figures/marks.py
AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """`sent` messages so far; `next` is where to go on from, None when all is done."""

    sent: int
    next: datetime | None


def replay(since: datetime, until: datetime, *, now: datetime, may_go_on: Callable[[], bool]) -> Replayed:
    """Send the events with since <= at <= until again, oldest first, as long as `may_go_on` says so.

    To continue, call with `next` as `since`: the events of that very instant are sent twice, which does no harm.
    Raises Invalid (`replay_too_old`: more than a year back) and Busy if a queue takes nothing.
    """
    if since < now - REACH:
        raise Invalid("replay_too_old", days=REACH.days)
    sent = 0
    for events in batched(history.everything(since, until), AT_ONCE, strict=False):
        if not may_go_on():
            return Replayed(sent=sent, next=events[0].at)
        taken, left = relay.forward(events)
        sent += taken
        if left:
            raise Busy("queue_busy")
    return Replayed(sent=sent, next=None)
