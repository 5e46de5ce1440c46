"""A queue and channels that tests look into."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

import msgspec
import pytest

from chalicelib.domain.errors import Busy
from chalicelib.domain.notifications.deliveries import Channel
from chalicelib.gateways import channels, queues
from chalicelib.services.notifications import deliveries, pushes
from chalicelib.services.notifications.outbox import Outgoing, Send

_decode = msgspec.json.Decoder(Outgoing).decode


@dataclass
class Post:
    """Takes what is put on the outbox queue, and sends it when told to: `sent` has (channel, to, text, id)."""

    configured: bool = True
    failing: bool = False
    queue: deque[tuple[str, int]] = field(default_factory=deque)
    sent: list[tuple[Channel, str, str, str]] = field(default_factory=list)

    def take(self, queue: str, messages: Mapping[str, str], *, delay: timedelta = timedelta()) -> frozenset[str]:
        assert queue == "outbox" and timedelta() <= delay <= timedelta(minutes=15)
        self.queue.extend((body, ceil(delay.total_seconds())) for body in messages.values())
        return frozenset()

    def errands(self) -> list[tuple[Outgoing, int]]:
        """What waits, with its delay in seconds; taken off."""
        waiting = [(_decode(body), delay) for body, delay in self.queue]
        self.queue.clear()
        return waiting

    def work(self, now: datetime) -> None:
        """Do whatever waits now, delays or not, once."""
        for errand, _ in self.errands():
            do(errand, now)


def do(errand: Outgoing, now: datetime) -> None:
    """What the function that sends does with one errand."""
    if isinstance(errand, Send):
        deliveries.send(errand)
    else:
        pushes.push(errand, now=now)


@dataclass
class Way:
    """A channel that keeps what it is given; a bridge does nothing for an id that it knows."""

    post: Post
    channel: Channel

    def is_configured(self) -> bool:
        return self.post.configured

    def send(self, to: str, text: str, /, *, id: str) -> None:
        if self.post.failing:
            raise Busy("sms_unreachable")
        if all(id != known for _, _, _, known in self.post.sent):
            self.post.sent.append((self.channel, to, text, id))


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    """Everything that leaves the house, from now on."""
    made = Post()
    monkeypatch.setattr(queues, "send", made.take)
    monkeypatch.setattr(channels, "GATEWAYS", ways := {channel: Way(made, channel) for channel in Channel})
    for module in (deliveries, pushes):
        monkeypatch.setattr(module, "GATEWAYS", ways)
    return made


MINUTE = timedelta(minutes=1)
