"""Who stands where: by honour, then reports solved, then who was earlier; staff and who hides are on no board."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.people.membership import Membership, membership
from chalicelib.domain.people.model import Person, PersonState, Post, Role
from chalicelib.domain.points.scores import Score
from chalicelib.domain.rankings.ranking import AROUND, Scope, Standing, board, ordered, page
from tests.builders import NOW, TOWNSHIP, VILLAGE

OTHER = "350211102004"
ALL = Scope(area=TOWNSHIP)


def at(hours: int) -> datetime:
    return NOW + timedelta(hours=hours)


def score(honour: int, solved: int = 0, hours: int = 0) -> Score:
    return Score(honour=honour, solved=solved, last_at=at(hours))


def ranks(scores: dict[str, Score], members: dict[str, Membership] | None = None, **asked: object) -> dict[str, int]:
    members = members if members is not None else {id: Membership() for id in scores}
    scope = asked.get("scope", ALL)
    assert isinstance(scope, Scope)
    places = board(ordered(scores.items(), members), scope, viewer=str(asked.get("viewer", "")))
    return {one.row.courier_id: one.rank for one in places}


def test_honour_goes_first_then_reports_solved_then_who_was_earlier() -> None:
    scores = {"late": score(9, 2, 5), "early": score(9, 2, 1), "solver": score(9, 3, 9), "best": score(10)}
    assert ranks(scores) == {"best": 1, "solver": 2, "early": 3, "late": 4}


def test_who_is_equal_in_all_three_shares_a_number_and_the_next_is_left_out() -> None:
    scores = {"b": score(9, 2), "a": score(9, 2), "c": score(8), "d": score(8, 0, 1)}
    assert ranks(scores) == {"a": 1, "b": 1, "c": 3, "d": 4}
    assert list(ranks(scores)) == ["a", "b", "c", "d"]


def test_who_has_no_honour_has_no_place() -> None:
    assert ranks({"a": score(1), "b": score(0, 3), "c": score(-5)}) == {"a": 1}


def test_staff_and_who_left_take_no_number_from_others() -> None:
    assert ranks({"gone": score(9), "a": score(5)}, {"a": Membership()}) == {"a": 1}


def test_who_hides_is_seen_by_himself_alone_and_takes_no_number_from_others() -> None:
    scores = {"a": score(9), "hidden": score(7), "b": score(5)}
    members = {"a": Membership(), "hidden": Membership(shown=False), "b": Membership()}
    assert ranks(scores, members) == {"a": 1, "b": 2}
    assert ranks(scores, members, viewer="b") == {"a": 1, "b": 2}
    assert ranks(scores, members, viewer="hidden") == {"a": 1, "hidden": 2, "b": 2}


def test_a_board_holds_who_rides_through_the_village_or_for_the_employer_numbered_anew() -> None:
    scores = {"a": score(9), "b": score(7), "c": score(7), "d": score(5)}
    members = {
        "a": Membership(villages=(OTHER,), employer="甲"),
        "b": Membership(villages=(VILLAGE, OTHER)),
        "c": Membership(villages=(VILLAGE,), employer="甲"),
        "d": Membership(villages=(VILLAGE,)),
    }
    assert ranks(scores, members, scope=Scope(area=VILLAGE)) == {"b": 1, "c": 1, "d": 3}
    assert ranks(scores, members, scope=Scope(area=f"{VILLAGE}001")) == {"b": 1, "c": 1, "d": 3}
    assert ranks(scores, members, scope=Scope(employer="甲")) == {"a": 1, "c": 2}


MEMBER = st.builds(
    Membership, shown=st.booleans(), employer=st.sampled_from(["甲", "乙"]), villages=st.just((VILLAGE,))
)
SCORE = st.builds(score, st.integers(-2, 6), st.integers(0, 2), st.integers(0, 2))


@given(
    st.dictionaries(st.integers(0, 40).map(str), SCORE, max_size=25),
    st.dictionaries(st.integers(0, 40).map(str), MEMBER, max_size=40),
    st.integers(1, 30),
    st.sampled_from([ALL, Scope(area=VILLAGE), Scope(employer="甲")]),
)
def test_the_page_agrees_with_the_whole_board_for_every_reader(
    scores: dict[str, Score], members: dict[str, Membership], most: int, scope: Scope
) -> None:
    rows = ordered(scores.items(), members)
    others = board(rows, scope)
    for viewer in ("", *scores):
        whole = board(rows, scope, viewer=viewer)
        found = page(whole, most=most, viewer=viewer)
        ids = [one.row.courier_id for one in whole]
        assert found.top == tuple(others[:most]) and found.ranked == len(others)
        if viewer not in ids:
            assert found.me is None and found.around == ()
            continue
        own = ids.index(viewer)
        assert [one.row.courier_id for one in found.around] == ids[max(0, own - AROUND) : own + AROUND + 1]
        better = [one for one in others if one.row.place < whole[own].row.place]
        assert found.me == whole[own] and whole[own].rank == len(better) + 1


@given(st.dictionaries(st.integers(0, 40).map(str), SCORE), st.randoms(use_true_random=False))
def test_the_order_is_total_and_does_not_depend_on_who_is_read_first(scores: dict[str, Score], random: object) -> None:
    members = {id: Membership() for id in scores}
    mixed = list(scores.items())
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' own Random
    rows = ordered(scores.items(), members)
    assert ordered(mixed, members) == rows
    for one, other in pairwise(rows):
        mine, his = scores[one.courier_id], scores[other.courier_id]
        assert (mine.honour, mine.solved) >= (his.honour, his.solved)
        assert (one.place == other.place) is (mine == his)


def person(*posts: Post, **changes: object) -> Person:
    fields: dict[str, object] = {"id": "p1", "name": "a", "phone": "", "posts": posts, "valid_from": NOW}
    return Person(**(fields | {"employer": " 甲 ", "villages": (VILLAGE,)} | changes))  # type: ignore[arg-type]


def test_couriers_are_ranked_and_staff_are_not_though_they_ride() -> None:
    rides = Post(Role.COURIER, "p1")
    assert membership(person(rides)) == Membership(employer="甲", villages=(VILLAGE,))
    assert membership(person(rides, Post(Role.GRID_MEMBER, f"{VILLAGE}001"))) is None
    assert membership(person()) is None and membership(person(state=PersonState.LEFT)) is None
    hidden = membership(person(rides, hidden_in_ranking=True))
    assert hidden and not hidden.shown
    assert membership(person(state=PersonState.PAUSED)) == Membership(employer="甲")


def test_rows_say_who_is_shown_hidden_or_out() -> None:
    rows = ordered(
        {"a": score(3), "b": score(2), "c": score(1)}.items(), {"a": Membership(), "b": Membership(shown=False)}
    )
    assert [row.standing for row in rows] == [Standing.SHOWN, Standing.HIDDEN, Standing.OUT]
