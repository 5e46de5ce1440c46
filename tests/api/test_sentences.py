"""Every refusal has its sentence, in both languages; the documentation lists them all."""

import csv

import pytest

from chalicelib.api.codes import ERRORS, INTERNAL
from chalicelib.api.sentences import refusals
from tests.api.raised import RULES, blanks, by_code, mentioned, raised
from tests.conftest import DATA


def test_every_rule_that_is_raised_has_a_row() -> None:
    assert {rule for _, rule in by_code()} - refusals().keys() == set()


def test_every_row_is_used() -> None:
    assert refusals().keys() - mentioned() - ERRORS.keys() == {INTERNAL} - mentioned()


def test_no_rule_has_two_rows() -> None:
    with (DATA / "refusals.csv").open(encoding="utf-8", newline="") as file:
        rules = [row["rule"] for row in csv.DictReader(file)]
    assert [rule for rule in rules if rules.count(rule) > 1] == []


@pytest.mark.parametrize("code", [*ERRORS, INTERNAL])
def test_every_code_has_a_title(code: str) -> None:
    assert all(refusals()[code])


def test_both_languages_say_something() -> None:
    assert [rule for rule, (zh, en) in refusals().items() if not zh.strip() or not en.strip()] == []


def test_every_blank_is_filled_wherever_the_rule_is_raised() -> None:
    def wanted(rule: str) -> frozenset[str]:
        return frozenset.union(*map(blanks, refusals()[rule]))

    unfilled = [(rule, wanted(rule) - facts) for _, rule, facts in raised() if "*" not in facts]
    assert [(rule, missing) for rule, missing in unfilled if missing] == []


def test_both_languages_speak_of_the_same_things() -> None:
    assert {rule: (blanks(zh), blanks(en)) for rule, (zh, en) in refusals().items() if blanks(zh) != blanks(en)} == {}


def test_the_documentation_lists_the_by_code() -> None:
    """When it fails: `python -m tests.api.raised` writes the list anew."""
    with RULES.open(encoding="utf-8", newline="") as file:
        listed = [(row["code"], row["rule"]) for row in csv.DictReader(file)]
    assert listed == by_code()
