"""The catalogue: the centre writes it, couriers see what is open, accountants what it cost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.prizes.model import Offer, PrizeState, Stock
from chalicelib.domain.prizes.movements import Cause, summed
from chalicelib.domain.prizes.redemptions import RedemptionState
from chalicelib.services.people import access, own_data
from chalicelib.services.prizes import catalogue, counter, redeeming, stock
from chalicelib.store.people import access as access_store
from chalicelib.store.prizes import prizes, redemptions
from tests.builders import AUDITOR, CENTRE, COMMITTEE, COURIER, NOW, TOWNSHIP, VILLAGER
from tests.known import known
from tests.shop import COST, film, left, paid, redeem, rule, said, shelved, umbrella

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)


def listed(by: Actor = COURIER, state: PrizeState = PrizeState.OPEN) -> list[str]:
    found = catalogue.listing(state, by=by, now=NOW, limit=50, cursor=None)
    return [one.prize.id for one in found.prizes]


def change(offer: Offer, *, version: int | None = None, by: Actor = CENTRE) -> catalogue.Shown:
    return catalogue.change("p1", offer, None, version=version, by=by, now=NOW)


def test_couriers_see_what_can_be_redeemed_now_what_ends_first_in_front() -> None:
    shelved("always")
    shelved("soon", umbrella(valid_until=NOW + DAY))
    shelved("film", film())
    shelved("over", umbrella(valid_until=NOW))
    shelved("later", umbrella(valid_from=NOW + DAY))
    shelved("draft", umbrella(state=PrizeState.DRAFT))
    assert listed() == ["soon", "film", "always"]
    assert listed(VILLAGER) == ["over", "soon", "film", "always", "later"]
    assert listed(COMMITTEE, PrizeState.DRAFT) == ["draft"] and listed(COURIER, PrizeState.DRAFT) == []


def test_pages_follow_each_other_without_gaps() -> None:
    for number in range(5):
        shelved(f"p{number}", pieces=0)
    seen: list[str] = []
    cursor = None
    while cursor or not seen:
        page = catalogue.listing(PrizeState.OPEN, by=COURIER, now=NOW, limit=2, cursor=cursor)
        seen += [one.prize.id for one in page.prizes]
        cursor = page.cursor
    assert seen == [f"p{number}" for number in range(5)]


def test_a_page_goes_on_behind_what_has_ended_since() -> None:
    shelved("first", umbrella(valid_until=NOW + DAY))
    shelved("second", umbrella(valid_until=NOW + 3 * DAY))
    page = catalogue.listing(PrizeState.OPEN, by=COURIER, now=NOW, limit=1, cursor=None)
    rest = catalogue.listing(PrizeState.OPEN, by=COURIER, now=NOW + 2 * DAY, limit=1, cursor=page.cursor)
    assert [one.prize.id for one in page.prizes + rest.prizes] == ["first", "second"]


def test_what_it_cost_is_for_centre_and_auditor() -> None:
    shelved()
    told = {who.id: catalogue.view("p1", by=who, now=NOW) for who in (CENTRE, AUDITOR, COMMITTEE, VILLAGER, COURIER)}
    assert [who for who, shown in told.items() if shown.accounts] == ["centre", "auditor"]
    assert [who for who, shown in told.items() if not shown.backstage] == ["courier"]


def test_two_who_edit_at_once_are_told_apart_by_version_and_stock_moves_on_meanwhile() -> None:
    shelved()
    redeem(by=paid())
    assert change(umbrella(price=20), version=1).prize.version == 2
    with pytest.raises(StaleVersion):
        change(umbrella(price=30), version=1)
    assert left() == Stock(free=4, reserved=1)
    lines, _ = prizes.movements("p1", limit=50, cursor=None)
    assert [one.reason for one in lines if one.cause is Cause.EDITED] == ["price"]


def test_what_was_open_is_closed_and_no_draft_again() -> None:
    shelved()
    assert rule(lambda: change(umbrella(state=PrizeState.DRAFT))) == "prize_was_open"
    change(umbrella(state=PrizeState.CLOSED))
    assert listed() == [] and listed(CENTRE, PrizeState.CLOSED) == ["p1"]


def test_a_service_that_is_booked_keeps_its_time_even_where_it_is_booked_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelved(offer=film())
    later = film()
    assert later.schedule
    moved = film(schedule=replace(later.schedule, ends_at=later.schedule.ends_at + DAY))
    real = prizes.get

    def read(prize_id: str) -> object:
        found = real(prize_id)
        redeem(by=paid())
        return found

    with monkeypatch.context() as patch:
        patch.setattr(prizes, "get", read)
        assert rule(lambda: change(moved)) == "changed_meanwhile"
    assert rule(lambda: change(moved)) == "prize_is_booked"
    change(film(price=12))


@pytest.mark.parametrize(
    ("offer", "refusal"),
    [
        (umbrella(en=" "), "prize_name_needed"),
        (umbrella(schedule=film().schedule), "prize_schedule"),
        (film(schedule=None), "prize_schedule"),
        (umbrella(valid_from=NOW, valid_until=NOW), "prize_times"),
        (film(schedule=replace(film().schedule, ends_at=NOW)), "prize_times"),  # type: ignore[type-var]
        (umbrella(pick_up=replace(umbrella().pick_up, village="350211103001")), "prize_village"),
    ],
)
def test_what_makes_no_sense_is_refused(offer: Offer, refusal: str) -> None:
    with pytest.raises(Invalid, match=refusal):
        catalogue.create("p1", offer, key=None, by=CENTRE, now=NOW)


def test_the_same_key_makes_one_prize() -> None:
    key = Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    first = catalogue.create("p1", umbrella(), key=key, by=CENTRE, now=NOW)
    assert catalogue.create("p2", umbrella(), key=key, by=CENTRE, now=NOW) == first
    assert listed() == ["p1"]


def test_nobody_but_the_centre_writes_it() -> None:
    shelved()
    for who in (COURIER, VILLAGER, AUDITOR, COMMITTEE):
        with pytest.raises(Forbidden):
            change(umbrella(), by=who)
        with pytest.raises(Forbidden):
            stock.count("p1", 1, said(by=who))


def test_stock_taking_counts_what_lies_there_and_never_less_than_is_reserved() -> None:
    shelved()
    redeem(by=paid())
    assert stock.count("p1", 3, said()) == left() == Stock(free=2, reserved=1)
    with pytest.raises(Conflict, match="stock_is_reserved"):
        stock.count("p1", 0, said("m2"))
    with pytest.raises(Invalid, match="reason_needed"):
        stock.count("p1", 3, said("m2", " "))
    assert stock.count("p1", 1, said("m3")) == Stock(reserved=1)
    lines, _ = prizes.movements("p1", limit=50, cursor=None)
    assert summed(lines) == left()
    assert [one.free for one in lines if one.cause is Cause.COUNTED] == [-2, -2]


def test_a_count_is_of_the_stock_that_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    shelved()
    real, done = prizes.get, list[bool]()

    def read(prize_id: str) -> object:
        found = real(prize_id)
        if not done:
            done.append(True)
            redeem(by=paid())
        return found

    monkeypatch.setattr(prizes, "get", read)
    assert stock.count("p1", 4, said()) == left() == Stock(free=3, reserved=1)


def test_a_purchase_told_twice_is_one() -> None:
    shelved(pieces=0)
    key = Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    assert stock.purchase("p1", 5, COST, said(key=key)) == stock.purchase("p1", 5, COST, said("m2", key=key))
    assert left() == Stock(free=5)


def test_what_the_auditor_reads_of_prizes_is_noted_and_what_others_read_is_not() -> None:
    shelved()
    looks: list[Callable[[Actor], object]] = [
        lambda by: catalogue.view("p1", by=by, now=NOW),
        lambda by: catalogue.listing(PrizeState.OPEN, by=by, now=NOW + DAY, limit=9, cursor=None),
        lambda by: counter.listing("p1", RedemptionState.RESERVED, by=by, now=NOW + 2 * DAY, limit=9, cursor=None),
    ]
    for look in looks:
        look(AUDITOR)
        look(CENTRE)
    days = [f"{NOW + number * DAY:%Y-%m-%d}" for number in range(3)]
    lines = [one for day in days for one in access_store.on(day, limit=9, cursor=None).entries]
    noted = [(one.what, one.actor_id, one.subject) for one in lines]
    assert sorted(noted) == sorted((What.READ_PRIZES, AUDITOR.id, subject) for subject in ("p1", TOWNSHIP, "p1"))


def test_who_is_forgotten_leaves_no_words_in_his_redemptions() -> None:
    shelved()
    redeem(by=paid())
    redeeming.cancel("x1", reason="我住院了", by=COURIER, now=NOW)
    assert redemptions.get("x1").reason == "我住院了"
    known(COURIER.id)
    own_data.close_account(COURIER, now=NOW)
    assert own_data.erase(COURIER.id, now=NOW + 15 * DAY)
    kept = redemptions.get("x1")
    assert (kept.reason, kept.state) == ("", RedemptionState.CANCELLED)


def test_centre_and_auditor_read_movements_and_purchases_and_the_auditors_look_is_noted() -> None:
    shelved()
    redeem(by=paid())
    page, cursor = stock.listing("p1", by=AUDITOR, now=NOW, limit=2, cursor=None)
    rest, end = stock.listing("p1", by=CENTRE, now=NOW, limit=2, cursor=cursor)
    assert {one.cause for one in page + rest} == {Cause.MADE, Cause.PURCHASED, Cause.RESERVED} and end is None
    assert next(one.purchase for one in page + rest if one.cause is Cause.PURCHASED) == COST
    redeeming.cancel("x1", reason="我住院了", by=COURIER, now=NOW)
    stock.count("p1", 5, said("m9", reason="找王阿姨13800000000核对"))
    moved, _ = stock.listing("p1", by=AUDITOR, now=NOW, limit=9, cursor=None)
    assert all(COURIER.id not in str(one) and "住院" not in str(one) for one in moved)
    assert [one.reason for one in moved if one.cause is Cause.COUNTED] == ["找王阿姨138****0000核对"]
    seen = access.page(actor="auditor", by=AUDITOR, now=NOW, limit=50, cursor=None).entries
    assert What.READ_PRIZES in {one.what for one in seen}
    with pytest.raises(Forbidden):
        stock.listing("p1", by=VILLAGER, now=NOW, limit=2, cursor=None)
