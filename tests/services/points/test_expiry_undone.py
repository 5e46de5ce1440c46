"""What is taken back out of a lot that has expired was lost already: nobody loses a point twice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.points import lots, statements, transfers
from chalicelib.domain.points.statements import Movement
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.reference.calendar import ZONE, local_day
from chalicelib.services.points import expiry, posting
from chalicelib.store.base import Transaction
from chalicelib.store.points import ledger
from chalicelib.store.points.wallets import WindowMoved
from tests.services.points.test_expiry import (
    DAY,
    HOUR,
    IN_2026,
    IN_2027,
    NEW_YEAR,
    earned,
    fits,
    held,
    messages,
    redeemed,
)
from tests.services.prizes.test_crowd import died

pytestmark = pytest.mark.usefixtures("rules")


def taken_back(id: str, at: datetime = NEW_YEAR + 4 * DAY) -> transfers.Transfer:
    """What an earlier entry gave goes back."""
    old = ledger.several("courier:c", [f"{id}#award"])[f"{id}#award"]
    back = transfers.corrected(old, id=f"{id}#back", event_id=f"{id}-back", at=at)
    posting.post([back])
    return back


def test_what_has_expired_is_not_lost_again_where_it_is_reversed() -> None:
    earned(10, IN_2026, id="a")
    expiry.run(now=NEW_YEAR)
    taken_back("a")
    assert held() == (0, {}) and fits()
    undone = ledger.several("courier:c", ["expiry-2027-2028-01-01#expire#1"])["expiry-2027-2028-01-01#expire#1"]
    assert (undone.earned, undone.lots, undone.corrects) == (10, {"2027": 10}, "expiry-2027-2028-01-01#expire")
    assert (undone.debit, undone.event_id) == (transfers.EXPIRY, "a-back")
    assert undone.zh == "其中10分此前已随2026年的积分到期，不重复扣除。"


def test_only_what_has_expired_comes_back_and_what_was_spent_is_owed() -> None:
    earned(10, IN_2026, id="a")
    earned(4, IN_2026 + HOUR, id="b")
    redeemed(10, IN_2027)
    expiry.run(now=NEW_YEAR)  # four
    taken_back("a")
    assert held() == (-6, {"2027": -6}) and fits()
    taken_back("b", NEW_YEAR + 5 * DAY)
    assert held() == (-10, {"2027": -10}) and fits()


def test_each_that_is_reversed_undoes_its_part_of_what_several_days_have_taken() -> None:
    for number in range(3):
        earned(10, IN_2026 + number * HOUR, id=f"a{number}")
        expiry.run(now=NEW_YEAR + number * DAY)
    assert held() == (0, {})
    for number in range(3):
        taken_back(f"a{number}")
        assert held() == (0, {}) and fits()
    assert expiry.run(now=NEW_YEAR + 9 * DAY) == 0


def test_two_at_the_same_moment_do_not_undo_the_same() -> None:
    for id, at in (("a", IN_2026), ("b", IN_2026 + HOUR)):
        earned(10, at, id=id)
    redeemed(10, IN_2027)
    expiry.run(now=NEW_YEAR)
    old = ledger.several("courier:c", ["a#award"])["a#award"]
    posting.add([transfers.corrected(old, id="x", event_id="x", at=NEW_YEAR)], late := Transaction())
    taken_back("b")
    with pytest.raises(WindowMoved):
        late.commit()
    assert held() == (0, {}) and fits()
    taken_back("a")
    assert held() == (-10, {"2027": -10}) and fits()


def test_what_paid_a_debt_as_it_expired_was_not_lost() -> None:
    earned(10, IN_2026, id="a")
    earned(-4, IN_2027, id="b")
    expiry.run(now=NEW_YEAR)
    assert held() == (0, {})
    taken_back("a")
    assert held()[0] == -4 and fits()


def adjusted(points: int, at: datetime, *, pending: bool = False) -> transfers.Transfer:
    """Staff put right what an entry of 2026 gave."""
    old = ledger.several("courier:c", ["a#award"])["a#award"]
    made = transfers.moved("c", points, Kind.ADJUST, id="a#award#p", event_id="p", at=at)
    state = EntryState.PENDING if pending else EntryState.POSTED
    entry = transfers.lasting(replace(made, day=old.day, corrects=old.id, state=state))
    posting.post([entry])
    return entry


def test_what_is_put_right_late_lasts_and_what_is_wrong_of_an_expired_day_is_not_lost_twice() -> None:
    earned(10, IN_2026, id="a")
    expiry.run(now=NEW_YEAR)
    assert adjusted(5, NEW_YEAR + 7 * DAY).lots == {"2029": 5}
    assert expiry.run(now=NEW_YEAR + 8 * DAY) == 0 and held()[0] == 5 and fits()


def test_what_is_put_right_downwards_undoes_the_expiry_of_its_day() -> None:
    earned(10, IN_2026, id="a")
    expiry.run(now=NEW_YEAR)
    adjusted(-3, NEW_YEAR + 7 * DAY)
    assert held() == (0, {}) and fits()


def test_what_waits_lies_in_the_lot_of_the_moment_at_which_it_is_agreed_to() -> None:
    earned(10, IN_2026, id="a")
    waiting = adjusted(5, datetime(2026, 12, 31, 12, tzinfo=ZONE), pending=True)
    assert waiting.lots is None and held()[1] == {"2027": 10}
    good = transfers.settled(waiting, event_id="y", at=NEW_YEAR)
    posting.post([good])
    assert good.lots == {lots.lot_of(local_day(NEW_YEAR)): 5} and fits()
    posting.post([transfers.corrected(good, id="z", event_id="z", at=NEW_YEAR + DAY)])
    assert held() == (10, {"2027": 10}) and fits()


@pytest.mark.parametrize("after", [False, True])
def test_a_death_between_any_two_calls_of_a_run_leaves_all_of_it_to_the_next_or_nothing(after: bool) -> None:
    for courier in ("c", "d"):
        earned(7, IN_2026, id="a", courier=courier)
        earned(5, IN_2027, id="b", courier=courier)
    number, lost = 0, 0
    while died(lambda: expiry.run(now=NEW_YEAR), number, after=after):
        for courier in ("c", "d"):
            heard = len(messages(courier))
            assert (held(courier), heard) in (((12, {"2027": 7, "2028": 5}), 0), ((5, {"2028": 5}), 1))
            assert fits(courier)
        number, lost = number + 1, lost + (held()[0] == 5)
    assert number > 3 and lost
    assert [(held(courier), len(messages(courier))) for courier in ("c", "d")] == [((5, {"2028": 5}), 1)] * 2


def test_a_statement_knows_what_was_undone() -> None:
    earned(10, IN_2026, id="a")
    expiry.run(now=NEW_YEAR)
    taken_back("a")
    found = ledger.all_of("courier:c")
    made = statements.stated("c", "2028-01", found, now=NEW_YEAR + timedelta(days=9))
    assert (made.opening, made.closing) == (10, 0)
    assert (made.moved[Movement.EXPIRE], made.moved[Movement.TAKEN_BACK]) == (0, -10)
