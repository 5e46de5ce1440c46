"""Texts to begin with, for a report in the store, by the township's table."""

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, NotFound
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Basis
from chalicelib.services.reference import tables
from chalicelib.services.reports import intake, reports, responses
from tests.bench.calls import counted
from tests.builders import ADMIN, CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, WORKS, draft

pytestmark = pytest.mark.usefixtures("filed")
HEAD = "kind,action,zh,en\n"


@pytest.fixture
def filed(rules: None) -> None:
    """A damaged road, dispatched to D04."""
    intake.accept("r1", draft(), key=None, by=COURIER, now=NOW)
    for by, command in (
        (GRID_MEMBER, Command(action=Action.VERIFY, basis=Basis.ON_SITE)),
        (CENTRE, Command(action=Action.DISPATCH, department="D04")),
    ):
        reports.act("r1", command, version=None, key=None, by=by, now=NOW)


def texts(action: Action = Action.RESOLVE, by: Actor = WORKS) -> list[str]:
    return [one.zh for one in responses.fitting("r1", action, by=by, now=NOW)]


def test_the_kinds_own_text_comes_first_then_the_general_one_filled_in() -> None:
    own, general = texts()
    assert own == "破损路面已修补平整，恢复正常通行。"
    assert "市政园林" in general and "道路破损" in general and "11月23日" in general and "{" not in general


def test_they_cost_one_read() -> None:
    texts()
    with counted() as calls:
        texts()
    assert calls.names == ["GetItem"]


def test_the_admin_changes_them(filed: None) -> None:
    body = f"{HEAD}*,resolve,已于{{date}}处理,Done on {{date}}\n".encode()
    assert tables.replace_table("responses", body, base=1, by=ADMIN, now=NOW) == 2
    assert texts() == ["已于11月23日处理"]
    assert texts(Action.REJECT) == []


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("9999,resolve,已处理,Done", "unknown_kind"),
        ("*,burn,已处理,Done", "reference_cell"),
        ("*,resolve,已在{street}处理,Done in {street}", "reference_cell"),
    ],
)
def test_a_table_with_an_unknown_kind_action_or_blank_changes_nothing(row: str, rule: str) -> None:
    with pytest.raises(Invalid) as refusal:
        tables.replace_table("responses", f"{HEAD}{row}\n".encode(), base=None, by=ADMIN, now=NOW)
    assert refusal.value.rule == rule
    assert tables.read("responses", now=NOW).version == 1


def test_they_are_for_the_staff_who_see_the_report() -> None:
    with pytest.raises(Forbidden, match="responses_for_staff"):
        texts(by=COURIER)
    with pytest.raises(NotFound):
        texts(by=COURIER2)
