"""The past, sent once more, piece by piece."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import Busy, Invalid
from chalicelib.domain.events import Event
from chalicelib.gateways import queues
from chalicelib.services import replay
from chalicelib.store import history
from tests.builders import NOW
from tests.lines import told
from tests.services.test_relay import Outbox

LINES = [told(subject=f"r{number}", at=NOW + timedelta(minutes=number))[0] for number in range(7)]
LATER = NOW + timedelta(days=1)


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """A queue that keeps everything, and a history of seven events in pieces of two."""
    made = Outbox()
    monkeypatch.setattr(queues, "send", made.send)
    monkeypatch.setattr(history, "everything", lambda start, until: (e for e in LINES if start <= e.at <= until))
    monkeypatch.setattr(replay, "AT_ONCE", 2)
    return made


def pieces(number: int) -> Callable[[], bool]:
    """Time for that many pieces."""
    left = iter([True] * number)
    return lambda: next(left, False)


def names(lines: list[Event]) -> list[str]:
    return [line.id for line in lines]


def test_everything_between_two_instants_is_sent(outbox: Outbox) -> None:
    answer = replay.replay(LINES[1].at, LINES[5].at, now=LATER, may_go_on=lambda: True)
    assert list(outbox.sent["notices"]) == list(outbox.sent["figures"]) == names(LINES[1:6])
    assert (answer.sent, answer.next) == (25, None)


def test_it_stops_in_time_and_goes_on_where_it_stopped(outbox: Outbox) -> None:
    since: datetime | None = NOW
    rounds = 0
    while since:
        answer = replay.replay(since, LATER, now=LATER, may_go_on=pieces(1))
        since, rounds = answer.next, rounds + 1
    assert list(outbox.sent["notices"]) == names(LINES) and rounds == 4


def test_without_any_time_it_begins_again_at_the_same_event(outbox: Outbox) -> None:
    answer = replay.replay(NOW, LATER, now=LATER, may_go_on=pieces(0))
    assert (answer.sent, answer.next, outbox.sent) == (0, LINES[0].at, {})


def test_a_queue_that_takes_nothing_stops_it(outbox: Outbox) -> None:
    outbox.refused = ("figures/r3#000001",)
    with pytest.raises(Busy):
        replay.replay(NOW, LATER, now=LATER, may_go_on=lambda: True)


def test_it_reaches_back_a_year_and_no_further(outbox: Outbox) -> None:
    with pytest.raises(Invalid):
        replay.replay(LATER - timedelta(days=365, seconds=1), LATER, now=LATER, may_go_on=lambda: True)
