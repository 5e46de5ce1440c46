"""The status table, walked whole: every status with every action."""

import os
from itertools import product
from pathlib import Path

import pytest

from chalicelib.domain.errors import DomainError, IllegalAction
from chalicelib.domain.people import Actor
from chalicelib.domain.reports.acts import act, open_actions
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.decisions import DECISIONS
from chalicelib.domain.reports.life import REMARKS, TRANSITIONS, mermaid
from chalicelib.domain.reports.model import ENDED, OPEN, Action, Basis, RejectReason, Report, Status
from chalicelib.domain.reports.parties import MAY, may
from tests.builders import EVERYONE, NOW, RULES, report

PICTURE = Path(__file__).parents[3] / "docs" / "status.md"
HEADING = "# The life of a report\n\nRendered from `chalicelib/domain/reports/life.py` by its test."
ACTIONS = [action for action in Action if action is not Action.SUBMIT]
FORM = {
    "text": "说明",
    "basis": Basis.ON_SITE,
    "reason": RejectReason.NOT_FOUND,
    "no_photo_reason": "无",
    "department": "D04",
    "solved": True,
}


def command(action: Action) -> Command:
    return Command(action=action, **FORM)  # type: ignore[arg-type]


def allowed(action: Action, held: Report) -> list[Actor]:
    return [someone for someone in EVERYONE if may(someone, action, held)]


@pytest.mark.parametrize(("status", "action"), list(product(Status, ACTIONS)))
def test_only_the_listed_actions_are_legal_and_lead_where_the_table_says(status: Status, action: Action) -> None:
    held = report(status, kind="0301" if action is Action.DISPATCH else "0303")
    for someone in allowed(action, held):
        if (status, action) not in TRANSITIONS or action not in DECISIONS:
            with pytest.raises(IllegalAction):
                act(held, command(action), by=someone, now=NOW, rules=RULES)
            continue
        try:
            change = act(held, command(action), by=someone, now=NOW, rules=RULES)
        except DomainError:  # a guard: then the action is not offered to him either
            assert action not in open_actions(held, by=someone, now=NOW, rules=RULES)
            continue
        assert change.report.status in TRANSITIONS[status, action]
        assert change.report.version == held.version + 1 and change.before is held


@pytest.mark.parametrize("action", sorted(DECISIONS))
def test_every_offered_action_succeeds_somewhere(action: Action) -> None:
    rows = [status for status, row in TRANSITIONS if row is action]
    done = 0
    for status in rows:
        for someone in EVERYONE:
            try:
                act(report(status), command(action), by=someone, now=NOW, rules=RULES)
                done += 1
            except DomainError:
                continue
    assert done


def test_every_action_has_somebody_who_may_and_somewhere_to_stand() -> None:
    assert set(MAY) == set(ACTIONS) == {action for _, action in TRANSITIONS}


def test_every_status_but_the_first_is_reached_and_every_open_one_is_left() -> None:
    reached = {after for nexts in TRANSITIONS.values() for after in nexts}
    left = {status for (status, _), nexts in TRANSITIONS.items() if set(nexts) - {status}}
    assert reached == set(Status) and left >= OPEN


def test_remarks_stay_where_they_are() -> None:
    assert all(nexts == (status,) for (status, action), nexts in TRANSITIONS.items() if action in REMARKS)


def test_what_has_ended_has_no_holder_and_no_deadline() -> None:
    for (status, action), nexts in TRANSITIONS.items():
        for someone in EVERYONE:
            try:
                after = act(report(status), command(action), by=someone, now=NOW, rules=RULES).report
            except DomainError:
                continue
            if action in REMARKS or status in ENDED & set(nexts):
                continue
            assert (after.holder is None) is (after.status in ENDED)
            assert (after.due_at is None) is (after.status in ENDED)


def test_the_picture_in_the_docs_is_the_table() -> None:
    text = f"{HEADING}\n\n```mermaid\n{mermaid()}\n```\n"
    if os.environ.get("RENDER"):
        PICTURE.write_text(text, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == text, "RENDER=1 pytest tests/domain/reports/test_life.py renders it"
