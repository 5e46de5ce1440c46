"""The queue `outbox`: what is to be sent by whichever function sends. It may come twice, late, or in any order."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from chalicelib.domain.errors import Busy
from chalicelib.domain.notifications.deliveries import Channel
from chalicelib.domain.queues import Queue
from chalicelib.gateways import queues

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


type Outgoing = Send | Push


def put(outgoing: Sequence[Outgoing], *, delay: timedelta = timedelta()) -> None:
    """Put what is to be sent on the queue, kept back for a while at most. Raises Busy (`queue_busy`)."""
    bodies = {str(number): msgspec.json.encode(one).decode() for number, one in enumerate(outgoing)}
    if bodies and queues.send(Queue.OUTBOX, bodies, delay=min(delay, LONGEST_DELAY)):
        raise Busy("queue_busy")
