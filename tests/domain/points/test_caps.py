"""What counts of what was earned, whatever the order."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.points.caps import Wallet, settle, wallet, window_key
from chalicelib.domain.points.rules import Cap, CapUnit
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.points.transfers import ISSUANCE, Transfer, account
from chalicelib.domain.points.windows import Window, counted, plain
from chalicelib.domain.reference.calendar import local_day
from tests.builders import NOW

REPORT = Cap(group="report", unit=CapUnit.POINTS, day=30, month=300)
VISITS = Cap(group="visit", unit=CapUnit.TIMES, day=2, month=3)
ONCE = Cap(group="P01", unit=CapUnit.TIMES, ever=1)


def entry(number: int, amount: int, cap: Cap | None = REPORT, *, hours: int = 0, edition: int = 1) -> Transfer:
    at = NOW + timedelta(hours=hours)
    return Transfer(
        id=f"r{number}#000002#P13",
        debit=ISSUANCE,
        credit=account("c"),
        amount=amount,
        state=EntryState.POSTED,
        rule="P13",
        edition=edition,
        event_id=f"r{number}#000002",
        report_id=f"r{number}",
        courier_id="c",
        day=local_day(at),
        at=at,
        honour=True,
        cap=cap,
    )


def back(old: Transfer) -> Transfer:
    event_id = f"{old.report_id}#000003"
    return replace(old, id=f"{event_id}#P13", event_id=event_id, debit=old.credit, credit=old.debit, corrects=old.id)


def test_a_day_counts_up_to_its_cap() -> None:
    day = [entry(number, 10) for number in range(5)]
    assert wallet(day) == Wallet(balance=30, honour=30)
    assert wallet([*day, entry(9, 10, hours=24)]).balance == 40


def test_a_day_is_the_townships_own() -> None:
    late = [entry(1, 30, hours=14), entry(2, 30, hours=16)]  # 23:00 and 01:00 in Guankou, one UTC day
    assert wallet(late).balance == 60


def test_a_month_counts_up_to_its_cap() -> None:
    month = [entry(number, 30, hours=-24 * number) for number in range(12)]
    assert {window_key(each) for each in month} == {"report#2026-11"}
    assert wallet(month).balance == 300


def test_of_what_is_counted_in_times_the_dearest_count() -> None:
    visits = [entry(number, amount, VISITS) for number, amount in enumerate((3, 5, 4))]
    assert wallet(visits).balance == 9
    assert wallet([*visits, entry(7, 6, VISITS, hours=24), entry(8, 2, VISITS, hours=48)]).balance == 15


def test_what_counts_once_ever_counts_once_in_all_years() -> None:
    both = [entry(1, 10, ONCE), entry(2, 10, ONCE, hours=24 * 400)]
    assert {window_key(each) for each in both} == {"P01#ever"} and wallet(both).balance == 10


def test_what_is_taken_back_makes_room_for_what_the_cap_had_cut_off() -> None:
    day = [entry(number, 10) for number in range(4)]
    assert wallet([*day, back(day[0])]).balance == 30
    assert wallet([*day, back(day[0]), back(day[1])]).balance == 20
    assert wallet([*day, *map(back, day)]) == Wallet()


def test_what_is_pending_counts_nowhere_yet() -> None:
    pending = replace(entry(1, 20), state=EntryState.PENDING)
    assert window_key(pending) is None and wallet([pending]) == Wallet(pending=20)
    voided = replace(back(pending), state=EntryState.VOIDED)
    assert wallet([pending, voided]) == Wallet()


def test_a_penalty_counts_in_full() -> None:
    penalty = replace(entry(1, 10, None), debit=account("c"), credit=ISSUANCE)
    assert wallet([penalty]) == Wallet(balance=-10, honour=-10)


def test_a_day_goes_by_the_widest_limit_of_its_editions() -> None:
    for other in (40, 20):
        day = [entry(1, 30), entry(2, 30, replace(REPORT, day=other), edition=2)]
        assert wallet(day).balance == wallet(day[::-1]).balance == max(30, other)


def of_days(days: range, cap: Cap, *, edition: int = 1, amount: int = 10) -> list[Transfer]:
    """Three entries on each of these days of November."""
    return [
        entry(100 * day + number, amount, cap, hours=24 * (day - 23), edition=edition)
        for day in days
        for number in range(3)
    ]


def test_a_limit_that_is_lowered_takes_nothing_back_and_one_that_is_raised_pays_nothing_after() -> None:
    before = of_days(range(1, 10), REPORT)
    assert wallet(before).balance == 270
    for other, day in ((20, 20), (15, 15), (40, 30)):
        after = of_days(range(10, 11), replace(REPORT, day=other), edition=2)
        assert wallet([*before, *after]).balance == wallet([*after, *before]).balance == 270 + day


def test_a_months_limit_holds_from_the_day_of_its_edition_on() -> None:
    before = of_days(range(1, 12), REPORT)  # 330, of which 300 count
    lower, higher = (of_days(range(12, 15), replace(REPORT, month=month), edition=2) for month in (100, 350))
    assert wallet([*before, *lower]).balance == wallet([*lower, *before]).balance == 300
    assert wallet([*before, *higher]).balance == wallet([*higher, *before]).balance == 350
    assert wallet([*before, *higher[:1]]).balance == 310


def test_what_counted_in_times_goes_on_counting_where_fewer_may() -> None:
    visits = [entry(number, 5, VISITS, hours=24 * number) for number in range(3)]
    fewer = [entry(9, 6, replace(VISITS, month=1), hours=24 * 4, edition=2)]
    assert wallet([*visits, *fewer]).balance == wallet([*fewer, *visits]).balance == 16  # the dearest three


def test_a_limit_for_ever_that_is_lowered_takes_nothing_back() -> None:
    ever = Cap(group="P01", unit=CapUnit.POINTS, ever=50)
    made = [entry(1, 40, ever), entry(2, 5, replace(ever, ever=20), hours=24 * 40, edition=2)]
    assert wallet(made).balance == wallet(made[::-1]).balance == 40


def test_where_a_rule_counts_in_times_from_a_day_on_each_day_goes_by_its_own() -> None:
    times = Cap(group="report", unit=CapUnit.TIMES, day=1)
    made = [entry(1, 40), entry(2, 7, times, hours=24, edition=2), entry(3, 8, times, hours=24, edition=2)]
    assert wallet(made).balance == wallet(made[::-1]).balance == 38
    assert wallet([entry(1, 40), entry(2, 7, times, edition=2)]).balance == 40


def test_a_window_written_before_limits_were_kept_by_day_goes_on() -> None:
    stored = b'{"cap":{"group":"report","unit":"points","day":30,"month":300,"ever":null},"edition":1,"tally":'
    stored += b'{"2026-11-01":{"10":3},"2026-11-02":{"10":4}},"version":7}'
    held = msgspec.json.decode(stored, type=Window)
    assert counted(held) == 60
    made = settle({"report#2026-11": held}, of_days(range(10, 11), replace(REPORT, day=20), edition=2))
    assert made.gain.balance == 20 and made.windows["report#2026-11"].version == 7


def test_a_window_keeps_the_version_it_was_read_with() -> None:
    held = Window(cap=REPORT, tally={"2026-11-23": {10: 2}}, version=7)
    settlement = settle({"report#2026-11": held}, [entry(1, 10), entry(2, 10)])
    after = settlement.windows["report#2026-11"]
    assert (after.version, after.tally, counted(after)) == (7, {"2026-11-23": {10: 4}}, 30)
    assert settlement.gain == Wallet(balance=10, honour=10)


CAPS = st.sampled_from([REPORT, VISITS, ONCE, None, Cap(group="major", unit=CapUnit.POINTS, month=40)])
CHANGES = st.sampled_from([{}, {"day": 20}, {"day": 5, "month": 15}, {"month": 60}, {"day": None, "month": None}])
DRAWN = st.tuples(st.integers(1, 20), CAPS, st.integers(0, 900), st.booleans(), CHANGES)


def drawn_entries(drawn: list[tuple[int, Cap | None, int, bool, dict[str, Any]]]) -> list[Transfer]:
    """Each under a limit as it is, or as another edition has it."""
    return [
        entry(n, amount, replace(cap, **changes) if cap else None, hours=hours, edition=1 + len(changes))
        for n, (amount, cap, hours, _, changes) in enumerate(drawn)
    ]


@given(st.lists(DRAWN, max_size=25), st.randoms(use_true_random=False))
def test_any_order_and_any_portions_make_the_same_wallet(
    drawn: list[tuple[int, Cap | None, int, bool, dict[str, Any]]], random: Random
) -> None:
    made = drawn_entries(drawn)
    every = [*made, *(back(each) for each, (*_, taken, _) in zip(made, drawn, strict=True) if taken)]
    expected, whole = wallet(every), settle({}, every).windows
    random.shuffle(every)
    balance, windows = 0, dict[str, Window]()
    for each in every:
        settlement = settle(windows, [each])
        windows |= settlement.windows
        balance += settlement.gain.balance
    assert balance == expected.balance == expected.honour
    assert {key: plain(one) for key, one in windows.items()} == {key: plain(one) for key, one in whole.items()}


@given(st.lists(DRAWN, max_size=25))
def test_earning_never_costs_anything_whatever_becomes_of_the_limits(
    drawn: list[tuple[int, Cap | None, int, bool, dict[str, Any]]],
) -> None:
    made = drawn_entries(drawn)
    balances = [wallet(made[:number]).balance for number in range(len(made) + 1)]
    assert all(before <= after for before, after in pairwise(balances))
