"""The queue `outbox`: what is to be sent by whichever function sends. It may come twice, late, or in any order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

import msgspec
from msgspec import Struct

from chalicelib.domain.errors import Busy
from chalicelib.domain.notifications.deliveries import Channel
from chalicelib.gateways import queues

OUTBOX = "outbox"
LONGEST_DELAY = timedelta(seconds=900)  # SQS keeps a message back no longer


class Send(Struct, frozen=True, kw_only=True, tag="send"):
    """Send this text to one recipient, as its delivery record (subject, id) tells. `to`: as the channel knows him."""

    subject: str
    id: str
    channel: Channel
    to: str
    text: str


class Push(Struct, frozen=True, kw_only=True, tag="push"):
    """Push to somebody what waits for him, if it is time; `wake` is when that was to be looked at again."""

    person: str
    wake: datetime | None = None


type Errand = Send | Push


def put(errands: Sequence[Errand], *, delay: timedelta = timedelta()) -> None:
    """Put errands on the queue, kept back for a while at most. Raises Busy (`queue_busy`)."""
    seconds = ceil(min(delay, LONGEST_DELAY).total_seconds())
    bodies = {str(number): msgspec.json.encode(errand).decode() for number, errand in enumerate(errands)}
    if bodies and queues.send(OUTBOX, bodies, delay=seconds):
        raise Busy("queue_busy")
