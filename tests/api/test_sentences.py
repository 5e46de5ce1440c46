"""Every refusal has its sentence, in both languages; the documentation lists them all."""

import csv
import re
from datetime import UTC, datetime
from enum import StrEnum
from importlib import import_module
from pkgutil import walk_packages

import pytest

from chalicelib import domain
from chalicelib.api.codes import ERRORS, INTERNAL
from chalicelib.api.problems import problem
from chalicelib.api.sentences import labels, refusals
from chalicelib.domain.errors import Conflict
from chalicelib.domain.fraud.terms import FindingState
from tests.api.raised import RULES, blanks, by_code, mentioned, raised
from tests.conftest import DATA

SPOKEN_OF = {"Status", "Action", "Role", "Wish", "Outcome", "Listing", "HonourVerdict", "PersonAction"}


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


@pytest.mark.parametrize("state", FindingState)
def test_where_a_finding_stands_has_a_name(state: FindingState) -> None:
    told = problem(Conflict("finding_settled", state=state))
    assert labels()[f"findingstate.{state}"][0] in told.detail and not re.search("[a-z]", told.detail)


def test_both_languages_speak_of_the_same_things() -> None:
    assert {rule: (blanks(zh), blanks(en)) for rule, (zh, en) in refusals().items() if blanks(zh) != blanks(en)} == {}


def test_the_documentation_lists_the_by_code() -> None:
    """When it fails: `python -m tests.api.raised` writes the list anew."""
    with RULES.open(encoding="utf-8", newline="") as file:
        listed = [(row["code"], row["rule"]) for row in csv.DictReader(file)]
    assert listed == by_code()


def test_what_refusals_speak_of_has_a_chinese_name() -> None:
    """Words of the product's own among the facts: states, actions, roles."""
    named = [kind for kind in words() if kind.__name__.endswith("State") or kind.__name__ in SPOKEN_OF]
    assert {kind.__name__ for kind in named} >= SPOKEN_OF
    keys = {f"{kind.__name__.lower()}.{word}" for kind in named for word in kind}
    assert keys - labels().keys() == set()


def test_an_instant_is_told_in_local_time() -> None:
    told = problem(Conflict("wallet_frozen", until=datetime(2026, 12, 4, 10, tzinfo=UTC)))
    assert told.detail == "积分暂停使用，至 2026-12-04 18:00 自动恢复。" and "2026-12-04 18:00" in told.detail_en
    assert told.facts == {"until": "2026-12-04T10:00:00+00:00"}


def words() -> list[type[StrEnum]]:
    """Every enum of the domain."""
    modules = [import_module(found.name) for found in walk_packages(domain.__path__, "chalicelib.domain.")]
    found = [(module.__name__, kind) for module in modules for kind in vars(module).values() if isinstance(kind, type)]
    return [kind for module, kind in found if issubclass(kind, StrEnum) and kind.__module__ == module]
