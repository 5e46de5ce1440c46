"""Boards follow the scores: ranked when something has changed, at most every five minutes, by few calls."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.rankings.ranking import EVERY
from chalicelib.gateways import queues
from chalicelib.services.rankings import ranking
from chalicelib.services.reference import areas
from chalicelib.services.reports import timers
from chalicelib.store.points import wallets
from chalicelib.store.rankings import boards
from tests.bench.calls import counted
from tests.builders import GRID, NOW
from tests.ranked import earned, enrolled, post, sent_for

pytestmark = pytest.mark.usefixtures("rules")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sent() -> Iterator[list[str]]:
    with sent_for() as sent:
        yield sent


def order(period: str) -> list[str]:
    live = boards.of(period).live
    return [row.courier_id for row in live.rows] if live else []


def test_what_was_earned_stands_on_the_boards_of_its_four_periods() -> None:
    enrolled("p1"), enrolled("p2")
    for id, points, at in (("p1", 50, NOW), ("p2", 60, NOW), ("p2", 70, NOW - timedelta(days=31))):
        post(id, points, at=at)
    assert ranking.rank(now=NOW) == 5  # two months; quarter, year and ever are the same
    for period in ("2026-11", "2026-Q4", "2026", "ever"):
        assert order(period) == ["p2", "p1"]
    assert order("2026-10") == ["p2"]


def test_the_clock_sends_for_the_worker_only_where_something_has_changed(sent: list[str]) -> None:
    assert timers.sweep(now=NOW) == 0 and sent == []
    post("p1", 50)
    assert timers.sweep(now=NOW) == 1 and sent == ['rankings {"period":""}']
    ranking.rank(now=NOW)
    assert timers.sweep(now=NOW + MINUTE) == 0
    assert timers.sweep(now=NOW + EVERY) == 1
    ranking.rank(now=NOW + EVERY)
    assert timers.sweep(now=NOW + 2 * EVERY) == 0


def test_a_queue_that_takes_nothing_is_asked_again_a_minute_later(monkeypatch: pytest.MonkeyPatch) -> None:
    post("p1", 50)
    monkeypatch.setattr(queues, "send", lambda queue, messages: frozenset(messages))
    assert ranking.call(now=NOW) == 0 and boards.due(NOW + MINUTE) == ["2026-11"]


def test_a_board_is_ranked_at_most_every_five_minutes() -> None:
    post("p1", 50)
    ranking.rank(now=NOW)
    post("p2", 60, at=NOW + MINUTE)
    assert ranking.rank(now=NOW + 4 * MINUTE) == 0 and order("2026-11") == ["p1"]
    assert ranking.rank(now=NOW + EVERY) == 4 and order("2026-11") == ["p2", "p1"]


def test_what_was_being_written_while_a_board_was_ranked_is_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """The month is touched before the entry is written, and not again within a minute."""
    post("p1", 50)
    ranking.rank(now=NOW)
    post("p2", 60)
    ranking.rank(now=NOW + EVERY)
    assert order("2026-11") == ["p2", "p1"] and boards.due(NOW + 2 * EVERY) == []


def test_what_broke_off_is_ranked_by_the_next_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    post("p1", 50)
    with monkeypatch.context() as broken:
        broken.setattr(wallets, "scores", lambda period: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ranking.rank(now=NOW)
    assert boards.due(NOW + MINUTE) == ["2026-11"]
    assert ranking.rank(now=NOW + MINUTE) == 3  # the one that was claimed waits for its turn
    assert ranking.rank(now=NOW + EVERY) == 1
    assert order("2026-11") == order("ever") == ["p1"]


def test_a_late_event_has_the_boards_of_its_own_day_ranked() -> None:
    post("p1", 50, at=NOW - timedelta(days=300))
    ranking.rank(now=NOW)
    assert order("2026-01") == ["p1"] == order("2026-Q1") and order("2026-11") == []


def test_a_board_that_never_was_is_ranked_when_it_is_asked_for_whatever_is_due() -> None:
    wallets_before = earned("p1", 50)
    post("p1", 50)
    boards.BoardItem("2026-11", boards.CHANGED).delete()  # as where scores are older than boards
    assert ranking.rank("2026-11", now=NOW) == 1 and order("2026-11") == [wallets_before.courier_id]
    assert ranking.rank("2026-11", now=NOW) == 0


def test_a_period_costs_a_claim_a_query_and_a_write_and_who_is_ranked_two_queries_for_all() -> None:
    for number in range(5):
        enrolled(f"p{number}")
        post(f"p{number}", 50 + number)
    areas.township(now=NOW)
    with counted() as calls:
        ranking.rank(now=NOW)
    each = ["UpdateItem", "Query", "TransactWriteItems"]
    assert calls.names == ["Query", "GetItem", "Query", "Query", *each * 4, "UpdateItem"]


def test_staff_stand_on_no_board_at_that_time() -> None:
    enrolled("p1"), enrolled("p2", posts=(Post(Role.COURIER, "p2"), Post(Role.GRID_MEMBER, GRID)))
    for id in ("p1", "p2"):
        post(id, 50)
    ranking.rank(now=NOW)
    live = boards.of("2026-11").live
    assert live and {row.courier_id: str(row.standing) for row in live.rows} == {"p1": "shown", "p2": "out"}


def test_months_that_are_touched_minutes_apart_both_rest_within_three_rounds() -> None:
    """A late entry of November two minutes after December's boards were ranked: they share quarter, year and ever."""
    december = NOW + timedelta(days=20)
    post("p1", 50, at=december)
    for minute in range(2):
        ranking.rank(now=december + minute * MINUTE)
    post("p2", 60)
    minute = 2
    while boards.due(december + EVERY + minute * MINUTE):
        ranking.rank(now=december + minute * MINUTE)
        minute += 1
        assert minute <= 3 * 5, boards.due(december + minute * MINUTE)
    assert order("2026-11") == ["p2"] and order("2026-Q4") == order("2026") == order("ever") == ["p2", "p1"]


def test_boards_that_another_month_had_ranked_hold_what_this_one_announced() -> None:
    """Whichever months are touched when, what rests is ranked after all that was written."""
    random = Random(7)
    for round in range(6):
        now = NOW + timedelta(days=20 + round)
        for minute in range(60):
            boards.forget()
            if minute < 20 and random.random() < 0.4:
                month = NOW if random.random() < 0.5 else NOW + timedelta(days=20)
                post(f"p{random.randrange(3)}", 10, at=month, event=f"{round}-{minute}")
            if boards.due(now + minute * MINUTE):
                ranking.rank(now=now + minute * MINUTE)
        assert boards.due(now + timedelta(hours=2)) == []
        for period in ("2026-11", "2026-12", "2026-Q4", "ever"):
            live = boards.of(period).live
            honours = {one.courier_id: one.score.honour for one in wallets.scores(period)}
            assert {row.courier_id: row.honour for row in live.rows if live} == honours if live else not honours
