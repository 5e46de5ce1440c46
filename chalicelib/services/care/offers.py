"""Use cases of the courier on what he is asked for and has: take it, decline it, agree to another time, see it."""

from datetime import datetime, timedelta

from chalicelib.domain.care import offering
from chalicelib.domain.care.model import By, Step, Visit
from chalicelib.domain.care.offering import DeclineReason
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, PersonState, Role
from chalicelib.services.care import steps
from chalicelib.services.reports.once import once
from chalicelib.store.care import visits
from chalicelib.store.care.visits import Page
from chalicelib.store.people import people

BACK = timedelta(days=1)  # what began yesterday may be open still


def accept(visit_id: str, *, key: Key | None, by: Actor, now: datetime) -> Visit:
    """Take what one is asked for. Twice is once.

    Raises Forbidden (`role_needed`, `courier_paused`), NotFound (`no_such_visit`) for who was never asked, Conflict
    (`offer_taken`, `offer_over`, `offer_not_needed`, `care_overlap`, `care_offers_paused`), CapReached
    (`care_open_runs`), KeyReused, Busy.
    """
    who = _courier(by, now)

    def decide(one: Visit) -> Step | None:
        return offering.accepted(one, who)

    return once(key, lambda: steps.change(visit_id, decide, now=now, key=key), visits.get)


def decline(visit_id: str, reason: DeclineReason, *, key: Key | None, by: Actor, now: datetime) -> Visit:
    """Say no, and why; one is not asked for it again. Raises as `accept` what is of the offer."""
    who = _courier(by, now)

    def decide(one: Visit) -> Step | None:
        return offering.declined(one, reason, who)

    return once(key, lambda: steps.change(visit_id, decide, now=now, key=key), visits.get)


def answer_move(visit_id: str, agreed: bool, *, key: Key | None, by: Actor, now: datetime) -> Visit:
    """Agree to another time of what one has, or let it go to others for that time.

    Raises Forbidden, NotFound (`no_such_visit`), Conflict (`no_move_asked`, `care_overlap`), KeyReused, Busy.
    """
    who = _courier(by, now)

    def decide(one: Visit) -> Step:
        if one.holder != by.id:
            raise NotFound("no_such_visit", visit=visit_id)
        return offering.moved(one, who) if agreed else offering.not_moved(one, who)

    return once(key, lambda: steps.change(visit_id, decide, now=now, key=key), visits.get)


def mine(*, limit: int, cursor: str | None, by: Actor, now: datetime) -> Page:
    """What one is asked for and has, from yesterday on: one query. Raises Forbidden, Invalid (`bad_cursor`)."""
    by.require(Role.COURIER)
    return visits.of_courier(by.id, since=now - BACK, limit=limit, cursor=cursor)


def _courier(by: Actor, now: datetime) -> By:
    """As who does something. Who is paused keeps his token for a while: he is told so."""
    if by.holds(Role.COURIER):
        return By(id=by.id, role=Role.COURIER, at=now)
    person = people.find(by.id)
    if person and person.state is PersonState.PAUSED:
        raise Forbidden("courier_paused")
    raise Forbidden("role_needed", role=Role.COURIER)
