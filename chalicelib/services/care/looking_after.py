"""Use cases of staff on runs: take one over, say what was found, take one away from who does not come, see what is
open, see how one goes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.care import ladder, late, offering, plans
from chalicelib.domain.care.model import By, Step, Visit
from chalicelib.domain.care.record import FoundOut
from chalicelib.domain.errors import DomainError, Forbidden, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.services.care import contacts, dangers, steps
from chalicelib.services.reference import areas
from chalicelib.services.reports.once import once
from chalicelib.store.care import ladders, visits
from chalicelib.store.care.visits import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """How a run goes, and whom to ring. `is_staff`: who looks is of the village or the centre."""

    visit: Visit
    duty_phone: str
    is_staff: bool


def take_over(visit_id: str, *, key: Key | None, by: Actor, now: datetime) -> Visit:
    """The village looks after it itself, and its courier is free. Twice is once.

    For staff of the village and the centre. Raises Forbidden, NotFound (`no_such_visit`, `no_such_plan`), IllegalAction
    (`visit_state`), KeyReused, Busy.
    """
    return _do(visit_id, ladder.taken_over, key=key, by=by, now=now)


def settle(visit_id: str, found: FoundOut, *, key: Key | None, by: Actor, now: datetime) -> Visit:
    """Say what was found: that ends the ladder. Where nobody knows, a danger to life is reported. Raises as `take_over`
    does."""
    after = _do(visit_id, lambda one, who: ladder.settled(one, found, who), key=key, by=by, now=now)
    return reported(after, now=now)


def release(visit_id: str, *, key: Key | None, by: Actor, now: datetime) -> Visit:
    """Who has it does not come: somebody else is looked for. Raises as `take_over` does."""
    return _do(visit_id, offering.released, key=key, by=by, now=now)


def open_ones(village: str | None, *, limit: int, cursor: str | None, by: Actor, now: datetime) -> Page:
    """What a village looks after, or for the centre the township's, the longest open first: a query and a batch.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_such_plan`), Invalid (`bad_cursor`).
    """
    township = areas.township(now=now)
    if village is None:
        require_any(by, [Role.CENTRE], township)
    else:
        plans.require_staff(by, township, village)
    return ladders.of(village or township, limit=limit, cursor=cursor)


def see(visit_id: str, *, by: Actor, now: datetime) -> Going:
    """How a run goes, for who has or had it, his village's staff and the centre's: a read and a batch.

    Raises NotFound (`no_such_visit`).
    """
    visit = visits.get(visit_id)
    is_staff = by.holds(Role.VILLAGE, visit.village) or by.holds(Role.CENTRE, visit.township)
    his = visit.holder == by.id or (visit.courier_id == by.id and late.had(visit, by.id))
    if not is_staff and not his:
        raise NotFound("no_such_visit", visit=visit_id)
    phone = contacts.duty_phone(visit.village, visit.township, now=now)
    return Going(visit=visit, duty_phone=phone, is_staff=is_staff)


def reported(visit: Visit, *, now: datetime) -> Visit:
    """The visit once the danger to life that it shows is reported. Where that cannot be now, the clock does it."""
    if visit.run.danger_at is None or visit.run.report_id:
        return visit
    try:
        dangers.file(visit.id, now=now)
    except DomainError:
        return visit
    return visits.get(visit.id)


def _do(visit_id: str, rule: Callable[[Visit, By], Step | None], *, key: Key | None, by: Actor, now: datetime) -> Visit:
    if not any(by.holds(role) for role in plans.STAFF):
        raise Forbidden("role_needed", role=Role.VILLAGE)

    def decide(one: Visit) -> Step | None:
        role = plans.require_staff(by, one.township, one.village)
        return rule(one, By(id=by.id, role=role, at=now))

    return once(key, lambda: steps.change(visit_id, decide, now=now, key=key), visits.get)
