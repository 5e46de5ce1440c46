"""Periods are local months, quarters and years; a result is due some days after their end."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.points.scores import periods
from chalicelib.domain.rankings.periods import months, named, settled
from chalicelib.domain.reference.calendar import ZONE, local_day

GRACE = timedelta(days=3)


def names(at: datetime, grace: timedelta = GRACE) -> list[str]:
    return [one.name for one in settled(at, grace)]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028", date(2028, 1, 1), date(2028, 12, 31)),
        ("ever", date.min, None),
    ],
)
def test_a_name_says_which_days(name: str, first: date, last: date | None) -> None:
    found = named(name)
    assert (found.first, found.last) == (first, last)


NONE = ["", "2026-13", "2026-00", "2026-Q5", "2026-W01", "1999", "9999", "EVER", "2026-1", "20260", "٢٠٢٦"]


@pytest.mark.parametrize("name", NONE)
def test_what_names_no_period_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        named(name)
    assert refused.value.rule == "no_such_ranking_period"


def test_a_month_ends_at_local_midnight_and_its_result_is_due_three_days_later() -> None:
    due = datetime(2026, 12, 4, tzinfo=ZONE)
    assert named("2026-11").settled_at(GRACE) == due == datetime(2026, 12, 3, 16, tzinfo=UTC)
    assert "2026-11" not in names(due - timedelta(microseconds=1)) and "2026-11" in names(due)
    assert named("ever").settled_at(GRACE) is None


def test_quarter_and_year_are_due_with_their_last_month() -> None:
    assert names(datetime(2027, 1, 4, 8, tzinfo=ZONE))[-3:] == ["2026", "2026-12", "2026-Q4"]


def test_what_was_missed_is_made_for_a_quarter_of_a_year_and_no_longer() -> None:
    assert names(datetime(2026, 11, 23, tzinfo=ZONE)) == ["2026-08", "2026-09", "2026-Q3", "2026-10"]


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)), st.integers(0, 20))
def test_no_month_is_left_out(at: datetime, days: int) -> None:
    now, grace = at.replace(tzinfo=UTC), timedelta(days=days)
    found = names(now, grace)
    assert len(set(found)) == len(found)
    over = local_day(now - grace - timedelta(days=31))[:7]
    assert over in found or named(over).settled_at(grace) > now  # type: ignore[operator]  # months end


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))
def test_a_day_lies_in_the_periods_that_run(at: datetime) -> None:
    now = at.replace(tzinfo=UTC)
    for name in periods(local_day(now)):
        assert named(name).holds(now)
    assert months(set(periods(local_day(now)))) == {local_day(now)[:7]}
