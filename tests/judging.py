"""What is decided on findings on a real store, and what becomes of points."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.fraud.decisions import Order
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import Signal
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points.transfers import Transfer, account
from chalicelib.services.fraud import appeals, deciding
from chalicelib.services.points import points
from chalicelib.store import base, history
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings as store
from chalicelib.store.points import ledger, wallets
from tests.builders import CENTRE, COURIER
from tests.suspects import CENTRE2, finding
from tests.suspicions import LATER, VERIFIED, stored

ACCOUNT = account(COURIER.id)


def raised(signal: Signal = Signal.SPEED, *named: str, **changes: Any) -> Finding:
    """A finding in the store."""
    made, transaction = finding(signal, *named, **changes), Transaction()
    store.put(made, transaction)
    transaction.commit()
    return made


def then(found: Finding) -> datetime:
    """A minute after whatever was last done about it."""
    return LATER + timedelta(minutes=store.get(found.id).version - 1)


def decide(found: Finding, what: Order, by: Actor = CENTRE, **how: Any) -> Finding:
    how = {"version": None, "key": None} | how
    return deciding.decide(found.id, what, by=by, now=then(found), **how)


def appeal(found: Finding) -> Finding:
    return appeals.appeal(found.id, "我当时就在现场", key=None, by=COURIER, now=then(found))


def hear(found: Finding, upheld: bool, by: Actor = CENTRE2) -> Finding:
    return appeals.hear(found.id, upheld=upheld, reason="已复核", version=None, key=None, by=by, now=then(found))


def entries() -> dict[str, Transfer]:
    return {one.id: one for one in ledger.page(ACCOUNT, limit=50, before=None)}


def balance() -> int:
    return wallets.get(ACCOUNT).balance


def follow(*ids: str) -> None:
    """The points of these reports, as their whole histories tell, each line twice."""
    for id in ids:
        for line in history.of(id) * 2:
            points.follow(line, now=LATER)


def earned(id: str = "r1") -> None:
    stored(id, *VERIFIED)
    follow(id)


def refused(deed: Callable[[], object]) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as error:
        deed()
    return type(error.value), error.value.rule


def attempt(deed: Callable[[], object]) -> str:
    try:
        deed()
    except DomainError as error:
        return error.rule
    return "done"


class Died(Exception):
    """The process is gone."""


def dying(monkeypatch: pytest.MonkeyPatch, at: int, deed: Callable[[], object]) -> None:
    """Do it, and die instead of the call of this number."""
    call, calls = base.Client._make_api_call, list[str]()

    def counted(self: base.Client, name: str, kwargs: dict[str, Any]) -> dict[str, Any]:
        calls.append(name)
        if len(calls) == at:
            raise Died
        return call(self, name, kwargs)

    with monkeypatch.context() as patch, suppress(Died):
        patch.setattr(base.Client, "_make_api_call", counted)
        deed()
