"""What refuses a redemption is named: where it is read, and just as well where it is refused at the commit."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.domain.errors import CapReached
from chalicelib.domain.people.model import Actor, Person, PersonState
from chalicelib.domain.points import transfers
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.prizes.model import Period, PrizeState
from chalicelib.services.points import posting
from chalicelib.services.prizes import catalogue, stock
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people
from chalicelib.store.points import wallets
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store
from tests.builders import CENTRE, COURIER, COURIER2, NOW
from tests.shop import balance, left, paid, redeem, rule, said, shelved, umbrella

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)


def told(who: str = COURIER.id) -> list[str]:
    return [one.template for one in reversed(inbox.page(who, limit=50, before=None, now=NOW))]


def draft() -> None:
    shelved(offer=umbrella(state=PrizeState.CLOSED))


def not_yet() -> None:
    shelved(offer=umbrella(valid_from=NOW + DAY))


def over() -> None:
    shelved(offer=umbrella(valid_until=NOW))


def empty() -> None:
    shelved(pieces=0)


def poor() -> None:
    shelved(offer=umbrella(price=101))


def frozen() -> None:
    shelved()
    transaction = Transaction()
    wallets.freeze("courier:courier", NOW + DAY, transaction)
    transaction.commit()


def had_one(period: Period) -> Callable[[], None]:
    def before() -> None:
        shelved(offer=umbrella(limits={period: 1}))
        redeem("x0")

    return before


REFUSED = [
    (draft, "prize_not_open"),
    (not_yet, "prize_not_open"),
    (over, "prize_not_open"),
    (empty, "out_of_stock"),
    (poor, "not_enough_points"),
    (frozen, "wallet_frozen"),
    *((had_one(period), "prize_limit_reached") for period in Period),
]


@pytest.mark.parametrize(("before", "refusal"), REFUSED)
def test_what_refuses_is_named_and_nothing_happened(before: Callable[[], None], refusal: str) -> None:
    paid()
    before()
    had = (balance(), left(), told())
    assert rule(redeem) == refusal
    assert (balance(), left(), told()) == had and store.find("x1") is None


def overtaken(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """Somebody does this between the read and the transaction of the next redemption."""
    real, done = prizes.with_taken, list[bool]()

    def read(*args: str) -> object:
        found = real(*args)
        if not done:
            done.append(True)
            meanwhile()
        return found

    monkeypatch.setattr(prizes, "with_taken", read)


def last_one_goes() -> None:
    redeem("other", by=COURIER2)


def limit_is_used() -> None:
    redeem("own")


def points_go() -> None:
    posting.post([transfers.moved("courier", -95, Kind.ADJUST, id="a1", event_id="a1", at=NOW)])


def is_frozen() -> None:
    transaction = Transaction()
    wallets.freeze("courier:courier", NOW + DAY, transaction)
    transaction.commit()


def closes() -> None:
    catalogue.change("p1", umbrella(state=PrizeState.CLOSED), None, version=None, by=CENTRE, now=NOW)


def costs_more() -> None:
    catalogue.change("p1", umbrella(price=11), None, version=None, by=CENTRE, now=NOW)


@pytest.mark.parametrize(
    ("meanwhile", "refusal"),
    [
        (last_one_goes, "out_of_stock"),
        (limit_is_used, "prize_limit_reached"),
        (points_go, "not_enough_points"),
        (is_frozen, "wallet_frozen"),
        (closes, "prize_not_open"),
        (costs_more, "price_changed"),
    ],
)
def test_what_refuses_at_the_commit_is_named_just_as_well(
    monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None], refusal: str
) -> None:
    shelved(offer=umbrella(limits={Period.DAY: 1} if meanwhile is limit_is_used else {}), pieces=1)
    if meanwhile is limit_is_used:
        stock.count("p1", 5, said())
    paid()
    paid(COURIER2)
    overtaken(monkeypatch, meanwhile)
    assert rule(lambda: redeem(agreed=10)) == refusal
    assert store.find("x1") is None


def test_the_limit_says_which_period() -> None:
    shelved(offer=umbrella(limits={Period.MONTH: 1}))
    redeem("x0", by=paid())
    with pytest.raises(CapReached) as refusal:
        redeem()
    assert refusal.value.facts == {"period": "month", "cap": 1}


def test_a_frozen_wallet_is_refused_what_costs_nothing_too() -> None:
    frozen()
    shelved("p0", umbrella(price=0))
    assert rule(lambda: redeem(prize="p0")) == "wallet_frozen"
    redeem(prize="p0", now=NOW + DAY)


def test_who_is_paused_is_told_so_and_staff_that_they_have_no_points() -> None:
    shelved()
    people.put(Person(id="rider", name="林", phone="", posts=(), valid_from=NOW, state=PersonState.PAUSED))
    assert rule(lambda: redeem(by=Actor(id="rider", posts=()))) == "courier_paused"
    assert rule(lambda: redeem(by=CENTRE)) == "couriers_redeem"
