"""Reference data is read with a check of every cell, and what is shipped is good."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.domain import retention
from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import clocks, danger, departments, ladder, limits, responses, routing, taxonomy
from tests.builders import DATA

type Read = Callable[[bytes], Any]
READERS: dict[str, Read] = {
    "calendar": clocks.read,
    "danger_words": danger.read,
    "departments": departments.read,
    "ladder": ladder.read,
    "limits": limits.read,
    "responses": responses.read,
    "retention": retention.read,
    "routing": routing.read,
    "taxonomy": taxonomy.read,
}


def shipped(name: str) -> bytes:
    return (DATA / f"{name}.csv").read_bytes()


def test_the_taxonomy_has_twelve_groups_and_ninety_one_kinds() -> None:
    book = taxonomy.read(shipped("taxonomy"))
    assert (len(book.groups), len(book.kinds)) == (12, 91)
    assert {kind.klass for kind in book.kinds.values()} <= limits.read(shipped("limits")).by_class.keys()


def test_every_lead_and_helper_is_a_department() -> None:
    known = departments.read(shipped("departments")).by_code
    for kind in taxonomy.read(shipped("taxonomy")).kinds.values():
        assert {kind.lead, *kind.co_handlers} <= known.keys()


@pytest.mark.parametrize("name", READERS)
def test_columns_encoding_and_row_lengths_are_checked(name: str) -> None:
    body = shipped(name)
    head, _, rest = body.partition(b"\n")
    for broken, rule in (
        (b"x" + body, "reference_columns"),
        (b"\xff" + body, "reference_encoding"),
        (body.replace(b"\n", "\ufffd\n".encode(), 1), "reference_encoding"),  # what API Gateway makes of GBK
        (head + b"\n" + b"a," * 40 + b"\n" + rest, "reference_cell"),
        (body + b'"a"b', "reference_cell"),
        (body + b"a" * 200_000, "reference_cell"),
    ):
        with pytest.raises(Invalid) as refusal:
            READERS[name](broken)
        assert refusal.value.rule == rule and refusal.value.facts["table"] == name


@pytest.mark.parametrize(
    ("name", "old", "new", "column"),
    [
        ("taxonomy", b"0101,\xe6", b"9901,\xe6", "code"),
        ("taxonomy", b"D06,D08 V,3,A", b"D06,D08 V,4,A", "severity"),
        ("taxonomy", b"3,A,G,0", b"3,A,X,0", "'X'"),
        ("limits", b",0.5,1,0.5", b",-0.5,1,0.5", "verify_h"),
        ("ladder", b"verify,50", b"verify,0", "percent"),
        ("ladder", b"verify,50", b"verified,50", "'verified' is not a valid Stage"),
        ("departments", b",0,account", b",2,account", "2"),
        ("routing", b"fire-lane,0101,", b"fire-lane,101,", "kind"),
        ("routing", b"gas-leak,", b"fire-lane,", "id"),
        ("routing", b"fire-lane,0101,*,1,4,", b"fire-lane,0101,*,4,1,", "severity_max"),
        ("routing", b"fire-lane,0101,*,1,4,,,", b"fire-lane,0101,*,1,4,2026-02-30,,", "valid_from"),
        ("routing", b"fire-lane,0101,*,1,4,,,", b"fire-lane,0101,*,1,4,2026-12-01,2026-11-30,", "valid_until"),
        ("routing", b"D06,D08 V,", b"D06,D08 D06,", "co"),
        ("responses", b"*,verify,", b"*,verified,", "'verified' is not a valid Action"),
        ("responses", b"*,verify,", b"*,submit,", "action"),
        ("responses", b"01,verify,", b"1,verify,", "kind"),
        ("responses", b"{place}", b"{street}", "{street}"),
        ("responses", b"{place}", b"{place.__class__}", "{place.__class__}"),
        ("responses", b"{place}", b"{place!r}", "{place}"),
        ("responses", b"{place}", b"{place:>99999999}", "{place}"),
        ("responses", b"{place}", b"{place", "expected '}' before end of string"),
        ("responses", b"Place: {place}", b"Place: here", "zh, en"),
        ("retention", b"photo_original,365", b"photo_original,0", "days"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line(name: str, old: bytes, new: bytes, column: str) -> None:
    body = shipped(name)
    assert old in body
    with pytest.raises(Invalid) as refusal:
        READERS[name](body.replace(old, new, 1))
    assert (refusal.value.rule, refusal.value.facts["column"]) == ("reference_cell", column)
