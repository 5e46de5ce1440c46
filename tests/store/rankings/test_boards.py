"""Boards are kept by period, read with one query, claimed by one, and a result is written once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.people.membership import Membership
from chalicelib.domain.points.scores import Score
from chalicelib.domain.rankings.ranking import EVERY, Row, ordered
from chalicelib.domain.rankings.results import Board
from chalicelib.store.rankings import boards
from chalicelib.store.rankings.boards import Boards, ResultThere
from tests.bench.calls import counted
from tests.builders import NOW, VILLAGE

pytestmark = pytest.mark.usefixtures("tables")
MONTH = "2026-11"
SOON, LATER = NOW + timedelta(minutes=1), NOW + EVERY


def rows(count: int = 3) -> list[Row]:
    scores = ((f"p{number}", Score(honour=number, solved=1, last_at=NOW)) for number in range(count))
    return ordered(scores, {f"p{number}": Membership(villages=(VILLAGE,), employer="甲") for number in range(count)})


def live(count: int = 3, minutes: int = 0) -> Board:
    return Board(period=MONTH, as_of=NOW + timedelta(minutes=minutes), rows=tuple(rows(count)))


def test_a_board_comes_back_as_it_was_written_in_one_query() -> None:
    boards.save(live(), before="")
    with counted() as calls:
        assert boards.of(MONTH) == Boards(live=live(), frozen=None)
    assert calls.names == ["Query"]
    assert boards.of("2026-12") == Boards(live=None, frozen=None)


def test_more_couriers_than_an_item_holds_take_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "ROWS", 4)
    boards.save(live(10), before="")
    assert boards.of(MONTH).live == live(10)
    boards.save(live(3, minutes=1), before="")
    assert boards.of(MONTH).live == live(3, minutes=1)


def test_rows_that_did_not_change_are_not_written_again() -> None:
    boards.save(live(), before="")
    before = boards.claim(MONTH, now=NOW)
    assert before
    with counted() as calls:
        boards.save(live(minutes=1), before=before)
    assert len(calls.parameters("TransactWriteItems")["TransactItems"]) == 1
    assert boards.of(MONTH).live == live(minutes=1)


def test_an_older_board_never_takes_the_place_of_a_later_one() -> None:
    boards.save(live(4, minutes=1), before="")
    with pytest.raises(StaleVersion):
        boards.save(live(3), before="")
    assert boards.of(MONTH).live == live(4, minutes=1)


def test_one_ranks_a_period_at_a_time_and_at_most_every_five_minutes() -> None:
    with ThreadPoolExecutor(6) as pool:
        claims = list(pool.map(lambda _: boards.claim(MONTH, now=NOW), range(6)))
    assert sorted(claims, key=str) == ["", *[None] * 5]
    assert boards.claim(MONTH, now=LATER - timedelta(seconds=1)) is None
    assert boards.claim(MONTH, now=LATER) is not None
    assert boards.of(MONTH).live is None  # claimed, but not ranked yet


def test_a_result_is_written_once() -> None:
    first = Board(period=MONTH, as_of=NOW, rows=tuple(rows()), editions={"numbers": 3})
    boards.freeze(first)
    with pytest.raises(ResultThere):
        boards.freeze(live(1, minutes=9))
    boards.save(live(5, minutes=9), before="")
    assert boards.result(MONTH) == first
    assert boards.of(MONTH) == Boards(live=live(5, minutes=9), frozen=first)


def test_a_period_that_was_touched_is_due_until_it_was_ranked_twice() -> None:
    """What was about to be written when it was touched has been by the second time."""
    boards.touch([MONTH])
    assert boards.due(NOW) == [MONTH]
    boards.note(boards.change(MONTH), whole=True, now=NOW)
    assert boards.due(SOON) == [] and boards.due(LATER) == [MONTH]
    seen = boards.change(MONTH)
    assert (seen.is_new, seen.settles_at) == (False, LATER)
    boards.rest(seen)
    assert boards.due(LATER + EVERY) == []


def test_a_month_of_which_some_boards_wait_for_their_turn_is_looked_at_before_that() -> None:
    boards.touch([MONTH])
    boards.note(boards.change(MONTH), whole=False, now=NOW)
    assert boards.due(NOW) == [MONTH]
    boards.save(live(1), before="")
    assert boards.is_since(MONTH, NOW) and not boards.is_since(MONTH, LATER) and not boards.is_since("ever", NOW)


def test_what_is_touched_while_it_is_ranked_is_ranked_again() -> None:
    boards.touch([MONTH])
    boards.note(boards.change(MONTH), whole=True, now=NOW)
    second = boards.change(MONTH)
    boards.forget()
    boards.touch([MONTH])
    boards.rest(second)
    assert boards.change(MONTH).is_new
    assert boards.due(LATER + EVERY) == [MONTH]


def test_a_process_touches_a_month_once_a_minute_at_most() -> None:
    with counted() as calls:
        for _ in range(50):
            boards.touch([MONTH, "2026-10"])
    assert calls.names == ["UpdateItem"] * 2


def test_between_two_items_of_a_transaction_it_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    boards.save(live(), before="")
    held = list(boards.BoardItem.query(MONTH))
    torn = [item for item in held if item.part == boards.LIVE]
    answers = [torn, held]
    monkeypatch.setattr(boards.BoardItem, "query", lambda _: answers.pop(0))
    assert boards.of(MONTH).live == live() and answers == []
