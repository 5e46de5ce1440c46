"""Texts to begin with: which fit, in which order, and what fills their blanks."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.domain.areas.geojson import read as read_areas
from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import responses
from chalicelib.domain.reference.responses import BLANKS, LONGEST, Response, check_kinds, facts, filled, fitting, read
from chalicelib.domain.reports.model import Action, Status
from tests.builders import DATA, NOW, RULES, report

SHIPPED = read((DATA / "responses.csv").read_bytes())
AREAS = read_areas((DATA / "areas.geojson").read_bytes())


def row(kind: str, action: Action = Action.RESOLVE, zh: str = "已处理", en: str = "Done") -> Response:
    return Response(kind=kind, action=action, zh=zh, en=en)


def table(*rows: str) -> bytes:
    return "\n".join([",".join(responses.COLUMNS), *rows]).encode()


def test_what_is_shipped_names_kinds_that_there_are() -> None:
    check_kinds(SHIPPED, RULES.taxonomy)


@pytest.mark.parametrize(
    "action",
    [
        *(Action.VERIFY, Action.REJECT, Action.ASK_INFO, Action.RESOLVE, Action.ANSWER, Action.ESCALATE),
        *(Action.RETURN, Action.SUSPEND, Action.DISPATCH, Action.RETURN_TO_VILLAGE, Action.REQUEST_EXTENSION),
    ],
)
@pytest.mark.parametrize("kind", [None, "0303", "1201"])
def test_for_what_is_said_every_day_there_is_something_whatever_the_kind(action: Action, kind: str | None) -> None:
    assert fitting(SHIPPED, action, kind)


def test_the_most_specific_comes_first_and_else_the_order_of_the_table() -> None:
    rows = [row("*", zh="a"), row("03"), row("0303", zh="b"), row("0303", zh="c"), row("*", zh="d"), row("0201")]
    assert [one.kind for one in fitting(rows, Action.RESOLVE, "0303")] == ["0303", "0303", "03", "*", "*"]
    assert [one.zh for one in fitting(rows, Action.RESOLVE, "0303")] == ["b", "c", "已处理", "a", "d"]


def test_what_has_no_kind_yet_gets_what_is_said_of_any() -> None:
    assert [one.kind for one in fitting([row("03"), row("*")], Action.RESOLVE, None)] == ["*"]


def test_another_actions_texts_do_not_fit() -> None:
    assert fitting([row("*", Action.REJECT)], Action.RESOLVE, "0303") == []


def test_blanks_are_filled_with_what_is_known_in_both_languages() -> None:
    known = facts(report(Status.DISPATCHED), rules=RULES, areas=AREAS, now=NOW)
    text = "{kind}|{place}|{department}|{date}"
    made = filled(row("*", zh=text, en=text), known)
    assert made.zh == "道路破损|深青村|市政园林|11月23日"
    assert made.en == "Road damage|Shenqing Village|Municipal works & parks|2026-11-23"
    assert made.missing == ()


def test_times_are_local() -> None:
    due = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    ended = report(Status.CLOSED, promised_at=due)
    known = facts(ended, rules=RULES, areas=AREAS, now=NOW)
    assert known["promised"] == ("11月30日17:00", "2026-11-30 17:00")
    assert known["due"] is None


def test_before_it_was_dispatched_the_department_is_the_one_that_leads_the_kind() -> None:
    known = facts(report(Status.WITH_CENTRE, kind="0201"), rules=RULES, areas=AREAS, now=NOW)
    assert known["department"] == ("环卫站", "Sanitation station")


def test_what_is_not_known_stands_open_and_is_named() -> None:
    nowhere = replace(report(kind=None).place, village=None, grid=None)
    known = facts(report(kind=None, place=nowhere), rules=RULES, areas=AREAS, now=NOW)
    text = "{place}的{kind}由{department}办理"
    made = filled(row("*", zh=text, en="{kind} {place} {department}"), known)
    assert (made.zh, made.en) == ("＿＿的＿＿由＿＿办理", "____ ____ ____")
    assert made.missing == ("department", "kind", "place")


def test_every_blank_that_a_table_may_have_is_filled() -> None:
    assert facts(report(), rules=RULES, areas=AREAS, now=NOW).keys() == BLANKS


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("*,resolve,,Done", "zh, en"),
        ("*,resolve,已处理,  ", "zh, en"),
        (f"*,resolve,{'长' * (LONGEST + 1)},Done", "zh, en"),
        ("０３,resolve,已处理,Done", "kind"),
        ("030,resolve,已处理,Done", "kind"),
        ("*,resolve,已处理,Done\n*,resolve,已处理,Done again", "action"),
    ],
)
def test_a_row_that_is_no_good_is_refused_with_its_cell(line: str, column: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(table(line))
    assert (refusal.value.rule, refusal.value.facts["column"]) == ("reference_cell", column)


@pytest.mark.parametrize("kind", ["9999", "99"])
def test_a_kind_that_there_is_not_is_refused_by_name(kind: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_kinds([row(kind)], RULES.taxonomy)
    assert (refusal.value.rule, refusal.value.facts) == ("unknown_kind", {"kind": kind})


def test_a_township_may_have_no_texts_at_all() -> None:
    assert read(table()) == ()
