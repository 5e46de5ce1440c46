"""What tests of decided points share: people of the centre, a ledger to look into, and short ways to do things."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Actor, Person, Role
from chalicelib.domain.points import caps, transfers
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.proposals import Proposal
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.points import deciding, points, proposing
from chalicelib.services.points.proposing import Correction, Wish
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.points import ledger
from chalicelib.store.reports import reports
from tests.builders import CENTRE, COMMITTEE, COURIER, COURIER2, NOW, TOWNSHIP, actor, report
from tests.histories import happened

CENTRES = tuple(actor(f"centre{number}", (Role.CENTRE, TOWNSHIP)) for number in range(10))
FIRST, SECOND, THIRD = CENTRES[:3]
_ids = count(1)


def known(*others: Actor) -> None:
    """Everybody of these tests, as the office enrolled them."""
    for one in (COURIER, COURIER2, CENTRE, COMMITTEE, *CENTRES, *others):
        people.put(Person(id=one.id, name="林小川", phone="", posts=one.posts, valid_from=NOW))


def propose(rule: str = "P17", by: Actor = FIRST, *, now: datetime = NOW, **wish: object) -> Proposal:
    """An award for the courier, for which as many must agree as the rule says."""
    given = {"courier_id": COURIER.id, "rule": rule, "reason": "救起落水老人"} | wish
    if rule == "P17":
        given.setdefault("points", 60)
    return proposing.award(f"a{next(_ids):05}", Wish(**given), key=None, by=by, now=now)  # type: ignore[arg-type]


def adjust(points: int, entry: str = "", by: Actor = FIRST, *, now: datetime = NOW) -> Proposal:
    """His points put right."""
    correction = Correction(courier_id=COURIER.id, points=points, reason="漏记一次", entry_id=entry)
    return proposing.adjust(f"a{next(_ids):05}", correction, key=None, by=by, now=now)


def approve(id: str, by: Actor, *, now: datetime = NOW) -> Proposal:
    return deciding.approve(id, key=None, by=by, now=now)


def reject(id: str, by: Actor, reason: str = "材料不足", *, now: datetime = NOW) -> Proposal:
    return deciding.reject(id, reason, key=None, by=by, now=now)


def entries(courier: Actor = COURIER) -> list[Transfer]:
    """All of his."""
    return ledger.page(transfers.account(courier.id), limit=1000, before=None)


def wallet() -> Wallet:
    """His, which is always what his entries make it."""
    found = points.wallet(COURIER.id)
    assert found == caps.wallet(entries())
    return found


def standing(id: str) -> Transfer | None:
    """The entry, if it is in his ledger."""
    return next((entry for entry in entries() if entry.id == id), None)


def written(lines: Sequence[Event]) -> None:
    """These lines, and the report as it stands after them, over what was there before."""
    last = lines[-1]
    try:
        before = reports.get(last.subject_id).version
    except NotFound:
        before = 0
    held = report(last.standing.status, id=last.subject_id)
    for version in range(before + 1, last.number + 1):
        transaction = Transaction()
        reports.put(replace(held, version=version), transaction=transaction)
        transaction.commit()
    happened(lines)


def follow(*lines: Event) -> None:
    """Each line, told twice."""
    for line in lines * 2:
        points.follow(line, now=line.at)
