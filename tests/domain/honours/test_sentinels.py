"""A year's list of sentinels: short, with reasons, and frozen in the end."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.honours import sentinels
from chalicelib.domain.honours.model import Agreed, Case, CaseState
from chalicelib.domain.honours.sentinels import Sentinels
from chalicelib.domain.reference import numbers
from tests.builders import DATA, NOW, TOWNSHIP
from tests.honouring import rule

NUMBERS = numbers.read((DATA / "numbers.csv").read_bytes())
SECOND = timedelta(seconds=1)
EMPTY = Sentinels(township=TOWNSHIP, year=2026)
OVER = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # midnight in the township


def case(id: str, evidence: int = 1) -> Case:
    agreed = Agreed(version=1, at=NOW)
    return Case(
        person_id=id,
        township=TOWNSHIP,
        state=CaseState.OPEN,
        statement="",
        consent=agreed,
        public=None,
        applied_at=NOW,
        since=NOW,
        touched_at=NOW,
        evidence=evidence,
        scores={"2026": 7, "2025": 90},
    )


def named(held: Sentinels, id: str, *, reason: str = "好", now: datetime = NOW) -> Sentinels:
    return sentinels.named(held, case(id), reason, numbers=NUMBERS, by="a", now=now)


def test_a_list_takes_as_many_as_the_number_says_each_once() -> None:
    held = EMPTY
    for number in range(12):
        held = named(held, f"c{number}")
    assert rule(lambda: named(held, "c12")) == "sentinels_full"
    assert rule(lambda: named(held, "c0")) == "sentinel_named"
    assert rule(lambda: named(EMPTY, "c0", reason=" ")) == "reason_needed"
    assert held.version == 12 and {one.score for one in held.members} == {7}
    assert len(named(sentinels.removed(held, "c3", "违规", numbers=NUMBERS, now=NOW), "c12").members) == 12


def test_who_has_no_evidence_is_not_named_and_who_is_not_there_not_removed() -> None:
    undrawn = case("c", 0)
    assert rule(lambda: sentinels.named(EMPTY, undrawn, "好", numbers=NUMBERS, by="a", now=NOW)) == "evidence_needed"
    assert rule(lambda: sentinels.removed(EMPTY, "c", "违规", numbers=NUMBERS, now=NOW)) == "no_such_sentinel"


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_frozen_list_changes_only_where_a_consent_goes(by_hand: bool) -> None:
    held = named(named(EMPTY, "c1"), "c2")
    now = NOW if by_hand else OVER + sentinels.grace(NUMBERS)
    held = sentinels.frozen(held, "定稿", numbers=NUMBERS, now=NOW) if by_hand else held
    grace = sentinels.grace(NUMBERS)
    assert held.is_frozen(now, grace) and (by_hand or not held.is_frozen(now - SECOND, grace))
    assert rule(lambda: named(held, "c3", now=now)) == "sentinels_frozen"
    assert rule(lambda: sentinels.removed(held, "c1", "违规", numbers=NUMBERS, now=now)) == "sentinels_frozen"
    assert rule(lambda: sentinels.frozen(held, "定稿", numbers=NUMBERS, now=now)) == "sentinels_frozen"
    assert [one.person_id for one in sentinels.without(held, "c1").members] == ["c2"]


@pytest.mark.parametrize("year", [2022, 2027])
def test_a_year_that_was_before_or_has_not_come_has_no_list(year: int) -> None:
    assert rule(lambda: sentinels.require_year(year, NOW)) == "sentinels_year"
    sentinels.require_year(2027, OVER)
