"""The map as it is read: by the centre as it is, by everybody else without the few."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.maps.asking import Question
from chalicelib.domain.maps.counting import public_kinds
from chalicelib.domain.people.model import Actor
from chalicelib.gateways import cells
from chalicelib.services.maps import showing
from chalicelib.services.maps.showing import Answer
from chalicelib.services.reference import tables
from chalicelib.store import cursors
from tests.bench.calls import counted
from tests.builders import CENTRE, COURIER, DATA, EVERYONE, NOW, RULES, VILLAGE
from tests.mapping import CELL, HERE, OTHER, THERE, laid

pytestmark = pytest.mark.usefixtures("rules")
OTHERS = [somebody for somebody in EVERYONE if somebody is not CENTRE]
MANY = {"0303": 4, "0304": 3, "0201": 3}
FEW = {"0303": 2, "0101": 1}


def asked(by: Actor = COURIER, limit: int = 500, cursor: str | None = None, **question: Any) -> Answer:
    return showing.cells_of(Question(**question), by=by, now=NOW, limit=limit, cursor=cursor)


def seen(answer: Answer) -> dict[str, tuple[int, dict[str, int], dict[str, int]]]:
    return {id: (shown.count, dict(shown.groups), dict(shown.kinds)) for id, shown in answer.cells}


def test_the_centre_sees_all_there_is() -> None:
    laid(MANY)
    laid(FEW, point=THERE)
    laid({"0303": 1}, month="2026-11")
    assert seen(asked(CENTRE, first="2026-10")) == {
        CELL: (11, {"02": 3, "03": 8}, {"0201": 3, "0303": 5, "0304": 3}),
        OTHER: (3, {"01": 1, "03": 2}, {"0101": 1, "0303": 2}),
    }
    assert seen(asked(CENTRE)) == {CELL: (1, {"03": 1}, {"0303": 1})}


def test_everybody_else_sees_the_same_and_none_of_the_few() -> None:
    laid(MANY)
    laid({"0303": 2}, point=THERE)
    laid({"0303": 9}, month="2026-11")
    answers = [asked(somebody) for somebody in OTHERS]
    assert {repr(answer.cells) for answer in answers} == {repr(answers[0].cells)}
    assert seen(answers[0]) == {CELL: (10, {"02": 3, "03": 7}, {"0201": 3, "0303": 4, "0304": 3})}
    assert not answers[0].view.exact and asked(CENTRE).view.exact


QUESTIONS: list[dict[str, Any]] = [
    {},
    *({"group": group} for group in ("01", "02", "03")),
    *({"kind": kind} for kind in ("0101", "0201", "0303", "0304")),
    {"village": VILLAGE},
    *({"first": first, "last": last} for first, last in (("2026-09", "2026-10"), ("2026-09", "2026-09"))),
    {"limit": 1},
]


def test_cells_with_few_reports_leave_no_trace_in_any_answer() -> None:
    """The very same is answered whether they are there or not, cursors included: nothing can be derived from it."""
    laid(MANY)
    laid(MANY, month="2026-09")
    before = [repr((asked(**question).cells, asked(**question).cursor)) for question in QUESTIONS]
    for number in range(1, 9):
        point = replace(HERE, lat=HERE.lat + 0.008 * number * (-1) ** number)
        laid({"0303": 1 + number % 2}, point=point)
        laid({"0101": 2}, point=point, month="2026-09")
    assert [repr((asked(**question).cells, asked(**question).cursor)) for question in QUESTIONS] == before
    assert len(asked(CENTRE, last="2026-10").cells) == 9


def test_no_answer_taken_from_another_gives_a_few() -> None:
    """Totals less groups, groups less kinds, months less months: what is left over is never one or two."""
    laid({"0303": 4, "0304": 1, "0201": 3, "0101": 2, "0401": 1})
    laid({"0303": 2, "0304": 2, "0201": 1}, month="2026-09")
    whole = seen(asked(first="2026-09", last="2026-10"))[CELL]
    months = [seen(asked(first=month, last=month))[CELL] for month in ("2026-09", "2026-10")]
    assert whole[0] == sum(month[0] for month in months)
    for count, groups, kinds in (whole, *months):
        rest = [count - sum(groups.values())]
        rest += [number - sum(n for kind, n in kinds.items() if kind[:2] == group) for group, number in groups.items()]
        assert not {1, 2} & set(rest)
    for group in ("01", "02", "03", "04"):
        apart = [seen(asked(group=group, first=m, last=m)).get(CELL, (0,))[0] for m in ("2026-09", "2026-10")]
        assert seen(asked(group=group, first="2026-09", last="2026-10")).get(CELL, (0,))[0] == sum(apart)
        assert not {1, 2} & set(apart)


def test_a_month_that_grows_is_not_shown_to_others() -> None:
    for first, last in ((None, "2026-11"), ("2026-11", None), ("2026-10", "2026-12")):
        with pytest.raises(Forbidden, match="month_not_over"):
            asked(first=first, last=last)


def test_one_group_or_one_kind_alone() -> None:
    laid(MANY)
    assert seen(asked(group="03")) == {CELL: (7, {"03": 7}, {"0303": 4, "0304": 3})}
    assert seen(asked(kind="0201")) == {CELL: (3, {}, {"0201": 3})}
    assert seen(asked(kind="0101")) == {}


def test_secret_matters_are_on_nobodys_map_and_may_not_be_asked_for() -> None:
    laid({"0801": 9, "0901": 9, "0303": 3})  # as if counted under an earlier edition
    for by in (CENTRE, COURIER):
        assert seen(asked(by, last="2026-10"))[CELL] == (3, {"03": 3}, {"0303": 3})
        with pytest.raises(Invalid, match="never_mapped"):
            asked(by, group="08")


def test_what_the_township_makes_secret_leaves_the_map_with_all_that_was_counted() -> None:
    laid(MANY)
    lines = (DATA / "taxonomy.csv").read_text(encoding="utf-8").splitlines()
    secret = [line[:-1] + "1" if line.startswith("0303,") else line for line in lines]
    tables.publish("taxonomy", "\n".join(secret).encode(), base=None, by="test", now=NOW)
    assert seen(asked(CENTRE, last="2026-10"))[CELL] == (6, {"02": 3, "03": 3}, {"0201": 3, "0304": 3})


def test_a_village_has_the_cells_that_it_reaches_into() -> None:
    laid({"0303": 3})
    laid({"0303": 3}, point=replace(HERE, lat=24.9))
    assert list(seen(asked(village=VILLAGE))) == [CELL] and len(asked().cells) == 2
    with pytest.raises(Invalid, match="unknown_area"):
        asked(village="350211102999")


def level_is(level: int) -> None:
    """The township has chosen other cells."""
    shipped = (DATA / "numbers.csv").read_text(encoding="utf-8")
    chosen = shipped.replace("\nmap_resolution,9,", f"\nmap_resolution,{level},")
    tables.publish("numbers", chosen.encode(), base=None, by="test", now=NOW)


@pytest.mark.parametrize("level", [7, 8])
def test_in_wider_cells_what_lies_in_their_parts_is_added_up_before_anything_is_kept_back(level: int) -> None:
    parts = [cells.hexagon(cell).centre for cell in _parts(level)]
    for point in parts[:3]:
        laid({"0303": 1}, point=point)
    level_is(level)
    wider = cells.wider(CELL, level)
    assert seen(asked()) == {wider: (3, {"03": 3}, {"0303": 3})}


def _parts(level: int) -> list[str]:
    """Cells nearby that belong to the same wider one."""
    around = sorted(set(cells.index_cells_around(HERE)))
    return [cell for cell in around if cells.wider(cell, level) == cells.wider(CELL, level)]


@pytest.mark.parametrize("level", [8, 9])
def test_pages_follow_each_other_without_gaps_over_several_months(level: int) -> None:
    for number, cell in enumerate(sorted(cells.index_cells_around(HERE))):
        laid({"0303": number % 5}, point=cells.hexagon(cell).centre, month=f"2026-{8 + number % 3:02}")
    level_is(level)
    for by in (CENTRE, COURIER):
        whole = seen(asked(by, first="2026-08", last="2026-10"))
        found: dict[str, Any] = {}
        cursor: str | None = ""
        while cursor is not None:
            page = asked(by, limit=2, cursor=cursor or None, first="2026-08", last="2026-10")
            assert len(page.cells) <= 2 and not found.keys() & seen(page).keys()
            found, cursor = found | seen(page), page.cursor
        assert found == whole and list(found) == sorted(found) and len(found) > 2


@pytest.mark.parametrize("cursor", ["x", "IiI", "MQ", cursors.sealed(cells.wider(CELL, 8)), cursors.sealed(["a"])])
def test_a_cursor_that_names_no_cell_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid, match="bad_cursor"):
        asked(cursor=cursor)


def test_a_question_costs_a_query_a_month() -> None:
    laid(MANY)
    asked()
    for first, queries in (("2026-10", 1), ("2026-08", 3), ("2025-11", 12)):
        with counted() as calls:
            asked(first=first, last="2026-10")
        assert calls.names == ["Query"] * queries


def test_every_public_kind_has_a_name() -> None:
    assert public_kinds(RULES.taxonomy) <= asked().view.names.keys()
