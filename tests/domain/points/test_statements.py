"""Opening balance and movements are the closing balance, whatever the caps did."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.points import lots, transfers
from chalicelib.domain.points.caps import settle
from chalicelib.domain.points.sheets import sheets
from chalicelib.domain.points.statements import INSTANT, MOST, Movement, span, stated
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.exports.labels import both
from tests.domain.points.test_caps import ONCE, REPORT, VISITS, back, entry

END = datetime(2029, 1, 1, tzinfo=ZONE)
DAY = timedelta(days=1)
MONTHS = [f"{year}-{month:02}" for year in (2026, 2027, 2028) for month in range(1, 13)]


def moved(points: int, kind: Kind, number: int, at: datetime, held: dict[str, int] | None = None) -> Transfer:
    """An entry that no cap limits."""
    return transfers.moved("c", points, kind, id=f"{kind}{number}", event_id=f"{kind}{number}", at=at, lots=held)


def undone(draw: st.DrawFn, found: list[Transfer], at: datetime) -> Transfer | None:
    """What takes back something earned, whenever that was."""
    gone = {one.corrects for one in found}
    left = [one for one in found if one.id not in gone and one.rule and not one.corrects]
    posted = [one for one in left if one.state is EntryState.POSTED]
    return replace(back(draw(st.sampled_from(posted))), at=at) if posted else None


def given_back(draw: st.DrawFn, found: list[Transfer], number: int, at: datetime) -> Transfer | None:
    """What puts something spent back into its lots."""
    spent = [one for one in found if one.kind is Kind.REDEEM]
    if not spent:
        return None
    old = draw(st.sampled_from(spent))
    return moved(old.amount, Kind.RETURN, number, at, {lot: -n for lot, n in (old.lots or {}).items()})


def next_entry(draw: st.DrawFn, found: list[Transfer], number: int, hours: int) -> Transfer | None:
    """What may happen next."""
    deed = draw(st.sampled_from(["earn", "earn", "earn", "pending", "back", "spend", "return", "expire", "fine"]))
    made = entry(number, draw(st.integers(1, 40)), draw(st.sampled_from([REPORT, VISITS, ONCE, None])), hours=hours)
    held, at = settle({}, found).lots, made.at
    if deed == "pending":
        return replace(made, state=EntryState.PENDING)
    if deed == "fine":
        return moved(-5, Kind.AWARD, number, at)
    if deed == "back":
        return undone(draw, found, at)
    if deed == "return":
        return given_back(draw, found, number, at)
    if deed == "spend" and (balance := sum(held.values())) > 0:
        taken = {lot: -n for lot, n in lots.take(held, draw(st.integers(1, balance))).items()}
        return moved(sum(taken.values()), Kind.REDEEM, number, at, taken)
    if deed == "expire" and (change := lots.expired(held, "2027")):
        return moved(sum(change.values()), Kind.EXPIRE, number, at, change)
    return made


@st.composite
def ledgers(draw: st.DrawFn) -> list[Transfer]:
    """Two years of one courier: earned under caps, some of it taken back months later, spent, returned, expired."""
    found: list[Transfer] = []
    hours = 0
    for number in range(draw(st.integers(0, 30))):
        hours += draw(st.integers(0, 600))
        if made := next_entry(draw, found, number, hours):
            found.append(made)
    return found


@given(ledgers())
def test_opening_and_what_moved_are_the_closing_which_opens_the_next(entries: list[Transfer]) -> None:
    balance = 0
    for month in MONTHS:
        made = stated("c", month, entries, now=END)
        _, end = span(month, END)
        assert made.opening == balance
        assert made.opening + sum(made.moved.values()) == made.closing
        until = settle({}, [one for one in entries if one.at < end])
        assert made.closing == until.gain.balance
        posted = sum(line.entry.earned for line in made.lines if line.entry.state is EntryState.POSTED)
        assert sum(made.moved.values()) + made.kept_back == posted
        over = until.gain.balance - sum(lots.unexpired(until.lots, end - INSTANT).values())
        assert sum(made.expiring.values()) == max(0, made.closing - over)
        balance = made.closing


def test_what_the_caps_did_not_count_is_said() -> None:
    made = stated("c", "2026-11", [entry(number, 20) for number in range(3)], now=END)
    assert (made.moved[Movement.EARN], made.kept_back, made.closing) == (30, 30, 30)
    assert [line.counted for line in made.lines] == [0, 10, 20]
    assert made.expiring == {"2027": 30}


def test_what_is_taken_back_in_another_month_stands_in_that_one() -> None:
    given_ = entry(1, 20)
    entries = [given_, replace(back(given_), at=given_.at + 20 * DAY)]
    assert stated("c", "2026-11", entries, now=END).closing == 20
    made = stated("c", "2026-12", entries, now=END)
    assert (made.opening, made.moved[Movement.TAKEN_BACK], made.closing) == (20, -20, 0)


def test_more_than_anybody_reads_is_counted_and_not_shown() -> None:
    made = stated("c", "2026-11", [entry(number, 1, None) for number in range(MOST + 3)], now=END)
    assert (len(made.lines), made.left_out, made.moved[Movement.EARN]) == (MOST, 3, MOST + 3)


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "11", "2029-02", "2026-11-23", "0000-01", "9999-12", ""])
def test_a_month_that_is_none_or_has_not_begun_has_no_statement(month: str) -> None:
    with pytest.raises(Invalid, match="no_such_month"):
        span(month, END)


def test_the_sheets_have_a_word_for_everything() -> None:
    titles = [sheet.title for sheet in sheets(stated("c", "2026-11", [entry(1, 20)], now=END), both())]
    assert titles == ["汇总", "到期", "明细"]


def test_what_a_debt_claims_cannot_be_spent() -> None:
    debt = transfers.moved("c", -5, Kind.ADJUST, id="a", event_id="a", at=entry(1, 1).at)
    made = stated("c", "2026-11", [debt], now=END)
    assert (made.closing, made.expiring) == (-5, {})
    with pytest.raises(Conflict):
        lots.take({"2027": made.closing}, 1)
