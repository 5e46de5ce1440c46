"""The chain: who is called when, by rosters with and without holes, and when it is over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.duty import alarms
from chalicelib.domain.duty.alarms import CHAIN, Alarm, Step
from chalicelib.domain.duty.rosters import Slot
from chalicelib.domain.reports.model import Action, Status
from tests.builders import CENTRE, COMMITTEE, GRID_MEMBER, NOW, RULES, TOWNSHIP, VILLAGE, VILLAGER, report
from tests.lines import by, event, standing, told

A, S = Action, Status
VILLAGE_POST, CENTRE_POST, COMMITTEE_POST = f"village:{VILLAGE}", f"centre:{TOWNSHIP}", f"committee:{TOWNSHIP}"
DANGER = standing(S.SUBMITTED, kind="0106")
NEW = event(A.SUBMIT, None, DANGER, number=1)
FULL = frozenset((post, slot) for post in (VILLAGE_POST, CENTRE_POST) for slot in Slot)


def nobody(_: str) -> list[str]:
    return []


def staff(post: str) -> list[str]:
    return {CENTRE_POST: ["c1", "c2"], COMMITTEE_POST: ["m1"]}.get(post, [])


def call(
    alarm: Alarm, filled: frozenset[tuple[str, Slot]] = FULL, holders: Callable[[str], list[str]] = staff
) -> Alarm:
    at = alarm.next_at or NOW
    return alarms.call(
        alarm, filled=lambda post, slot: (post, slot) in filled, holders=holders, now=at, numbers=RULES.numbers
    )


def chain(*, centre_only: bool = False, filled: frozenset[tuple[str, Slot]] = FULL, times: int = 4) -> list[list[str]]:
    """Whom each call reaches."""
    alarm, calls = alarms.raised(NEW, centre_only=centre_only), []
    for _ in range(times):
        alarm = call(alarm, filled)
        calls.append([one.key for one in alarm.latest])
    return calls


def test_the_chain_goes_from_those_on_duty_over_their_deputies_and_the_centre_to_the_committee() -> None:
    assert chain() == [
        [f"{VILLAGE_POST}#main", f"{CENTRE_POST}#main"],
        [f"{VILLAGE_POST}#deputy", f"{CENTRE_POST}#deputy"],
        [f"{CENTRE_POST}#main", f"{CENTRE_POST}#deputy", f"{CENTRE_POST}#c1", f"{CENTRE_POST}#c2"],
        [f"{COMMITTEE_POST}#m1"],
    ]


def test_where_the_centre_alone_verifies_the_village_is_never_called() -> None:
    assert chain(centre_only=True)[:2] == [[f"{CENTRE_POST}#main"], [f"{CENTRE_POST}#deputy"]]


def test_the_deputy_stands_in_for_an_empty_slot_at_once_and_is_not_called_again_as_deputy() -> None:
    filled = FULL - {(VILLAGE_POST, Slot.MAIN)}
    first, second = chain(filled=filled, times=2)
    assert first == [f"{VILLAGE_POST}#deputy", f"{CENTRE_POST}#main"]
    assert second == [f"{CENTRE_POST}#deputy"]


def test_with_no_roster_at_all_the_whole_centre_is_called_at_once() -> None:
    first, second = chain(filled=frozenset(), times=2)
    assert first == [f"{CENTRE_POST}#c1", f"{CENTRE_POST}#c2"]
    assert second == [f"{COMMITTEE_POST}#m1"]


def test_each_step_waits_five_minutes_and_the_last_is_repeated_every_fifteen_until_it_ends() -> None:
    alarm, waits = alarms.raised(NEW, centre_only=False), []
    while alarm.next_at:
        before = alarm.next_at
        alarm = call(alarm)
        waits.append((alarm.next_at - before) / timedelta(minutes=1) if alarm.next_at else None)
    assert waits[:5] == [5, 5, 5, 15, 15]
    assert (waits[-1], alarm.times, alarm.step) == (None, 19, Step.COMMITTEE)
    assert len(alarm.called) <= 4 * 6, "only the last calls are remembered"


@given(filled=st.sets(st.sampled_from(sorted(FULL))), centre_only=st.booleans(), staffed=st.booleans())
def test_whatever_is_missing_no_step_is_silent_while_anybody_is_left(
    filled: set[tuple[str, Slot]], centre_only: bool, staffed: bool
) -> None:
    alarm = alarms.raised(NEW, centre_only=centre_only)
    seen = []
    for _ in CHAIN:
        alarm = call(alarm, frozenset(filled), staff if staffed else nobody)
        seen.append(CHAIN.index(alarm.step))
        assert alarm.latest or not staffed
        assert not centre_only or all(one.post != VILLAGE_POST for one in alarm.called)
    assert seen == sorted(seen), "the chain never goes back"


def test_it_is_raised_by_what_comes_in_as_a_danger_or_turns_out_to_be_one() -> None:
    plain = standing(S.SUBMITTED)
    assert alarms.raises(NEW)
    assert alarms.raises(event(A.VERIFY, plain, standing(S.WITH_CENTRE, kind="0106")))
    assert alarms.raises(event(A.RECLASSIFY, plain, DANGER))
    assert not alarms.raises(told()[0])
    assert not alarms.raises(event(A.COMMENT, DANGER, DANGER))
    assert not alarms.raises(event(A.VERIFY, plain, standing(S.CLOSED, kind="0106")))


def test_a_danger_given_to_a_department_is_told_to_who_is_on_duty_there() -> None:
    given = event(A.DISPATCH, DANGER, standing(S.DISPATCHED, kind="0106"))
    assert alarms.ordered(given) == "D04" and alarms.concerns(given)
    assert alarms.ordered(event(A.DISPATCH, standing(S.WITH_CENTRE), standing(S.DISPATCHED))) is None
    assert alarms.ordered(event(A.ACCEPT, DANGER, standing(S.IN_HANDLING, kind="0106"))) is None


def test_it_is_over_once_somebody_of_the_staff_has_taken_it_up_or_it_has_ended() -> None:
    open_report = report(kind="0106")
    comment, verify = event(A.COMMENT, DANGER, DANGER), event(A.VERIFY, DANGER, DANGER)
    assert not alarms.is_over(open_report, [])
    assert not alarms.is_over(open_report, [comment, by(verify, "x", "reporter"), by(verify, "", "timer")])
    assert alarms.is_over(open_report, [comment, verify])
    assert alarms.is_over(report(kind="0303"), [])
    assert alarms.is_over(replace(open_report, status=S.WITHDRAWN, holder=None), [])


@pytest.mark.parametrize(
    ("who", "post"),
    [(VILLAGER, VILLAGE_POST), (CENTRE, CENTRE_POST), (COMMITTEE, COMMITTEE_POST), (GRID_MEMBER, None)],
)
def test_village_centre_and_committee_answer(who: object, post: str | None) -> None:
    assert alarms.answers_as(who, alarms.raised(NEW, centre_only=False)) == post  # type: ignore[arg-type]


def test_where_the_village_is_not_told_it_cannot_answer() -> None:
    assert alarms.answers_as(VILLAGER, alarms.raised(NEW, centre_only=True)) is None


def test_an_answer_ends_it_and_so_does_what_was_done_meanwhile() -> None:
    alarm = call(alarms.raised(NEW, centre_only=False))
    answered = alarms.acknowledged(alarm, as_=CENTRE_POST, now=NOW)
    assert (answered.is_open, answered.acknowledged_as, answered.acknowledged_at) == (False, CENTRE_POST, NOW)
    assert not alarms.over(alarm).is_open


def test_everyone_who_is_called_gets_a_token_of_his_own_once() -> None:
    numbers = iter(range(100))
    first = alarms.with_tokens(call(alarms.raised(NEW, centre_only=False)), lambda: str(next(numbers)))
    second = alarms.with_tokens(call(first), lambda: str(next(numbers)))
    assert [one.token for one in second.called] == ["0", "1", "2", "3"]
    assert alarms.told(second)["called"] == [f"{VILLAGE_POST}#deputy", f"{CENTRE_POST}#deputy"]


def test_a_danger_in_another_village_is_raised_there() -> None:
    elsewhere = standing(S.SUBMITTED, kind="0106", village="350211102203")
    moved = event(A.RELOCATE, DANGER, elsewhere)
    assert alarms.raises(moved) and alarms.raised(moved, centre_only=False).village == "village:350211102203"
    assert not alarms.raises(event(A.RELOCATE, DANGER, standing(S.SUBMITTED, kind="0106", grid="350211102202002")))


@pytest.mark.parametrize(
    ("action", "status"), [(A.OBJECT, S.INVALID), (A.TAKE_BACK, S.TRANSFERRED), (A.UNMERGE, S.DUPLICATE)]
)
def test_a_danger_that_comes_back_is_raised_again(action: Action, status: Status) -> None:
    assert alarms.raises(event(action, standing(status, kind="0106"), DANGER))


def test_so_is_one_that_was_not_solved_after_all() -> None:
    assert alarms.raises(event(A.REOPEN, standing(S.RESOLVED, kind="0106"), standing(S.IN_HANDLING, kind="0106")))


@pytest.mark.parametrize("action", [A.RELOCATE, A.ASK_INFO, A.ASSIGN, A.HAND_OVER, A.URGE])
def test_passing_it_on_does_nothing_about_the_danger(action: Action) -> None:
    assert not alarms.is_over(report(kind="0106"), [event(action, DANGER, DANGER)])


def test_a_department_that_has_it_hears_when_it_turns_out_to_be_a_danger() -> None:
    plain, danger = standing(S.IN_HANDLING), standing(S.IN_HANDLING, kind="0106")
    assert alarms.ordered(event(A.RECLASSIFY, plain, danger)) == "D04"
    assert alarms.ordered(event(A.RECLASSIFY, danger, standing(S.IN_HANDLING, kind="0304"))) is None


@pytest.mark.parametrize("action", [A.ESCALATE, A.RETURN, A.RETURN_PART, A.RETURN_TO_VILLAGE, A.RECLASSIFY])
def test_neither_does_giving_it_back(action: Action) -> None:
    assert not alarms.is_over(report(kind="0106"), [event(action, DANGER, DANGER)])
