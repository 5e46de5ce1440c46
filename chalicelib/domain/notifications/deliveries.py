"""What was sent to whom, by which channel, and what became of it: one record per recipient."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """How a message leaves the house. The inbox is no channel: what is told is there in any case."""

    SMS = "sms"
    PUSH = "push"


class DeliveryState(StrEnum):
    """What became of it."""

    QUEUED = "queued"
    SENT = "sent"
    MERGED = "merged"  # sent, as part of a push that speaks of several
    FAILED = "failed"  # and tried again, until it is given up
    SUPPRESSED = "suppressed"  # on purpose: `reason` says why
    NO_CHANNEL = "no_channel"  # this installation has no such channel


DONE = frozenset({DeliveryState.SENT, DeliveryState.MERGED, DeliveryState.SUPPRESSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to one recipient by one channel. `subject` is the report, or what else it is about.

    `recipient` is a person's id or who is called by roster (`village:…#main`); `role` as whom he hears it.
    """

    subject: str
    id: str
    event_id: str
    template: str
    channel: Channel
    role: str
    recipient: str
    state: DeliveryState
    at: datetime
    attempts: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How many of a role were sent a message by a channel, and what became of these."""

    at: datetime
    event_id: str
    template: str
    channel: Channel
    role: str
    state: DeliveryState
    people: int


def delivery_id(message_id: str, channel: Channel, recipient: str) -> str:
    """The same for every telling of the same message; sorts by when it happened."""
    return f"{message_id}#{channel}#{recipient}"


def summary(deliveries: Iterable[Delivery]) -> list[Sent]:
    """What was sent about a thing, oldest first, without saying to whom by name."""
    counted = Counter((one.at, one.event_id, one.template, one.channel, one.role, one.state) for one in deliveries)
    return [
        Sent(at=at, event_id=event, template=template, channel=channel, role=role, state=state, people=people)
        for (at, event, template, channel, role, state), people in sorted(counted.items())
    ]
