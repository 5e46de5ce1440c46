"""What people say of a photo, one after the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import publications as rules
from chalicelib.domain.errors import Invalid
from chalicelib.domain.publications import FreeOf, Publication, Rectangle
from tests.builders import NOW

HALF = Rectangle(left=0, top=0, right=0.5, bottom=1)


def mark(before: Publication | None, *rectangles: Rectangle, by: str = "v") -> Publication:
    return rules.marked(before, rectangles, by=by, as_role="village", now=NOW)


def withdraw(before: Publication) -> Publication:
    return rules.withdrawn(before, by="v", as_role="village", now=NOW + timedelta(hours=1))


def test_a_mark_shows_nothing_until_its_copies_are_drawn() -> None:
    said = mark(None)
    assert (said.number, said.stands) == (1, False)
    assert replace(said, drawn=1).stands


def test_marked_again_otherwise_the_older_copies_are_shown_no_more() -> None:
    first = replace(mark(None), drawn=1)
    again = mark(first, HALF)
    assert (again.number, again.rectangles, again.stands) == (2, (HALF,), False)
    assert not replace(again, drawn=1).stands and replace(again, drawn=2).stands


def test_said_again_just_so_it_stays_whoever_says_it() -> None:
    first = replace(mark(None, HALF), drawn=1)
    assert mark(first, HALF, by="other") is first


def test_said_again_while_its_copies_do_not_stand_it_is_a_new_word() -> None:
    """Whoever was to draw them may have died of it."""
    again = mark(mark(None, HALF), HALF)
    assert (again.number, again.rectangles, again.stands) == (2, (HALF,), False)


def test_taken_back_it_is_not_shown_and_taken_back_again_it_stays() -> None:
    back = withdraw(replace(mark(None, HALF), drawn=1))
    assert (back.number, back.on, back.rectangles, back.stands) == (2, False, (), False)
    assert withdraw(back) is back


def test_after_that_the_same_mark_is_a_new_one() -> None:
    assert mark(withdraw(mark(None, HALF)), HALF).number == 3


@given(st.lists(st.sampled_from(["mark", "half", "withdraw", "draw"]), max_size=20))
def test_whatever_is_said_only_copies_of_the_last_mark_are_ever_shown(words: Sequence[str]) -> None:
    said, last = mark(None), tuple[Rectangle, ...]()
    numbers = [said.number]
    for word in words:
        if word == "draw":
            said = replace(said, drawn=said.number) if said.on else said
        elif word == "withdraw":
            said = withdraw(said)
        else:
            last = (HALF,) if word == "half" else ()
            said = mark(said, *last)
        numbers.append(said.number)
        assert not said.stands or (said.on and said.rectangles == last and said.drawn == said.number)
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("left_out", FreeOf)
def test_each_of_the_four_is_affirmed(left_out: FreeOf) -> None:
    rules.require_looked(FreeOf)
    with pytest.raises(Invalid) as refused:
        rules.require_looked(set(FreeOf) - {left_out})
    assert (refused.value.rule, refused.value.facts) == ("free_of_all_four", {"missing": left_out})


@pytest.mark.parametrize(
    "edges",
    [(0.5, 0, 0.5, 1), (0.6, 0, 0.5, 1), (0, 0.5, 1, 0.2), (-0.1, 0, 1, 1), (0, 0, 1.5, 1), (0, 0, float("nan"), 1)],
)
def test_a_rectangle_that_covers_nothing_or_lies_beyond_is_refused(edges: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = edges
    bad = Rectangle(left=left, top=top, right=right, bottom=bottom)
    with pytest.raises(Invalid) as refused:
        rules.require_whole([HALF, bad])
    assert (refused.value.rule, refused.value.facts) == ("rectangle_empty", {"number": 2})


def test_the_copies_of_each_mark_stand_under_its_number() -> None:
    assert rules.key("r1", "before-1", 3, "320.webp") == "public/r1/before-1/3/320.webp"
