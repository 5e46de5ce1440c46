"""A catalogue, couriers with points, and a counter, for tests of prizes."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.places import Point
from chalicelib.domain.points import transfers
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.prizes.activities import Activity, ActivityKind, Family, Guests
from chalicelib.domain.prizes.model import Offer, PickUp, PrizeKind, PrizeState, Purchase, Schedule, Stock
from chalicelib.domain.prizes.redemptions import Redemption
from chalicelib.services.points import posting
from chalicelib.services.prizes import catalogue, redeeming, stock
from chalicelib.services.prizes.redeeming import Wish
from chalicelib.services.prizes.stock import Told
from chalicelib.store.points import wallets
from chalicelib.store.prizes import prizes
from tests.builders import CENTRE, COURIER, NOW, VILLAGE, actor

COST = Purchase(price=1250, budget_line="2026-党建-07")
PICK_UP = PickUp(place="党群服务中心", place_en="Party and masses' service centre", village=VILLAGE)
_numbers = count(1)


def umbrella(**changes: Any) -> Offer:
    """Goods for ten points."""
    fields: dict[str, Any] = {
        "kind": PrizeKind.GOODS,
        "zh": "雨伞",
        "en": "Umbrella",
        "price": 10,
        "pick_up": PICK_UP,
        "purchase": COST,
        "state": PrizeState.OPEN,
    }
    return Offer(**(fields | changes))


def film(**changes: Any) -> Offer:
    """A film in three days, that can be given back until the day before."""
    begins = NOW + timedelta(days=3)
    times = Schedule(begins_at=begins, ends_at=begins + timedelta(hours=2), cancel_until=begins - timedelta(days=1))
    return umbrella(**({"kind": PrizeKind.SERVICE, "zh": "红色电影", "en": "A film", "schedule": times} | changes))


def outing(**changes: Any) -> Offer:
    """A family afternoon in three days, free, to which each may bring three; registration closes a day before."""
    begins = NOW + timedelta(days=3)
    fields: dict[str, Any] = {
        "kind": ActivityKind.FAMILY,
        "organiser": "镇总工会",
        "organiser_en": "Trade union",
        "point": Point(lat=24.6085, lon=117.9795),
        "closes_at": begins - timedelta(days=1),
        "family_places": 3,
    }
    return film(zh="亲子活动", en="Family afternoon", price=0, activity=Activity(**(fields | changes)))


def brings(adults: int = 0, children: int = 0, *, consent: int = 0) -> Guests:
    """So many family members; `consent`: the wording that their guardian agrees to."""
    return Guests(family=Family(adults=adults, children=children), consent=consent)


def shelved(id: str = "p1", offer: Offer | None = None, *, pieces: int = 5) -> str:
    """A prize in the catalogue, with so many in stock."""
    catalogue.create(id, offer or umbrella(), key=None, by=CENTRE, now=NOW)
    if pieces:
        stock.purchase(id, pieces, COST, said(f"{id}-first", "采购"))
    return id


def said(id: str = "m1", reason: str = "盘点", *, by: Actor = CENTRE, key: Key | None = None) -> Told:
    """The centre tells of a stock."""
    return Told(id=id, reason=reason, key=key, by=by, now=NOW)


def courier(number: int) -> Actor:
    """One of many."""
    return actor(f"rider-{number}", (Role.COURIER, f"rider-{number}"))


def paid(who: Actor = COURIER, points: int = 100, *, at: datetime = NOW) -> Actor:
    """A courier who earned so many points, as the ledger has it."""
    id = f"test-{next(_numbers)}"
    posting.post([transfers.moved(who.id, points, Kind.ADJUST, id=id, event_id=id, at=at).explained("试", "test")])
    return who


def code() -> str:
    """Another at each call."""
    return f"{next(_numbers):08d}"


def redeem(
    id: str = "x1", prize: str = "p1", *, by: Actor = COURIER, now: datetime = NOW, key: Key | None = None, **more: Any
) -> Redemption:
    """Redeem one."""
    fields: dict[str, Any] = {"agreed": None, "new_code": code} | more
    return redeeming.redeem(Wish(id=id, prize_id=prize, key=key, by=by, now=now, **fields))


def held(who: Actor = COURIER) -> Wallet:
    """His wallet."""
    return wallets.get(transfers.account(who.id))


def balance(who: Actor = COURIER) -> int:
    """His points."""
    return held(who).balance


def left(prize: str = "p1") -> Stock:
    """The stock of a prize."""
    return prizes.get(prize).stock


def rule(call: Any) -> str:
    """The rule that refuses it."""
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.rule
