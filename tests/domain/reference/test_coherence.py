"""An edition that breaks another table is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference import closing, coherence, departments, limits, numbers, taxonomy
from tests.builders import DATA, RULES

READERS: dict[str, Callable[[bytes], Any]] = {
    "taxonomy": taxonomy.read,
    "limits": limits.read,
    "departments": departments.read,
    "numbers": numbers.read,
    "closing": closing.read,
}


def without(name: str, start: str) -> bytes:
    """The shipped table without the lines that begin so."""
    lines = (DATA / f"{name}.csv").read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start.encode())]
    assert len(kept) < len(lines)
    return b"".join(kept)


def test_the_shipped_tables_hold_together() -> None:
    coherence.check("taxonomy", before=RULES, after=RULES)


@pytest.mark.parametrize(
    ("name", "start", "missing"),
    [
        ("limits", "Q,", "Q"),
        ("departments", "D04,", "D04"),
        ("numbers", "reopen_days,", "reopen_days"),
    ],
)
def test_what_others_ask_for_may_not_go(name: str, start: str, missing: str) -> None:
    after = replace(RULES, **{name: READERS[name](without(name, start))})
    with pytest.raises(Invalid) as refusal:
        coherence.check(name, before=RULES, after=after)
    assert refusal.value.rule == "reference_lacks"
    assert refusal.value.facts == {"table": name, "missing": missing}


def test_a_kind_may_not_name_what_nobody_knows() -> None:
    body = (DATA / "taxonomy.csv").read_bytes().replace(b",D04,", b",D99,", 1)
    with pytest.raises(Invalid) as refusal:
        coherence.check("taxonomy", before=RULES, after=replace(RULES, taxonomy=taxonomy.read(body)))
    assert refusal.value.facts["missing"] == "D99"


def test_a_kind_may_go() -> None:
    coherence.check(
        "taxonomy", before=RULES, after=replace(RULES, taxonomy=taxonomy.read(without("taxonomy", "0303,")))
    )


def test_a_kind_with_closing_conditions_of_its_own_stays_until_they_go() -> None:
    after = replace(RULES, taxonomy=taxonomy.read(without("taxonomy", "0108,")))
    with pytest.raises(Invalid) as refusal:
        coherence.check("taxonomy", before=RULES, after=after)
    assert refusal.value.facts == {"table": "taxonomy", "missing": "0108"}
    gone = replace(RULES, closing=closing.read(without("closing", "0108,")))
    coherence.check("closing", before=RULES, after=gone)
    coherence.check("taxonomy", before=gone, after=replace(gone, taxonomy=after.taxonomy))


@pytest.mark.parametrize("scope", ["13", "0199"])
def test_closing_conditions_are_of_kinds_that_there_are(scope: str) -> None:
    body = (DATA / "closing.csv").read_bytes() + f"{scope},1,anyone,0,any,5,甲,a\n".encode()
    with pytest.raises(Invalid) as refusal:
        coherence.check("closing", before=RULES, after=replace(RULES, closing=closing.read(body)))
    assert (refusal.value.rule, refusal.value.facts) == ("unknown_kind", {"kind": scope})
