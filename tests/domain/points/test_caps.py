"""What counts of what was earned, whatever the order."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.points.caps import Wallet, Window, counted, settle, wallet, window_key
from chalicelib.domain.points.rules import Cap, CapUnit
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.points.transfers import ISSUANCE, Transfer, account
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


def test_the_newest_edition_says_what_the_cap_is() -> None:
    wider = replace(REPORT, day=40)
    day = [entry(1, 30), entry(2, 30, wider, edition=2)]
    assert wallet(day).balance == wallet(day[::-1]).balance == 40


def test_a_window_keeps_the_version_it_was_read_with() -> None:
    held = Window(cap=REPORT, edition=1, tally={"2026-11-23": {10: 2}}, version=7)
    settlement = settle({"report#2026-11": held}, [entry(1, 10), entry(2, 10)])
    after = settlement.windows["report#2026-11"]
    assert (after.version, after.tally, counted(after)) == (7, {"2026-11-23": {10: 4}}, 30)
    assert settlement.gain == Wallet(balance=10, honour=10)


CAPS = st.sampled_from([REPORT, VISITS, ONCE, None, Cap(group="major", unit=CapUnit.POINTS, month=40)])


@given(
    st.lists(st.tuples(st.integers(1, 20), CAPS, st.integers(0, 900), st.booleans(), st.integers(1, 2)), max_size=25),
    st.randoms(use_true_random=False),
)
def test_any_order_and_any_portions_make_the_same_wallet(
    drawn: list[tuple[int, Cap | None, int, bool, int]], random: Random
) -> None:
    made = [entry(n, amount, cap, hours=hours, edition=ed) for n, (amount, cap, hours, _, ed) in enumerate(drawn)]
    every = [*made, *(back(each) for each, (*_, taken, _) in zip(made, drawn, strict=True) if taken)]
    expected = wallet(every)
    random.shuffle(every)
    balance, windows = 0, dict[str, Window]()
    for each in every:
        settlement = settle(windows, [each])
        windows |= settlement.windows
        balance += settlement.gain.balance
    assert balance == expected.balance == expected.honour
