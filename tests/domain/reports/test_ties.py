"""Trust breaks ties of deadlines, and nothing else."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.reports import ties
from chalicelib.domain.reports.model import Report, Status
from tests.builders import NOW, report

PERCENT = {"sure": 90, "new": 50, "poor": 20}


def due(id: str, by: str, *, hours: int = 1, status: Status = Status.SUBMITTED) -> Report:
    return replace(report(), id=id, reporter_id=by, status=status, due_at=NOW + timedelta(hours=hours))


def ids(reports: list[Report]) -> list[str]:
    return [one.id for one in reports]


def test_of_what_falls_due_together_who_was_right_more_often_comes_first() -> None:
    found = ties.broken([due("a", "poor"), due("b", "sure"), due("c", "new")], PERCENT)
    assert ids(found) == ["b", "c", "a"]


def test_an_earlier_deadline_comes_first_whoever_reported() -> None:
    held = [due("a", "poor"), due("b", "sure", hours=2)]
    assert ids(ties.broken(held, PERCENT)) == ["a", "b"] and ties.reporters(held) == set()


def test_what_is_verified_already_keeps_its_place() -> None:
    held = [due("a", "poor"), due("m", "poor", status=Status.WITH_VILLAGE), due("b", "sure")]
    assert ids(ties.broken(held, PERCENT)) == ["b", "m", "a"]


def test_one_reporters_own_are_no_tie() -> None:
    assert ties.reporters([due("a", "new"), due("b", "new")]) == set()
    assert ties.reporters([due("a", "new"), due("b", "sure"), due("c", "poor", hours=2)]) == {"new", "sure"}


@given(st.lists(st.tuples(st.sampled_from(sorted(PERCENT)), st.integers(0, 2), st.sampled_from(Status)), max_size=9))
def test_deadlines_stay_in_order_and_nothing_is_lost(drawn: list[tuple[str, int, Status]]) -> None:
    held = [due(str(place), by, hours=hours, status=status) for place, (by, hours, status) in enumerate(drawn)]
    held.sort(key=lambda one: one.due_at or NOW)
    found = ties.broken(held, PERCENT)
    assert [one.due_at for one in found] == [one.due_at for one in held]
    assert sorted(ids(found)) == sorted(ids(held))
    waiting = [one for one in found if one.status is Status.SUBMITTED]
    assert waiting == sorted(waiting, key=lambda one: (one.due_at or NOW, -PERCENT[one.reporter_id]))
