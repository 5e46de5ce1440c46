"""A report that was faked gives nothing, whenever that is found and whatever happens to it before or after."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.events import Event
from chalicelib.domain.points import awards
from chalicelib.domain.reports.life import TRANSITIONS
from chalicelib.domain.reports.model import Action, Status
from tests.lines import Step, told
from tests.rechecking import blind_line

A, S = Action, Status
VERIFIED, CLOSED = (A.VERIFY, S.WITH_VILLAGE), (A.CONFIRM, S.CLOSED)


def standing(lines: list[Event]) -> list[str]:
    """The rules of what stands after all lines, of what their reporter earned."""
    held: list[str] = []
    for number in range(1, len(lines) + 1):
        effect = awards.effect(lines[:number])
        for loss in effect.losses:
            held.remove(loss.id)
        held += [grant.id for grant in effect.grants if not grant.earner]
        assert len(held) == len(set(held))
    return sorted(id.split("#")[-1] for id in held)


def test_all_that_it_gave_goes_once() -> None:
    lines = told(VERIFIED, (A.RESOLVE, S.RESOLVED), CLOSED, (A.FORFEIT, S.CLOSED), (A.FORFEIT, S.CLOSED))
    assert standing(lines[:4]) == ["P12", "P15"]
    assert {loss.rule for loss in awards.effect(lines[:5]).losses} == {"P12", "P15"}
    assert standing(lines) == []


def test_what_follows_pays_nothing_and_takes_back_nothing_twice() -> None:
    early = told((A.FORFEIT, S.SUBMITTED), VERIFIED, (A.RESOLVE, S.RESOLVED), CLOSED)
    assert standing(early) == []
    rejected = told(VERIFIED, (A.FORFEIT, S.WITH_VILLAGE), (A.ESCALATE, S.WITH_CENTRE), (A.CANCEL, S.WITHDRAWN))
    assert standing(rejected) == []


def test_merged_and_parted_it_pays_nothing_either() -> None:
    lines = told(VERIFIED, (A.FORFEIT, S.WITH_VILLAGE), (A.MERGE, S.DUPLICATE), (A.UNMERGE, S.WITH_VILLAGE))
    assert standing(lines) == []


def test_restored_it_has_what_it_would_have_by_then() -> None:
    lines = told(VERIFIED, (A.FORFEIT, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), CLOSED, (A.RESTORE, S.CLOSED))
    assert standing(lines) == ["P12", "P15"]
    grants = awards.effect(lines).grants
    assert [(grant.id, grant.event.number) for grant in grants] == [("r1#000006#P12", 2), ("r1#000006#P15", 5)]
    untrue = told(VERIFIED, (A.FORFEIT, S.WITH_VILLAGE), (A.CANCEL, S.WITHDRAWN), (A.RESTORE, S.WITHDRAWN))
    assert standing(untrue) == []


def test_restored_points_go_again_with_the_verdict() -> None:
    steps = [VERIFIED, (A.FORFEIT, S.WITH_VILLAGE), (A.RESTORE, S.WITH_VILLAGE), (A.CANCEL, S.WITHDRAWN)]
    assert standing(told(*steps[:3])) == ["P12"]
    assert standing(told(*steps)) == []


def test_restored_without_having_been_forfeited_it_gives_nothing_more() -> None:
    assert standing(told(VERIFIED, (A.RESTORE, S.WITH_VILLAGE))) == ["P12"]


def test_who_looked_at_it_blindly_keeps_what_he_earned() -> None:
    lines = told(VERIFIED, (A.RESOLVE, S.RESOLVED), CLOSED, (A.FORFEIT, S.CLOSED))
    answer = replace(blind_line("solved"), number=6, id="r1#000006")
    assert [grant.rule for grant in awards.effect([*lines, answer]).grants] == ["P18"]


def test_only_a_couriers_report_is_heard_of() -> None:
    line = told((A.FORFEIT, S.SUBMITTED))[1]
    assert awards.concerns(line) and not awards.concerns(replace(line, earns=False))


@st.composite
def walks(draw: st.DrawFn) -> list[Step]:
    steps, status = list[Step](), S.SUBMITTED
    for _ in range(draw(st.integers(1, 9))):
        here = [(a, after) for (s, a), nexts in TRANSITIONS.items() if s is status for after in nexts]
        steps.append(draw(st.sampled_from(here)) if here else (A.COMMENT, status))
        status = steps[-1][1]
    return steps


def put_in(steps: list[Step], *places: tuple[int, Action]) -> list[Step]:
    """The walk with a line at each of these places that leaves the report where it stands."""
    made = list(steps)
    for place, action in sorted(places, reverse=True):
        made.insert(place, (action, made[place - 1][1] if place else S.SUBMITTED))
    return made


@given(walks(), st.data())
@settings(max_examples=200)
def test_in_every_order_a_forfeited_report_ends_with_nothing(steps: list[Step], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(steps)))
    assert standing(told(*put_in(steps, (place, A.FORFEIT)))) == []


@given(walks(), st.data())
@settings(max_examples=200)
def test_in_every_order_a_restored_report_ends_as_if_nothing_had_been(steps: list[Step], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(steps)))
    second = data.draw(st.integers(first, len(steps)))
    made = put_in(steps, (first, A.FORFEIT))
    made = put_in(made, (second + 1, A.RESTORE))
    assert standing(told(*made)) == standing(told(*steps))
