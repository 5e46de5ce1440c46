"""What is over expires, once, whatever happens at the same moment, and who it will hit hears twice before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.points import audit, transfers
from chalicelib.domain.points.audit import Stored
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.duty import mornings
from chalicelib.services.points import expiry, points, posting, statements
from chalicelib.services.points.posting import Spending
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox
from chalicelib.store.points import ledger, wallets
from tests.bench.calls import counted

pytestmark = pytest.mark.usefixtures("rules")
IN_2026 = datetime(2026, 11, 23, 9, tzinfo=ZONE)
IN_2027 = datetime(2027, 6, 1, 9, tzinfo=ZONE)
NEW_YEAR = datetime(2028, 1, 1, 0, 10, tzinfo=ZONE)  # the lot of 2027 is over: what was earned in 2026
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def earned(points: int, at: datetime, *, id: str, courier: str = "c") -> None:
    """Points given, or taken back where negative."""
    posting.post([transfers.moved(courier, points, Kind.AWARD, id=f"{id}#award", event_id=id, at=at)])


def redeemed(points: int, at: datetime, *, id: str = "s") -> transfers.Transfer:
    """Points spent."""
    spent = posting.spend(Spending(courier_id="c", points=points, event_id=id, at=at), transaction := Transaction())
    transaction.commit()
    return spent


def held(courier: str = "c", at: datetime = NEW_YEAR) -> tuple[int, dict[str, int]]:
    """The balance, and what is in which lot."""
    found = posting.holding(courier, now=at)
    return found.wallet.balance, {lot: points for lot, points in found.lots.items() if points}


def messages(courier: str = "c", *, now: datetime = NEW_YEAR) -> list[str]:
    """What stands in the inbox, the newest first."""
    return [message.zh for message in inbox.page(courier, limit=9, before=None, now=now)]


def fits(courier: str = "c") -> bool:
    """Whether the entries make what is stored."""
    entries = ledger.page(f"courier:{courier}", limit=99, before=None)
    balance, lots = held(courier)
    stored = Stored(wallet=wallets.get(f"courier:{courier}"), lots=lots)
    assert balance == stored.wallet.balance == sum(lots.values())
    return audit.misfit(entries, stored) is None


def test_what_is_over_expires_with_an_entry_and_a_message() -> None:
    earned(7, IN_2026, id="a")
    earned(5, IN_2027, id="b")
    assert expiry.run(now=NEW_YEAR - HOUR) == 0
    assert mornings.begin(now=NEW_YEAR)["expiry"] == 1
    assert held() == (5, {"2028": 5}) and fits()
    newest = ledger.timeline("courier:c", start=None, end=None, before=None, limit=1)[0][1]
    assert (newest.id, newest.earned, newest.lots) == ("expiry-2027-2028-01-01#expire", -7, {"2027": -7})
    assert newest.zh == "2026年的积分有效期已过：7分到期（2028-01-01）。"
    assert messages() == ["您2026年获得的积分已于12月31日到期，7分失效。"]


def test_running_again_expires_nothing_twice() -> None:
    earned(7, IN_2026, id="a")
    assert [expiry.run(now=NEW_YEAR + hours * HOUR) for hours in range(3)] == [1, 0, 0]
    assert held() == (0, {}) and len(messages()) == 1


def test_what_a_late_event_puts_into_it_expires_on_another_day() -> None:
    earned(7, IN_2026, id="a")
    expiry.run(now=NEW_YEAR)
    earned(4, IN_2026 + HOUR, id="late")
    assert expiry.run(now=NEW_YEAR + HOUR) == 0 and held() == (4, {"2027": 4})
    assert expiry.run(now=NEW_YEAR + DAY) == 1 and held() == (0, {}) and fits()


def test_a_debt_is_paid_by_what_expires_and_nobody_hears_of_nothing() -> None:
    earned(10, IN_2026, id="a")
    earned(-15, IN_2027, id="b")
    assert expiry.run(now=NEW_YEAR) == 1
    assert held() == (-5, {"2028": -5}) and messages() == [] and fits()
    assert expiry.run(now=NEW_YEAR + DAY) == 0


def test_what_is_over_is_not_spent_before_the_run_has_reached_it() -> None:
    earned(7, IN_2026, id="a")
    earned(5, IN_2027, id="b")
    with pytest.raises(Conflict, match="not_enough_points") as refused:
        redeemed(6, NEW_YEAR)
    assert refused.value.facts == {"balance": 5, "needed": 6}
    assert redeemed(5, NEW_YEAR).lots == {"2028": -5}
    expiry.run(now=NEW_YEAR)
    assert held() == (0, {}) and fits()


def test_what_is_over_is_shown_to_nobody_as_what_he_has() -> None:
    earned(7, IN_2026, id="a")
    earned(-3, IN_2027, id="b")
    earned(5, IN_2027 + HOUR, id="c")
    assert points.spendable("c", now=NEW_YEAR - HOUR).balance == 9
    early = NEW_YEAR - timedelta(minutes=20)
    assert statements.statement("c", "2027-12", now=early).expiring == {"2027": 7, "2028": 2}
    for _ in range(2):  # before the run has come to it, and after
        assert points.spendable("c", now=NEW_YEAR).balance == 2
        assert statements.statement("c", "2028-01", now=NEW_YEAR).expiring == {"2028": 2}
        assert statements.statement("c", "2027-12", now=NEW_YEAR).expiring == {"2027": 7, "2028": 2}
        expiry.run(now=NEW_YEAR)


def between(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], Any]) -> None:
    """Something that happens once, between the run's read and its transaction."""
    read, done = posting.holding, list[bool]()

    def holding(courier_id: str, *, now: datetime) -> wallets.Holding:
        found = read(courier_id, now=now)
        if not done:
            done.append(True)
            deed()
        return found

    monkeypatch.setattr(posting, "holding", holding)


def test_a_redeem_at_the_same_moment_leaves_no_lot_below_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    earned(7, IN_2026, id="a")
    between(monkeypatch, lambda: redeemed(3, NEW_YEAR - HOUR))
    assert expiry.run(now=NEW_YEAR) == 1
    assert held() == (0, {}) and fits()
    assert messages() == ["您2026年获得的积分已于12月31日到期，4分失效。"]


def test_what_is_taken_back_at_the_same_moment_is_not_taken_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    earned(7, IN_2026, id="a")
    earned(5, IN_2027, id="b")
    between(monkeypatch, lambda: earned(-6, IN_2027 + DAY, id="back"))
    expiry.run(now=NEW_YEAR)
    assert held() == (0, {}) and fits()


def test_a_run_ends_after_so_many_and_the_next_hour_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiry, "AT_ONCE", 2)
    for courier in ("c", "d", "e"):
        earned(7, IN_2026, id="a", courier=courier)
    assert [expiry.run(now=NEW_YEAR + hours * HOUR) for hours in range(3)] == [2, 1, 0]


def test_once_a_lot_was_gone_through_an_hour_costs_one_read_until_the_next_day() -> None:
    for courier in ("c", "d", "e"):
        earned(7, IN_2026, id="a", courier=courier)
    expiry.run(now=NEW_YEAR)
    with counted() as calls:
        assert expiry.run(now=NEW_YEAR + HOUR) == 0
    assert calls.names == ["BatchGetItem"]
    with counted() as calls:
        assert expiry.run(now=NEW_YEAR + DAY) == 0
    assert calls.names == ["BatchGetItem", *["Query", "PutItem"] * 3]  # the lots of three years


def test_one_for_whom_it_fails_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for courier in ("c", "d"):
        earned(7, IN_2026, id="a", courier=courier)
    commit = expiry._commit

    def failing(entry: transfers.Transfer, *more: Any) -> None:
        if entry.courier_id == "c":
            raise ConnectionError("c")
        commit(entry, *more)

    monkeypatch.setattr(expiry, "_commit", failing)
    with pytest.raises(ExceptionGroup):
        expiry.run(now=NEW_YEAR)
    assert held("d") == (0, {}) and held("c")[0] == 7
    monkeypatch.setattr(expiry, "_commit", commit)
    assert expiry.run(now=NEW_YEAR + HOUR) == 1 and held("c") == (0, {})


def test_each_hears_thirty_and_seven_days_before_once() -> None:
    earned(7, IN_2026, id="a")
    earned(9, IN_2027, id="b", courier="d")
    first, last = datetime(2027, 12, 1, 8, tzinfo=ZONE), datetime(2027, 12, 24, 8, tzinfo=ZONE)
    assert [expiry.notify(now=at) for at in (first - DAY, first - HOUR, first, first + HOUR, first + DAY)] == [
        *(0, 0, 1),
        *(0, 0),
    ]
    assert [expiry.notify(now=at) for at in (last - HOUR, last, last + HOUR, last + DAY)] == [0, 1, 0, 0]
    assert messages(now=last) == ["您有7积分将于2027-12-31到期，请在到期前兑换。"] * 2
    assert messages("d", now=last) == []


def test_a_morning_that_was_missed_is_made_up_for_and_two_are_one() -> None:
    earned(7, IN_2026, id="a")
    assert expiry.notify(now=datetime(2027, 12, 9, 22, tzinfo=ZONE)) == 1
    assert expiry.notify(now=datetime(2027, 12, 31, 22, tzinfo=ZONE)) == 1
    earned(8, IN_2026, id="late", courier="d")
    assert expiry.notify(now=datetime(2027, 12, 31, 23, tzinfo=ZONE)) == 0


def test_who_owes_more_than_expires_hears_nothing() -> None:
    earned(7, IN_2026, id="a")
    earned(-7, IN_2027, id="b")
    assert expiry.notify(now=datetime(2027, 12, 1, 9, tzinfo=ZONE)) == 0


def test_notices_go_on_where_a_run_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiry, "AT_ONCE", 2)
    monkeypatch.setattr(expiry, "TOGETHER", 2)
    for courier in ("c", "d", "e"):
        earned(7, IN_2026, id="a", courier=courier)
    now = datetime(2027, 12, 1, 9, tzinfo=ZONE)
    assert [expiry.notify(now=now + hours * HOUR) for hours in range(3)] == [2, 1, 0]
