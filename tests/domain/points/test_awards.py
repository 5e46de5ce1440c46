"""What a report's history earns and loses, line by line."""

from dataclasses import replace

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.points import awards as points
from chalicelib.domain.points.awards import Effect
from chalicelib.domain.points.rules import read
from chalicelib.domain.points.transfers import granted
from chalicelib.domain.reports.model import Action, Status
from tests.builders import DATA
from tests.lines import by, event, standing, told
from tests.rechecking import blind_line

A, S = Action, Status
SHIPPED = read((DATA / "points_rules.csv").read_bytes())
VERIFIED = (A.VERIFY, S.WITH_VILLAGE)
RESOLVED = (A.RESOLVE, S.RESOLVED)
CLOSED = (A.CONFIRM, S.CLOSED)
REOPENED = (A.REOPEN, S.WITH_VILLAGE)


def effects(lines: list[Event]) -> list[Effect]:
    return [points.effect(lines[:number]) for number in range(1, len(lines) + 1)]


def rules(lines: list[Event]) -> list[str]:
    """What each line earns (`+`) and loses (`-`)."""
    return [
        " ".join([f"+{grant.rule}" for grant in effect.grants] + [f"-{loss.id}" for loss in effect.losses])
        for effect in effects(lines)
    ]


@pytest.mark.parametrize(("severity", "rule"), [(1, "P11"), (2, "P12"), (3, "P13"), (4, "P14")])
def test_verification_earns_by_the_verifiers_severity(severity: int, rule: str) -> None:
    assert rules(told(VERIFIED, severity=severity)) == ["", f"+{rule}"]


def test_submission_earns_nothing() -> None:
    assert rules(told()) == [""]


@pytest.mark.parametrize("outcome", [S.WITH_CENTRE, S.RESOLVED, S.CLOSED])
def test_every_outcome_of_a_verification_earns(outcome: Status) -> None:
    assert rules(told((A.VERIFY, outcome))) == ["", "+P12"]


@pytest.mark.parametrize(
    "step", [(A.DISPATCH, S.DISPATCHED), (A.DISPATCH, S.WITH_VILLAGE), (A.TRANSFER, S.TRANSFERRED)]
)
def test_what_the_centre_sends_on_unverified_counts_as_verified(step: tuple[Action, Status]) -> None:
    assert rules(told(step, severity=4)) == ["", "+P14"]


def test_sending_on_a_verified_report_earns_nothing_more() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.TRANSFER, S.TRANSFERRED), (A.TAKE_BACK, S.WITH_CENTRE))
    again = told(*[(line.action, line.standing.status) for line in lines[1:]], (A.DISPATCH, S.DISPATCHED))
    assert rules(again) == ["", "+P12", "", "", ""]


def test_the_first_close_as_solved_earns_once_however_often_it_is_reopened() -> None:
    assert rules(told(VERIFIED, RESOLVED, CLOSED, REOPENED, RESOLVED, CLOSED)) == ["", "+P12", "", "+P15", "", "", ""]


def test_the_reporters_own_answer_is_no_re_check() -> None:
    lines = told(VERIFIED, RESOLVED, CLOSED)
    assert rules([*lines[:-1], by(lines[-1], "courier", "reporter")])[-1] == ""


def test_closing_without_having_seen_it_solved_earns_nothing() -> None:
    lines = told(VERIFIED, RESOLVED, CLOSED)
    assert rules([*lines[:-1], replace(lines[-1], details={})])[-1] == ""
    assert rules(told(VERIFIED, RESOLVED, (A.DECIDE, S.CLOSED)))[-1] == ""


def test_a_verdict_that_changes_takes_everything_back() -> None:
    lines = told(VERIFIED, RESOLVED, CLOSED, (A.REOPEN, S.WITH_CENTRE), (A.REJECT, S.INVALID))
    assert rules(lines)[-1] == "-r1#000002#P12 -r1#000004#P15"


def test_a_remark_on_what_was_rejected_takes_nothing_back_again() -> None:
    assert rules(told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), (A.COMMENT, S.INVALID)))[-1] == ""


def test_cancelling_after_verification_takes_it_back() -> None:
    assert rules(told(VERIFIED, (A.CANCEL, S.WITHDRAWN)))[-1] == "-r1#000002#P12"


def test_an_objection_that_the_centre_follows_earns_anew() -> None:
    lines = told((A.REJECT, S.INVALID), (A.OBJECT, S.WITH_CENTRE), (A.CLAIM, S.WITH_CENTRE), (A.DISPATCH, S.DISPATCHED))
    assert rules(lines) == ["", "", "", "", "+P12"]
    lost = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), (A.OBJECT, S.WITH_CENTRE), (A.DISPATCH, S.DISPATCHED))
    assert rules(lost) == ["", "+P12", "-r1#000002#P12", "", "+P12"]


def test_answering_a_question_is_no_second_verification() -> None:
    assert rules(told(VERIFIED, (A.ASK_INFO, S.NEEDS_INFO), (A.SUPPLY_INFO, S.WITH_VILLAGE)))[-1] == ""


def test_security_leads_earn_neither_at_verification_nor_at_the_close() -> None:
    assert rules(told((A.VERIFY, S.WITH_CENTRE), RESOLVED, CLOSED, kind="0801")) == ["", "", "", ""]


def test_what_staff_filed_earns_nothing() -> None:
    lines = [replace(line, earns=False) for line in told(VERIFIED, RESOLVED, CLOSED)]
    assert rules(lines) == ["", "", "", ""] and not any(points.concerns(line) for line in lines)


def test_without_a_severity_nothing_is_earned() -> None:
    now = standing(S.TRANSFERRED, kind=None)
    assert points.effect([event(A.TRANSFER, standing(S.SUBMITTED, kind=None), now)]) == Effect()


def test_whatever_has_an_effect_is_routed_here() -> None:
    steps = [VERIFIED, RESOLVED, CLOSED, (A.REOPEN, S.WITH_CENTRE), (A.REJECT, S.INVALID), (A.OBJECT, S.WITH_CENTRE)]
    lines = told(*steps, (A.DISPATCH, S.DISPATCHED), (A.CANCEL, S.WITHDRAWN))
    assert [line.number for line in lines if points.concerns(line)] == [2, 4, 6, 8, 9]
    for line, effect in zip(lines, effects(lines), strict=True):
        assert points.concerns(line) or effect == Effect()


def follow(number: int, *, corroborates: bool = True) -> Event:
    """A line that says how the main report goes on."""
    merged = standing(S.DUPLICATE)
    return event(A.FOLLOW, merged, merged, number=number, details={"corroborates": corroborates})


def test_a_corroboration_earns_once_when_the_matter_turns_out_to_be_true() -> None:
    joined = event(A.SUBMIT, None, standing(S.DUPLICATE), number=1)
    lines = [joined, follow(2, corroborates=False), follow(3), follow(4)]
    assert rules(lines) == ["", "", "+P16", ""]
    assert points.concerns(lines[2]) and not points.concerns(lines[1])


def test_parted_again_a_corroboration_is_none_and_its_own_verification_earns() -> None:
    lines = [event(A.SUBMIT, None, standing(S.DUPLICATE), number=1), follow(2)]
    parted = event(A.UNMERGE, standing(S.DUPLICATE), standing(S.SUBMITTED), number=3)
    verified = event(A.VERIFY, standing(S.SUBMITTED), standing(S.WITH_VILLAGE), number=4)
    assert rules([*lines, parted, verified]) == ["", "+P16", "-r1#000002#P16", "+P12"]
    assert points.concerns(parted)


def test_verified_and_then_merged_it_was_not_the_first_and_parted_again_it_is_worth_what_it_was() -> None:
    verified = told(VERIFIED)
    merged = event(A.MERGE, verified[1].standing, standing(S.DUPLICATE), number=3)
    promoted = event(A.PROMOTE, standing(S.DUPLICATE), standing(S.WITH_VILLAGE), number=5)
    lines = [*verified, merged, follow(4), promoted]
    assert rules(lines) == ["", "+P12", "-r1#000002#P12", "+P16", "+P12 -r1#000004#P16"]
    assert points.concerns(merged) and points.concerns(promoted)


@pytest.mark.parametrize(("answer", "rule"), [("solved", "+P18"), ("not_solved", "+P18"), ("cannot_tell", "")])
def test_who_looked_again_earns_by_either_answer_and_not_by_none(answer: str, rule: str) -> None:
    lines = told(VERIFIED, RESOLVED, CLOSED)
    looked = replace(blind_line(answer), number=5, id="r1#000005")
    assert rules([*lines, looked])[-1] == rule
    assert points.concerns(looked) is bool(rule)
    for grant in effects([*lines, looked])[-1].grants:
        assert grant.courier_id == looked.actor_id != looked.reporter_id
        entry = granted(grant, SHIPPED.on("2026-11-23").by_code["P18"], 1)
        assert (entry.credit, entry.courier_id, entry.amount) == ("courier:courier2", "courier2", 2)


def test_he_earns_though_staff_filed_it_and_keeps_it_whatever_becomes_of_the_report() -> None:
    lines = [*told(VERIFIED, RESOLVED, CLOSED), replace(blind_line("not_solved", earns=False), number=5)]
    assert rules([*lines])[-1] == "+P18"
    after = told(VERIFIED, RESOLVED, CLOSED, REOPENED, (A.REOPEN, S.WITH_CENTRE), (A.REJECT, S.INVALID))
    lost = rules([*after[:4], lines[-1], *after[5:]])[-1]
    assert "P18" not in lost and "P15" in lost


def test_the_reporter_earns_nothing_by_being_looked_after() -> None:
    lines = told(VERIFIED, RESOLVED, CLOSED)
    claimed = by(replace(blind_line("solved"), number=5), "courier", "reporter")  # no such line is ever written
    assert rules([*lines, claimed])[-1] == ""


def test_who_was_the_first_keeps_what_he_has_whichever_way_they_are_merged_and_parted() -> None:
    verified = told(VERIFIED)
    merged = event(A.MERGE, verified[1].standing, standing(S.DUPLICATE), number=3, details={"first": True})
    parted = event(A.UNMERGE, standing(S.DUPLICATE), standing(S.WITH_VILLAGE), number=4)
    assert rules([*verified, merged, parted]) == ["", "+P12", "", ""]
