"""The status table, walked whole: every status with every action."""

import os
from itertools import product
from pathlib import Path

import pytest

from chalicelib.domain.errors import DomainError, IllegalAction
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.acts import act, open_actions
from chalicelib.domain.reports.decisions import DECISIONS
from chalicelib.domain.reports.life import REMARKS, TRANSITIONS
from chalicelib.domain.reports.model import ENDED, OPEN, SYSTEM, Action, Change, Report, Status
from chalicelib.domain.reports.powers import MAY, may
from tests import status_page
from tests.builders import EVERYONE, NOW, RULES
from tests.walks import ACTORS, around, filled, prepared

PICTURE = Path(__file__).parents[3] / "docs" / "status.md"
ACTIONS = [action for action in Action if action not in SYSTEM]
ROWS = {pair: nexts for pair, nexts in TRANSITIONS.items() if pair[1] not in SYSTEM}


def tried(held: Report, action: Action, by: Actor) -> Change:
    command, about = filled(action, held, by=by), around(action, held)
    return act(held, command, by=by, now=NOW, rules=RULES, around=about)


def allowed(action: Action, held: Report) -> list[Actor]:
    return [someone for someone in EVERYONE if may(someone, action, held)]


@pytest.mark.parametrize(("status", "action"), list(product(Status, ACTIONS)))
def test_only_the_listed_actions_are_legal_and_lead_where_the_table_says(status: Status, action: Action) -> None:
    held = prepared(status, action)
    for someone in allowed(action, held):
        if (status, action) not in TRANSITIONS:
            with pytest.raises(IllegalAction):
                tried(held, action, someone)
            continue
        try:
            change = tried(held, action, someone)
        except DomainError:  # a guard: then the action is not offered to him either
            assert action not in open_actions(held, by=someone, now=NOW, rules=RULES)
            continue
        assert change.report.status in TRANSITIONS[status, action]
        assert change.report.version == held.version + 1 and change.before is held


@pytest.mark.parametrize(("status", "action"), sorted(ROWS))
def test_every_row_of_the_table_happens(status: Status, action: Action) -> None:
    held = prepared(status, action)
    done = []
    for someone in ACTORS:
        try:
            done.append(tried(held, action, someone))
        except DomainError:
            continue
    assert done


def test_every_action_has_somebody_who_may_and_somewhere_to_stand() -> None:
    assert set(MAY) == set(ACTIONS) == set(DECISIONS) == {action for _, action in ROWS}


def test_every_status_but_the_first_is_reached_and_every_open_one_is_left() -> None:
    reached = {after for nexts in TRANSITIONS.values() for after in nexts}
    left = {status for (status, _), nexts in TRANSITIONS.items() if set(nexts) - {status}}
    assert reached == set(Status) and left >= OPEN


def test_remarks_stay_where_they_are() -> None:
    assert all(nexts == (status,) for (status, action), nexts in TRANSITIONS.items() if action in REMARKS)


def test_what_has_ended_has_no_holder_and_no_deadline() -> None:
    for (status, action), nexts in ROWS.items():
        for someone in EVERYONE:
            try:
                after = tried(prepared(status, action), action, someone).report
            except DomainError:
                continue
            if action in REMARKS or status in ENDED & set(nexts):
                continue
            assert (after.holder is None) is (after.status in ENDED)
            assert (after.due_at is None) is (after.status in ENDED)


def test_the_page_in_the_docs_is_the_table() -> None:
    text = status_page.page()
    assert all(status_page.row(action, status) in text.splitlines() for status, action in TRANSITIONS)
    assert sum(" `" in line for line in text.splitlines() if line.startswith("| ")) == len(TRANSITIONS)
    if os.environ.get("RENDER"):
        PICTURE.write_text(text, encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == text, "RENDER=1 pytest tests/domain/reports/test_life.py renders it"
