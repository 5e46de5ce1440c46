"""A courier on his run, for tests: a visit that he has, and what his phone tells of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.care import proofs
from chalicelib.domain.care.doorstep import Here
from chalicelib.domain.care.model import Visit
from chalicelib.domain.care.record import PlaceReason
from chalicelib.domain.care.said import AtDoor, Deliver, Said, ScanBag, StepOutcome, Telling
from chalicelib.domain.care.terms import Proof, VisitState, Welfare
from chalicelib.domain.care.told import Check, NoAnswer
from chalicelib.gateways import signing
from chalicelib.services.care import running, steps
from chalicelib.store.base import Transaction
from chalicelib.store.care import visits
from tests.care_desk import actor
from tests.caring import EVE, NOON, NUMBERS, born, visit

ID = "p1.20261123"
PEPPER = b"pepper"
MINUTE = timedelta(minutes=1)
THERE = AtDoor(here=Here(reason=PlaceReason.NO_SIGNAL))
FINE = Check(welfare=Welfare.FINE)
ABNORMAL = Check(welfare=Welfare.ABNORMAL)
RING = NoAnswer()


@contextmanager
def secret() -> Iterator[None]:
    """The key of codes, as the API reads it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "pepper", lambda: PEPPER)
        yield


def taken(id: str = ID, courier: str = "c1", **changes: Any) -> Visit:
    """A visit that somebody has."""
    given = {"state": VisitState.ACCEPTED, "courier_id": courier, "asked": (courier,), "accepted_at": EVE}
    one = visit(id=id, **(given | changes))
    transaction = Transaction()
    after = steps.add(born(one), numbers=NUMBERS, transaction=transaction)
    transaction.commit()
    return after


def bag(id: str = ID, items: int = 1) -> ScanBag:
    """He scans the right bag."""
    return ScanBag(code=proofs.bag_code(PEPPER, id), items=items)


def code(id: str = ID, **changes: Any) -> Deliver:
    """The elder tells the digits."""
    return Deliver(**({"proof": Proof.CODE, "shown": proofs.door_code(PEPPER, id)} | changes))


def tell(
    *said: Said, id: str = ID, at: datetime = NOON, now: datetime | None = None, who: str = "c1"
) -> list[StepOutcome]:
    """What became of these steps, a minute apart from `at` on, told at `now`."""
    tellings = [Telling(said=one, at=at + n * MINUTE) for n, one in enumerate(said)]
    told = running.tell(id, tellings, by=actor(who), now=now or at + len(said) * MINUTE)
    return [one.outcome for one in told.results]


def now_is(id: str = ID) -> Visit:
    """The visit as it is."""
    return visits.get(id)
