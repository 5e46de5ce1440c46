"""What may be asked of the map."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.errors import DomainError, Forbidden, Invalid
from chalicelib.domain.maps import asking
from chalicelib.domain.maps.asking import Question
from tests.builders import CENTRE, EVERYONE, NOW, RULES, TOWNSHIP


def asked(first: str | None = None, last: str | None = None, *, whole: bool = False, most: int = 12) -> list[str]:
    return asking.months(Question(first=first, last=last), whole=whole, most=most, now=NOW)


def refusal(first: str | None, last: str | None, *, whole: bool = False) -> DomainError:
    with pytest.raises(DomainError) as refused:
        asked(first, last, whole=whole)
    return refused.value


def test_the_centre_sees_this_month_and_everybody_else_the_last_one() -> None:
    assert asked(whole=True) == ["2026-11"]
    assert asked() == ["2026-10"]
    assert [asking.sees_all(somebody, TOWNSHIP) for somebody in EVERYONE] == [one is CENTRE for one in EVERYONE]
    assert not asking.sees_all(CENTRE, "350211103")


def test_a_month_begins_in_local_time() -> None:
    first_of_december = datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert asking.months(Question(), whole=False, most=1, now=first_of_december) == ["2026-11"]


def test_months_are_whole_and_run_over_a_years_end() -> None:
    assert asked("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert asked("2026-08") == ["2026-08", "2026-09", "2026-10"] and asked(None, "2026-08") == ["2026-08"]


def test_a_month_that_is_not_over_is_refused_to_others_than_the_centre() -> None:
    for first, last in (("2026-11", "2026-11"), ("2026-11", None), (None, "2026-12")):
        assert isinstance(refused := refusal(first, last), Forbidden) and refused.rule == "month_not_over"
        assert refused.facts == {"month": "2026-10"}
    assert asked("2026-10", "2026-11", whole=True) == ["2026-10", "2026-11"]


def test_no_more_than_so_many_months_and_none_backwards() -> None:
    assert len(asked("2025-11", "2026-10")) == 12
    assert refusal("2025-10", "2026-10").rule == "too_many_months"
    assert refusal("0000-01", "9999-12", whole=True).rule == "too_many_months"
    assert refusal("2026-10", "2026-09").rule == "months_reversed"


@pytest.mark.parametrize("group", ["08", "09"])
def test_secret_matters_are_refused_by_name(group: str) -> None:
    with pytest.raises(Invalid, match="never_mapped"):
        asking.check_codes(Question(group=group), RULES.taxonomy)
    for kind in (code for code, kind in RULES.taxonomy.kinds.items() if kind.confidential or code[:2] == group):
        with pytest.raises(Invalid, match="never_mapped"):
            asking.check_codes(Question(kind=kind), RULES.taxonomy)


def test_what_no_taxonomy_knows_is_refused() -> None:
    for question in (Question(group="77"), Question(kind="7701")):
        with pytest.raises(Invalid, match="unknown_kind"):
            asking.check_codes(question, RULES.taxonomy)
    for question in (Question(), Question(group="03"), Question(kind="0303")):
        asking.check_codes(question, RULES.taxonomy)
