"""What became of a report, read off its history."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reports import outcome
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.outcome import Result, Step
from tests.builders import NOW, TOWNSHIP, VILLAGE
from tests.lines import told

A, S = Action, Status
HOUR = timedelta(hours=1)
ORDERED = ((A.VERIFY, S.WITH_CENTRE), (A.DISPATCH, S.DISPATCHED), (A.ACCEPT, S.IN_HANDLING))
SOLVED = (*ORDERED, (A.RESOLVE, S.RESOLVED))


def said(lines: list[Event], *notes: tuple[int, str]) -> list[Event]:
    """The lines, with what was written in some of them."""
    for number, note in notes:
        lines[number] = replace(lines[number], note=note)
    return lines


def steps(lines: list[Event]) -> list[Step]:
    return [one.step for one in outcome.milestones(lines)]


@pytest.mark.parametrize(
    ("walk", "result"),
    [
        ((), Result.WAITING),
        (((A.ASK_INFO, S.NEEDS_INFO),), Result.WAITING),
        (((A.VERIFY, S.WITH_VILLAGE),), Result.OPEN),
        (ORDERED, Result.OPEN),
        (SOLVED, Result.SAID_SOLVED),
        ((*SOLVED, (A.CONFIRM, S.CLOSED)), Result.SOLVED),
        ((*SOLVED, (A.CONFIRM, S.CLOSED), (A.REOPEN, S.IN_HANDLING)), Result.OPEN),
        (((A.VERIFY, S.CLOSED),), Result.GONE),
        (((A.VERIFY, S.WITH_CENTRE), (A.COORDINATE, S.COORDINATING), (A.DECIDE, S.CLOSED)), Result.UNSOLVED),
        (((A.TRANSFER, S.TRANSFERRED),), Result.TRANSFERRED),
        (((A.REJECT, S.INVALID),), Result.INVALID),
        (((A.WITHDRAW, S.WITHDRAWN),), Result.WITHDRAWN),
        (((A.MERGE, S.DUPLICATE),), Result.MERGED),
    ],
)
def test_each_way_has_its_result(walk: tuple[tuple[Action, Status], ...], result: Result) -> None:
    assert outcome.of(told(*walk)).result is result


def test_closed_by_the_clock_it_is_called_unchecked() -> None:
    lines = told(*SOLVED, (A.FALL_DUE, S.CLOSED))
    lines[-1] = replace(lines[-1], details={"effect": Effect.CLOSE_UNCHECKED})
    found = outcome.of(lines)
    assert (found.result, found.ended_at) == (Result.UNCHECKED, NOW + 5 * HOUR)
    assert found.answered_at == NOW + 4 * HOUR


def test_it_names_who_solved_it_when_and_what_the_public_was_told() -> None:
    found = outcome.of(said(told(*SOLVED, (A.CONFIRM, S.CLOSED)), (4, "已修补"), (5, "现场看过，李某家门口也干净")))
    assert (found.post, found.answer) == ("department:D04", "已修补")
    assert (found.answered_at, found.ended_at) == (NOW + 4 * HOUR, NOW + 5 * HOUR)


def test_what_was_written_to_the_reporter_or_to_colleagues_is_never_among_it() -> None:
    lines = told(*SOLVED, (A.COMMENT, S.RESOLVED), (A.CONFIRM, S.CLOSED))
    lines = said(lines, *((number, "不公开") for number in range(len(lines)) if number != 4), (4, "已修补"))
    assert {one.answer for one in outcome.milestones(lines)} == {"", "已修补"}


def test_reopened_the_old_answer_counts_no_more_and_stands_in_the_past() -> None:
    lines = said(told(*SOLVED, (A.REOPEN, S.IN_HANDLING), (A.RESOLVE, S.RESOLVED)), (4, "已修补"), (6, "重新修补"))
    assert outcome.of(lines[:6]).answer == "" and outcome.of(lines).answer == "重新修补"
    assert [one.answer for one in outcome.milestones(lines) if one.step is Step.ANSWERED] == ["已修补", "重新修补"]


def test_the_committees_public_reason_is_its_answer() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.COORDINATE, S.COORDINATING), (A.DECIDE, S.CLOSED))
    found = outcome.of(said(lines, (3, "待管网改造")))
    assert (found.post, found.answer) == (Post(Role.COMMITTEE, TOWNSHIP).key, "待管网改造")


def test_the_past_in_steps() -> None:
    lines = told(*SOLVED, (A.CONFIRM, S.CLOSED))
    assert steps(lines) == [Step.REPORTED, Step.VERIFIED, Step.GIVEN, Step.ANSWERED, Step.CLOSED]


def test_who_was_given_it_in_vain_is_not_named() -> None:
    lines = told(*ORDERED[:2], (A.RETURN, S.WITH_CENTRE), (A.DISPATCH, S.DISPATCHED))
    lines[-1] = replace(lines[-1], standing=replace(lines[-1].standing, holder="department:D03"))
    given = [one for one in outcome.milestones(lines) if one.step is Step.GIVEN]
    assert [(one.post, one.at) for one in given] == [("department:D03", NOW + 4 * HOUR)]


def test_verified_for_the_village_it_is_given_to_it_the_same_moment() -> None:
    lines = told((A.VERIFY, S.WITH_VILLAGE))
    assert [(one.step, one.post) for one in outcome.milestones(lines)[1:]] == [
        (Step.VERIFIED, None),
        (Step.GIVEN, f"village:{VILLAGE}"),
    ]


def test_questions_remarks_and_calls_of_duty_are_nobody_elses_business() -> None:
    quiet = ((A.ASK_INFO, S.NEEDS_INFO), (A.SUPPLY_INFO, S.SUBMITTED), (A.COMMENT, S.SUBMITTED), (A.ALARM, S.SUBMITTED))
    assert steps(told(*quiet)) == [Step.REPORTED]


def test_hidden_nothing_is_left_but_how_it_stands() -> None:
    found = outcome.hidden(outcome.of(said(told(*SOLVED, (A.CONFIRM, S.CLOSED)), (4, "已修补"))))
    assert (found.kind, found.post, found.answer, found.answered_at) == (None, None, "", None)
    assert (found.result, found.status) == (Result.SOLVED, S.CLOSED)


def test_of_what_was_done_in_confidence_everybody_reads_neither_by_whom_nor_a_word() -> None:
    """Its class was taken back since; who reported it has been answered all the same."""
    lines = said(told(*SOLVED, (A.RECLASSIFY, S.RESOLVED), (A.CONFIRM, S.CLOSED)), (4, "已找当事人王某谈话"))
    for number, line in enumerate(lines[:5]):
        was = line.was and replace(line.was, confidential=True)
        lines[number] = replace(line, standing=replace(line.standing, confidential=True), was=was)
    assert {(one.post, one.answer) for one in outcome.milestones(lines)} == {(None, "")}
    whole = outcome.of(lines)
    assert (whole.answer, whole.confidential) == ("已找当事人王某谈话", False)
    others = outcome.for_others(whole)
    assert (others.answer, others.post, others.result) == ("", None, Result.SOLVED)


def test_confidential_before_or_after_a_line_its_words_are_secret() -> None:
    lines = said(told((A.VERIFY, S.WITH_CENTRE), (A.COORDINATE, S.COORDINATING), (A.DECIDE, S.CLOSED)), (3, "另案处理"))
    was = lines[-1].was
    assert was
    before = replace(lines[-1], was=replace(was, confidential=True))
    after = replace(lines[-1], standing=replace(lines[-1].standing, confidential=True))
    for last in (before, after):
        assert outcome.milestones([*lines[:-1], last])[-1].answer == ""
    assert outcome.milestones(lines)[-1].answer == "另案处理"


def test_answered_anew_in_the_open_it_is_told_again() -> None:
    walk = (*SOLVED, (A.REOPEN, S.IN_HANDLING), (A.RESOLVE, S.RESOLVED))
    lines = said(told(*walk), (4, "内情"), (6, "路面已修补"))
    lines[4] = replace(lines[4], standing=replace(lines[4].standing, confidential=True))
    found = outcome.of(lines)
    assert outcome.for_others(found) == found and found.answer == "路面已修补"


@pytest.mark.parametrize("then", [(A.TAKE_BACK, S.WITH_CENTRE), (A.REOPEN, S.IN_HANDLING)])
def test_what_is_open_again_has_no_end(then: tuple[Action, Status]) -> None:
    ended = (*SOLVED, (A.CONFIRM, S.CLOSED)) if then[0] is A.REOPEN else ((A.TRANSFER, S.TRANSFERRED),)
    assert outcome.of(told(*ended)).ended_at
    assert outcome.of(told(*ended, then)).ended_at is None
