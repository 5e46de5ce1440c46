"""Use cases of staff on visits: see a day, give one to somebody by hand, take one off, see who could."""

from datetime import datetime

from chalicelib.domain.care import generating, offering, plans
from chalicelib.domain.care.matching import Bar, Choice, Ring, bars
from chalicelib.domain.care.model import By, CalledOff, Step, Visit
from chalicelib.domain.errors import Conflict, IllegalAction
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.services.care import candidates, steps
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store.care import carriers, visits
from chalicelib.store.care.visits import Page
from chalicelib.store.people import people

HARD = frozenset({Bar.NOT_TRAINED, Bar.NOT_INSURED, Bar.PAUSED})  # no word of anybody helps against these
UNASKED = HARD | {Bar.DECLINED, Bar.FULL, Bar.BUSY}  # nobody is asked for what he may not take, or has said no to


def assign(visit_id: str, courier_id: str, *, said_yes: bool, key: Key | None, by: Actor, now: datetime) -> Visit:
    """Give a visit to somebody by hand: to who has said yes at once, else he alone is asked, and has time to answer.

    For the centre. Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_such_visit`, `no_such_person`),
    Conflict (`carrier_barred`, `care_overlap`), CapReached (`care_open_runs`), IllegalAction, KeyReused, Busy.
    """
    require_any(by, [Role.CENTRE], areas.township(now=now))

    def do() -> Visit:
        choice = _require_fit(visits.get(visit_id), courier_id, said_yes=said_yes, now=now)
        return steps.change(visit_id, lambda one: _given(one, choice, said_yes, by, now), now=now, key=key)

    return once(key, do, visits.get)


def call_off(visit_id: str, *, key: Key | None, by: Actor, now: datetime) -> Visit:
    """This one alone is not needed; it is not planned again. Twice is once.

    Raises Forbidden (`role_needed`), NotFound (`no_such_plan`), IllegalAction (`visit_state`), KeyReused, Busy.
    """

    def decide(one: Visit) -> Step | None:
        role = plans.require_staff(by, one.township, one.village)
        if one.called_off is CalledOff.BY_HAND:
            return None
        return generating.called_off(one, CalledOff.BY_HAND, By(id=by.id, role=role, at=now))

    return once(key, lambda: steps.change(visit_id, decide, now=now, key=key), visits.get)


def day(day: str, village: str | None, *, limit: int, cursor: str | None, by: Actor, now: datetime) -> Page:
    """A village's visits of a local day, or the township's for the centre: one query.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_such_plan`), Invalid (`bad_cursor`).
    """
    township = areas.township(now=now)
    if village is None:
        require_any(by, [Role.CENTRE], township)
        return visits.of_township(township, day, limit=limit, cursor=cursor)
    plans.require_staff(by, township, village)
    return visits.of_village(village, day, limit=limit, cursor=cursor)


def _given(one: Visit, choice: Choice, said_yes: bool, by: Actor, now: datetime) -> Step:
    who = By(id=by.id, role=Role.CENTRE, at=now)
    if said_yes:
        return offering.assigned(one, choice.candidate.id, who)
    if now >= one.end:
        raise IllegalAction("visit_state", action="offer", state=one.state)
    return offering.offered(one, choice, who, rulebook.in_force(now=now).numbers, by_hand=True)


def _require_fit(visit: Visit, courier_id: str, *, said_yes: bool, now: datetime) -> Choice:
    """Two reads beside the visit's: who he is, and what he has. Raises NotFound, Conflict (`carrier_barred`)."""
    person = people.get(courier_id)
    carrier, book = carriers.find(courier_id), carriers.book(courier_id)
    ring = Ring.VILLAGE if visit.village in person.round else None
    one = candidates.candidate(carrier, book, ring, visit, now=now)
    asked = candidates.wanted(visit, rulebook.in_force(now=now).numbers)
    found = [Bar.PAUSED] if person.own_post not in person.posts else list(bars(one, asked, now=now))
    if stands := [bar for bar in found if bar in (HARD if said_yes else UNASKED)]:
        raise Conflict("carrier_barred", bar=stands[0])
    return Choice(candidate=one, reasons=(offering.BY_HAND,))
