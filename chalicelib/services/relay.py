"""The one way from history to those who follow it: each line to the queues that want it."""

from collections.abc import Iterable

import msgspec

from chalicelib.domain.followers import queues
from chalicelib.domain.happenings import Line
from chalicelib.domain.queues import Queue
from chalicelib.gateways import queues as gateway


def forward(lines: Iterable[Line]) -> tuple[int, frozenset[str]]:
    """Put each line on its queues, ten a call: how many messages were taken, and which lines were not by all."""
    outgoing: dict[Queue, dict[str, str]] = {}
    for line in lines:
        body = msgspec.json.encode(line).decode()
        for queue in queues(line):
            outgoing.setdefault(queue, {})[line.id] = body
    left = [gateway.send(queue, messages) for queue, messages in outgoing.items()]
    sent = sum(map(len, outgoing.values())) - sum(map(len, left))
    return sent, frozenset[str]().union(*left)
