"""The care relay on a store, for tests: who is cared for, who carries, and a clock that runs."""

import zlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryState
from chalicelib.domain.care.carriers import Carrier, on_round
from chalicelib.domain.care.model import Plan, Visit
from chalicelib.domain.care.plans import Wish
from chalicelib.domain.care.terms import Service
from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.services.care import offers, planning
from chalicelib.services.people import people
from chalicelib.services.reports import timers
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries, carriers, visits
from chalicelib.store.reports import due
from chalicelib.store.reports.reports import DUE_SHARDS
from tests.builders import GRID, TOWNSHIP, VILLAGE, VILLAGER
from tests.caring import EVE, MONDAY, NUMBERS, born, visit

BEFORE = EVE - timedelta(days=30)
ALWAYS = {day: ((time(6, 0), time(22, 0)),) for day in range(7)}
ALL = frozenset(Service)
MEAL = Wish(
    rule="FREQ=DAILY", starts_on=MONDAY, window_start=time(11, 30), window_end=time(12, 30), items=1, seal="食堂"
)


def cared_for(id: str = "b1", **changes: Any) -> Beneficiary:
    """Somebody for whom visits may be made."""
    given: dict[str, Any] = {
        "id": id,
        "township": TOWNSHIP,
        "village": VILLAGE,
        "grid": GRID,
        "masked": "某**",
        "state": BeneficiaryState.ACTIVE,
        "raised_by": "clerk",
        "raised_at": BEFORE,
        "services": ALL,
        "consented": ALL,
    }
    one = Beneficiary(**(given | changes))
    transaction = Transaction()
    beneficiaries.put(one, transaction)
    transaction.commit()
    return one


def planned(id: str = "p1", *, now: datetime = EVE, by: Actor = VILLAGER, **changes: Any) -> Plan:
    """A meal a day for whoever is cared for."""
    wish = Wish(**{name: changes.get(name, getattr(MEAL, name)) for name in MEAL.__slots__})
    service = changes.get("service", Service.MEAL)
    return planning.make(id, changes.get("beneficiary_id", "b1"), service, wish, key=None, by=by, now=now)


def actor(id: str) -> Actor:
    """A courier as who asks."""
    return Actor(id=id, posts=(Post(Role.COURIER, id),))


def person(id: str, villages: Iterable[str] = (VILLAGE,), **fields: Any) -> Person:
    """A courier whom Fenjian knows."""
    given: dict[str, Any] = {
        "id": id,
        "name": "试点快递员",
        "phone": f"1{zlib.crc32(id.encode()):010}",
        "valid_from": BEFORE,
    }
    one = Person(**(given | {"posts": actor(id).posts, "villages": tuple(villages), "employer": "圆通"} | fields))
    people.enrol(one)
    return one


def carries(id: str, villages: Iterable[str] = (VILLAGE,), *, employer: str = "圆通", **changes: Any) -> Carrier:
    """A courier who may be asked for everything at any time, whole villages unless he declares grids."""
    who = person(id, villages, employer=employer)
    given: dict[str, Any] = {
        "willing": ALL,
        "free": ALWAYS,
        "trained": ALL,
        "insured_until": date(2027, 12, 31),
    }
    nobody = Carrier(courier_id=id)
    after = on_round(Carrier(courier_id=id, **(given | changes)), who.round, who.employer)
    transaction = Transaction()
    carriers.put(nobody, after, transaction)
    transaction.commit()
    return after


def waiting(*every: Visit, at: datetime = EVE) -> list[Visit]:
    """Visits that somebody is looked for, from `at` on."""
    from chalicelib.services.care import steps

    transaction = Transaction()
    found = [steps.add(born(one), numbers=NUMBERS, transaction=transaction) for one in every or (visit(seek_at=at),)]
    transaction.commit()
    return found


def tick(now: datetime, *, times: int = 1) -> None:
    """The sweep finds what is due, and each message comes so many times."""
    found = [one for shard in range(DUE_SHARDS) for one in due.fallen(shard, now)]
    for _ in range(times):
        for one in found:
            timers.FIRES[one.part](one.id, one.at, now)


def deeds(visit_id: str = "p1.20261123") -> list[str]:
    """What happened to a visit, in order."""
    return [one.deed for one in history.happenings(f"visit:{visit_id}")]


def asked(visit_id: str = "p1.20261123") -> str | None:
    """Who is asked for it, or has it."""
    return visits.get(visit_id).courier_id


def accept(courier_id: str, visit_id: str = "p1.20261123", *, now: datetime = EVE) -> Visit:
    """Somebody takes what he is asked for."""
    return offers.accept(visit_id, key=None, by=actor(courier_id), now=now)
