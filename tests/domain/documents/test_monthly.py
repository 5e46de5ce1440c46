"""What has become different of a frozen report: against what was told last, once."""

from typing import Any

from chalicelib.domain.documents import monthly
from chalicelib.domain.documents.monthly import Correction, Monthly, Part, Row
from tests.builders import NOW, TOWNSHIP, VILLAGE

V, D = Part.VILLAGE, Part.DEPARTMENT


def row(part: Part = V, key: str = VILLAGE, **counts: int) -> Row:
    return Row(part=part, key=key, zh="深青村", en="Shenqing", counts=counts)


def report(month: str, *rows: Row, corrections: tuple[Correction, ...] = ()) -> Monthly:
    fields: dict[str, Any] = {"first": "", "last": "", "as_of": NOW, "made_by": "", "editions": {}}
    id = monthly.id_of(TOWNSHIP, month)
    return Monthly(id=id, township=TOWNSHIP, month=month, rows=rows, corrections=corrections, **fields)


def corrected(told: list[Row], now: list[Row]) -> list[tuple[str, str, int, int]]:
    return [(one.key, one.column, one.before, one.after) for one in monthly.corrections("2026-10", told, now)]


def test_every_count_that_differs_is_told_with_what_it_was() -> None:
    told = [row(filed=9, late=1), row(D, "D04", late=2)]
    now = [row(filed=9, late=2, solved=3), row(D, "D03", late=1)]
    assert corrected(told, now) == [
        (VILLAGE, "late", 1, 2),
        (VILLAGE, "solved", 0, 3),
        ("D03", "late", 0, 1),
        (
            "D04",
            "late",
            2,
            0,
        ),
    ] or sorted(corrected(told, now)) == sorted(
        [(VILLAGE, "late", 1, 2), (VILLAGE, "solved", 0, 3), ("D03", "late", 0, 1), ("D04", "late", 2, 0)]
    )


def test_what_is_the_same_is_no_correction() -> None:
    assert corrected([row(filed=9)], [row(filed=9)]) == []
    assert corrected([row(filed=9, late=0)], [row(filed=9)]) == [], "a count that is missing is none"


def test_what_was_corrected_before_is_known_and_not_told_again() -> None:
    october = report("2026-10", row(filed=9, late=1))
    first = tuple(monthly.corrections("2026-10", october.rows, [row(filed=9, late=2)]))
    november = report("2026-11", corrections=first)
    known = monthly.known(october, [november])
    assert monthly.corrections("2026-10", known, [row(filed=9, late=2)]) == []
    (again,) = monthly.corrections("2026-10", known, [row(filed=9, late=5)])
    assert (again.before, again.after) == (2, 5)


def test_of_several_corrections_the_last_is_known_also_of_a_row_that_was_not_there() -> None:
    october = report("2026-10", row(filed=9))
    new = [row(D, "D03", late=number) for number in (1, 4)]
    later = [
        report("2026-11", corrections=tuple(monthly.corrections("2026-10", [], [new[0]]))),
        report("2026-12", corrections=tuple(monthly.corrections("2026-10", [new[0]], [new[1]]))),
    ]
    assert monthly.known(october, later) == (row(filed=9), new[1])
    assert monthly.known(report("2026-09"), later) == ()


def test_an_id_names_the_township_and_the_month() -> None:
    assert monthly.split(monthly.id_of(TOWNSHIP, "2026-11")) == (TOWNSHIP, "2026-11")
    assert monthly.split("nonsense") == ("nonsense", "")
