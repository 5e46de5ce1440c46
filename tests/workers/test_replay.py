"""The Lambda that sends the past once more."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from chalicelib.services import replay as service
from chalicelib.services.replay import Replayed
from chalicelib.workers import replay

SINCE = datetime(2026, 11, 22, 16, tzinfo=UTC)


class Context:
    """A call with this much time left."""

    def __init__(self, left_ms: int = 900_000) -> None:
        self.left_ms = left_ms

    def get_remaining_time_in_millis(self) -> int:
        return self.left_ms


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the service was asked for."""
    seen: dict[str, Any] = {}

    def fake(since: datetime, until: datetime, *, now: datetime, may_go_on: Callable[[], bool]) -> Replayed:
        seen.update(since=since, until=until, now=now, may_go_on=may_go_on())
        return Replayed(sent=7, next=None if may_go_on() else since)

    monkeypatch.setattr(service, "replay", fake)
    return seen


def test_it_goes_from_an_instant_up_to_now(asked: dict[str, Any]) -> None:
    assert replay.history({"since": "2026-11-23T00:00:00+08:00"}, Context()) == {"sent": 7, "next": None}
    assert asked["since"] == SINCE and asked["until"] == asked["now"]


def test_a_cursor_is_where_it_goes_on(asked: dict[str, Any]) -> None:
    event = {"since": "2026-01-01T00:00:00Z", "until": "2026-11-23T00:00:00Z", "cursor": SINCE.isoformat()}
    replay.history(event, Context())
    assert (asked["since"], asked["until"].day) == (SINCE, 23)


def test_it_stops_before_it_is_cut_off_and_says_where(asked: dict[str, Any]) -> None:
    answer = replay.history({"since": SINCE.isoformat()}, Context(19_000))
    assert answer == {"sent": 7, "next": SINCE.isoformat()} and not asked["may_go_on"]


@pytest.mark.parametrize(
    "event", [{}, {"since": "yesterday"}, {"since": "2026-11-23T00:00:00"}, {"since": None, "x": 1}]
)
def test_what_it_does_not_understand_fails(event: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        replay.history(event, Context())
