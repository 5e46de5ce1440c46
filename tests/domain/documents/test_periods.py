"""From the 26th to the 25th, or as a township sets it; no day lost, none counted twice."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.documents import periods
from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.calendar import ZONE

DAY = timedelta(days=1)


def days(month: str, first_day: int = 26, after: date | None = None) -> tuple[str, str]:
    period = periods.named(month, first_day=first_day, after=after)
    return period.first.isoformat(), period.last.isoformat()


def test_a_period_is_named_by_the_month_it_ends_in() -> None:
    assert days("2026-11") == ("2026-10-26", "2026-11-25")
    assert days("2027-01") == ("2026-12-26", "2027-01-25")
    assert days("2026-03", 28) == ("2026-02-28", "2026-03-27")
    assert days("2026-02", 1) == ("2026-02-01", "2026-02-28")


@given(first_day=st.integers(1, 28), months=st.integers(0, 60))
def test_periods_follow_on_each_other(first_day: int, months: int) -> None:
    year, month = divmod(2026 * 12 + months, 12)
    this = f"{year}-{month + 1:02}"
    earlier = periods.named(periods.before(this), first_day=first_day)
    assert periods.named(this, first_day=first_day).first == earlier.last + DAY


@given(was=st.integers(1, 28), now=st.integers(1, 28))
def test_a_first_day_that_was_changed_leaves_no_gap_and_no_overlap(was: int, now: int) -> None:
    earlier = periods.named("2026-10", first_day=was)
    this = periods.named("2026-11", first_day=now, after=earlier.last)
    assert this.first == earlier.last + DAY and this.last >= this.first


@given(at=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), first_day=st.integers(1, 28))
def test_the_latest_period_is_over_and_the_next_is_not(at: datetime, first_day: int) -> None:
    now = at.replace(tzinfo=ZONE)
    month = periods.latest(now, first_day=first_day)
    latest = periods.named(month, first_day=first_day)
    assert latest.is_over(now)
    following = date.fromisoformat(f"{month}-01") + timedelta(days=32)
    assert not periods.named(f"{following:%Y-%m}", first_day=first_day).is_over(now)


def test_a_period_is_over_at_midnight_of_the_township() -> None:
    period = periods.named("2026-11", first_day=26)
    assert not period.is_over(datetime(2026, 11, 25, 23, 59, tzinfo=ZONE))
    assert period.is_over(datetime(2026, 11, 26, tzinfo=ZONE))


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "nonsense", ""])
def test_what_is_no_month_is_refused(month: str) -> None:
    for ask in (lambda: periods.named(month, first_day=26), lambda: periods.before(month)):
        with pytest.raises(Invalid) as refused:
            ask()
        assert refused.value.rule == "no_such_month"
