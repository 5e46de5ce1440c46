"""What an edition may say at most and at least: as shipped everything is within, and what breaks a promise is not."""

import pytest

from chalicelib.domain import retention
from chalicelib.domain.errors import Invalid
from chalicelib.domain.rankings.ranking import AROUND
from chalicelib.domain.reference import bounds, coherence, numbers
from chalicelib.gateways.cells import NEARBY_MOST_M
from tests.builders import DATA, RULES

NUMBERS = numbers.read((DATA / "numbers.csv").read_bytes()).values
TERMS = retention.read((DATA / "retention.csv").read_bytes())


def test_every_number_that_is_shipped_has_bounds_and_no_other() -> None:
    assert NUMBERS.keys() == bounds.NUMBERS.keys()
    assert bounds.RETENTION.keys() <= TERMS.keys()


def test_what_is_shipped_is_within_its_bounds() -> None:
    coherence.check("numbers", before=RULES, after=RULES)
    coherence.check_terms(TERMS, TERMS)


@pytest.mark.parametrize("name", bounds.NUMBERS)
def test_a_number_is_taken_up_to_its_bounds_and_not_beyond(name: str) -> None:
    least, most = bounds.NUMBERS[name]
    for within in (least, most):
        bounds.check("numbers", {name: within}, bounds.NUMBERS)
    for beyond in (least - 0.01, most + 1, 1_000_000.0):
        with pytest.raises(Invalid) as refused:
            bounds.check("numbers", {name: beyond}, bounds.NUMBERS)
        assert refused.value.rule == "reference_bounds" and refused.value.facts["name"] == name


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("login_code_tries", 11),
        ("login_code_minutes", 16),
        ("login_codes_day", 51),
        ("export_link_minutes", 61),
        ("alarm_calls", 4),
        ("alarm_minutes", 16),
        ("alarm_minutes", 0),
        ("part_percent", 101),
        ("digest_hour", 24),
        ("session_days", 0),
        ("recurrence_metres", NEARBY_MOST_M + 1),
    ],
)
def test_a_promise_is_not_the_townships_to_break(name: str, number: float) -> None:
    with pytest.raises(Invalid):
        bounds.check("numbers", NUMBERS | {name: number}, bounds.NUMBERS)


@pytest.mark.parametrize(("kind", "days"), [("access_log", 1094), ("sms_code", 8), ("export_file", 8)])
def test_nor_is_how_long_something_is_kept(kind: str, days: int) -> None:
    with pytest.raises(Invalid):
        bounds.check("retention", {kind: days}, bounds.RETENTION)


def test_a_row_of_the_townships_own_has_no_bounds() -> None:
    bounds.check("numbers", NUMBERS | {"lanterns": 1_000_000.0}, bounds.NUMBERS)


def test_the_longest_page_of_a_ranking_is_named_by_one_batch() -> None:
    top, reader_and_around = int(bounds.NUMBERS["ranking_top"][1]), 2 * AROUND + 1
    assert top + reader_and_around <= 100
