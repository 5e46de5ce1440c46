"""The one way from history to those who follow it: each event to the queues that want it."""

from collections.abc import Iterable

import msgspec

from chalicelib.domain.events import Event
from chalicelib.domain.followers import queues
from chalicelib.domain.queues import Queue
from chalicelib.gateways import queues as gateway


def forward(events: Iterable[Event]) -> tuple[int, frozenset[str]]:
    """Put each event on its queues, ten a call: how many messages were taken, and which events were not by all."""
    outgoing: dict[Queue, dict[str, str]] = {}
    for event in events:
        body = msgspec.json.encode(event).decode()
        for queue in queues(event):
            outgoing.setdefault(queue, {})[event.id] = body
    left = [gateway.send(queue, messages) for queue, messages in outgoing.items()]
    sent = sum(map(len, outgoing.values())) - sum(map(len, left))
    return sent, frozenset[str]().union(*left)
