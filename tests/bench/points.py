"""What points cost: an entry earned, and the ranking of a whole township, as ranked and as read."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from tests.bench.calls import Calls, counted

COURIERS = 6_800  # DOMAIN §1: the district's
ROUNDS = 30
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
MONTH, VILLAGE = "2026-11", "350211102202"


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """The calls of an entry, a redemption and a page; CPU ms of a page, seconds to rank a period; KB of its rows."""

    earned: Calls
    redeemed: Calls
    page: Calls
    page_ms: float
    rank_seconds: float
    rank: Calls
    stored_kb: float


def measure() -> Points:
    """In the store of `setting.store`: a report found true, then couriers with scores of one month."""
    earned, redeemed = _earned(), _redeemed()
    _fill()
    with counted() as rank:
        began = time.perf_counter()
        _rank()
        seconds = time.perf_counter() - began
    _look()
    with counted() as page:
        _look()
    times = [_timed() for _ in range(ROUNDS)]
    return Points(
        earned=earned,
        redeemed=redeemed,
        page=page,
        page_ms=median(times),
        rank_seconds=seconds,
        rank=rank,
        stored_kb=_stored() / 1024,
    )


def _earned() -> Calls:
    """The second of two reports: the first has told that its month is to be ranked anew."""
    from chalicelib.services.points import points

    first, second = (_verified(f"points-{number}") for number in range(2))
    points.follow(first, now=NOW)
    with counted() as calls:
        points.follow(second, now=NOW)
    return calls


def _redeemed() -> Calls:
    """The second of two prizes of one courier, by a process that knows the rules in force."""
    from tests.shop import paid, redeem, shelved

    shelved(), paid()
    redeem("bench-1", now=NOW)
    with counted() as calls:
        redeem("bench-2", now=NOW)
    return calls


def _verified(id: str) -> Any:
    from chalicelib.domain.reports.commands import Command
    from chalicelib.domain.reports.model import Action
    from chalicelib.domain.reports.terms import Basis
    from chalicelib.services.reports import intake, reports
    from chalicelib.store import history
    from tests.builders import COURIER, GRID_MEMBER, draft

    intake.accept(id, draft(), key=None, by=COURIER, now=NOW)
    command = Command(action=Action.VERIFY, basis=Basis.ON_SITE)
    reports.act(id, command, version=None, key=None, by=GRID_MEMBER, now=NOW + timedelta(minutes=1))
    return history.of(id)[-1]


def _fill() -> None:
    """Past the product, as they would stand there."""
    from chalicelib.domain.people.model import Person, Post, Role
    from chalicelib.store.people.filed import filed
    from chalicelib.store.people.people import PersonItem, _body
    from chalicelib.store.points.wallets import WalletItem

    with PersonItem.batch_write() as people, WalletItem.batch_write() as wallets:
        for number in range(COURIERS):
            id = _courier(number)
            posts, employer = (Post(Role.COURIER, id),), f"快递公司{number % 9}"
            person = Person(
                id=id, name="骑手", phone="", posts=posts, valid_from=NOW, employer=employer, villages=(VILLAGE,)
            )
            people.save(PersonItem(id, "profile", body=_body(person), version=0))
            for part, key in filed(person):
                people.save(PersonItem(id, part, scope_key=key))
            key = f"courier:{id}#score#{MONTH}"
            moment = NOW - timedelta(seconds=number * 37)
            wallets.save(
                WalletItem(key, version=1, period=MONTH, honour=number % 900 + 1, solved=number % 13, last_at=moment)
            )


def _rank() -> None:
    from chalicelib.services.rankings import ranking

    assert ranking.rank(MONTH, now=NOW) >= 1


def _look() -> None:
    from chalicelib.domain.people.model import Role
    from chalicelib.services.rankings import showing
    from tests.builders import actor

    me = _courier(COURIERS // 2)
    found = showing.page(MONTH, area=None, employer=None, by=actor(me, (Role.COURIER, me)), now=NOW)
    assert found.me and len(found.around) == 5, found


def _timed() -> float:
    began = time.process_time()
    _look()
    return (time.process_time() - began) * 1000


def _courier(number: int) -> str:
    return str(uuid5(NAMESPACE_OID, str(number)))


def _stored() -> int:
    from chalicelib.store.rankings.boards import LIVE, BoardItem

    return max(len(item.body or b"") for item in BoardItem.query(MONTH, BoardItem.part.startswith(LIVE)))
