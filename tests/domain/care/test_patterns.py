"""Which patterns a plan may have: whatever is taken falls on days, and falls on them soon."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.care import patterns
from chalicelib.domain.errors import Invalid
from chalicelib.gateways import recurrence

START = date(2026, 11, 23)  # a Monday
TAKEN = (
    "",
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=2;COUNT=30",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20261231",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU",
    "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
)
REFUSED = {
    "FREQ=HOURLY": "rule_part",
    "FREQ=MINUTELY;INTERVAL=1": "rule_part",
    "FREQ=YEARLY": "rule_part",
    "BYDAY=MO": "rule_part",
    "FREQ=DAILY;BYHOUR=11": "rule_part",
    "FREQ=DAILY;BYDAY=MO": "rule_part",
    "FREQ=WEEKLY;BYMONTHDAY=1": "rule_part",
    "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1": "rule_part",
    "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=1": "rule_part",
    "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2": "rule_part",
    "FREQ=DAILY;COUNT=367": "rule_value",
    "FREQ=DAILY;COUNT=0": "rule_value",
    "FREQ=DAILY;INTERVAL=0": "rule_value",
    "FREQ=DAILY;INTERVAL=31": "rule_value",
    "FREQ=DAILY;INTERVAL=١": "rule_value",
    "FREQ=WEEKLY;BYDAY=1MO": "rule_value",
    "FREQ=WEEKLY;BYDAY=MO,MO": "rule_value",
    "FREQ=MONTHLY;BYDAY=5MO": "rule_value",
    "FREQ=MONTHLY;BYMONTHDAY=31": "rule_value",
    "FREQ=DAILY;UNTIL=20261301": "rule_value",
    "FREQ=DAILY;UNTIL=2026-12-01": "rule_value",
    "FREQ=DAILY;UNTIL=20261231T000000Z": "rule_value",
    "FREQ=DAILY;COUNT=2;UNTIL=20261231": "rule_ends",
    "FREQ=DAILY;UNTIL=20261122": "rule_ends",
    "FREQ=DAILY;": "rule_malformed",
    "FREQ=DAILY;FREQ=WEEKLY": "rule_malformed",
    "DTSTART:20261123\nRRULE:FREQ=DAILY": "rule_part",
    "FREQ=DAILY;COUNT=" + "1" * 200: "rule_malformed",
}


@pytest.mark.parametrize("rule", TAKEN)
def test_what_a_weekly_round_can_mean_is_taken(rule: str) -> None:
    patterns.check(rule, starts_on=START)
    assert recurrence.following(rule, START, START) is not None


@pytest.mark.parametrize(("rule", "name"), REFUSED.items())
def test_what_makes_no_sense_is_refused_by_name(rule: str, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        patterns.check(rule, starts_on=START)
    assert refused.value.rule == name


weekdays = st.sampled_from(sorted(patterns.DAYS))
intervals = st.integers(1, 12).map(lambda n: f";INTERVAL={n}")
monthly = st.one_of(
    st.integers(-28, 28).filter(bool).map(lambda day: f";BYMONTHDAY={day}"),
    st.tuples(st.sampled_from(sorted(patterns.NTHS)), weekdays).map(lambda one: f";BYDAY={one[0]}{one[1]}"),
    st.tuples(st.sets(weekdays, min_size=1), st.sampled_from(sorted(patterns.NTHS))).map(
        lambda one: f";BYDAY={','.join(sorted(one[0]))};BYSETPOS={one[1]}"
    ),
)
weekly = st.sets(weekdays).map(lambda days: f";BYDAY={','.join(sorted(days))}" if days else "")
rules = st.one_of(
    st.builds("FREQ=DAILY{}".format, intervals),
    st.builds("FREQ=WEEKLY{}{}".format, intervals, weekly),
    st.builds("FREQ=MONTHLY{}{}".format, intervals, monthly),
)


@given(rule=rules, start=st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_every_rule_that_is_taken_falls_on_a_day_within_its_interval_again_and_again(rule: str, start: date) -> None:
    patterns.check(rule, starts_on=start)
    found = recurrence.following(rule, start, start)
    for _ in range(3):
        assert found is not None
        after = recurrence.following(rule, start, found + timedelta(days=1))
        assert after is not None
        assert after - found <= timedelta(days=12 * 31 + 35)
        assert recurrence.days(rule, start, found, after) == [found, after]
        found = after
