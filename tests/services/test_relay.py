"""From history to the queues."""

import msgspec
import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.reports.model import Action, Status
from chalicelib.gateways import queues
from chalicelib.services import relay
from tests.lines import told

LINES = told((Action.VERIFY, Status.WITH_VILLAGE), (Action.COMMENT, Status.WITH_VILLAGE))


class Outbox:
    """Keeps what is sent, and takes nothing of what it is told to refuse."""

    def __init__(self, *refused: str) -> None:
        self.sent: dict[str, dict[str, str]] = {}
        self.refused = refused

    def send(self, queue: str, messages: dict[str, str]) -> frozenset[str]:
        self.sent.setdefault(queue, {}).update(messages)
        return frozenset(name for name in messages if f"{queue}/{name}" in self.refused)


def forwarded(monkeypatch: pytest.MonkeyPatch, *refused: str) -> tuple[Outbox, tuple[int, frozenset[str]]]:
    outbox = Outbox(*refused)
    monkeypatch.setattr(queues, "send", outbox.send)
    return outbox, relay.forward(LINES)


def test_each_event_goes_to_the_queues_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    outbox, answer = forwarded(monkeypatch)
    assert {queue: list(messages) for queue, messages in outbox.sent.items()} == {
        "notices": ["r1#000001", "r1#000002", "r1#000003"],
        "figures": ["r1#000001", "r1#000002"],
        "points": ["r1#000002"],
        "links": ["r1#000001"],
        "merges": ["r1#000002", "r1#000003"],
        "cells": ["r1#000001"],
        "checks": ["r1#000001", "r1#000002"],
    }
    assert answer == (12, frozenset())


def test_the_body_is_the_event_as_its_followers_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    outbox, _ = forwarded(monkeypatch)
    assert msgspec.json.decode(outbox.sent["points"]["r1#000002"], type=Event) == LINES[1]


def test_an_event_that_one_queue_refuses_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    _, answer = forwarded(monkeypatch, "points/r1#000002", "figures/r1#000002", "figures/r1#000001")
    assert answer == (9, frozenset({"r1#000001", "r1#000002"}))
