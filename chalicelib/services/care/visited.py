"""Visits as far as looking at them and certifying them goes."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.care.looking import Seen
from chalicelib.domain.care.model import By, Step, Visit
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.people.model import Role
from chalicelib.services.care import steps
from chalicelib.store.care import plans, visits

COPIED = ("id", "beneficiary_id", "township", "village", "service", "start", "end", "state", "items", "seal", "heavy")
RUN = ("handed_over_at", "left_behind", "proof", "photo_id", "welfare", "closed_at")


def get(visit_id: str) -> Seen:
    """One visit. Raises NotFound (`no_such_visit`)."""
    return _seen(visits.get(visit_id))


def recent(beneficiary_id: str, *, since: datetime, until: datetime) -> list[Seen]:
    """A beneficiary's visits of a time, the earliest first, without those that a pause has set aside: a query, and one
    for each plan."""
    found = [one for plan in plans.of_beneficiary(beneficiary_id) for one in _of_plan(plan.id, since, until)]
    return sorted(found, key=lambda one: (one.start, one.id))


def note_door(visit_id: str, *, now: datetime) -> None:
    """Note with the visit that its courier has seen the door: who then lets go of it is counted. Once is enough."""
    steps.change(visit_id, lambda visit: _viewed(visit, now), now=now)


def _of_plan(plan_id: str, since: datetime, until: datetime) -> list[Seen]:
    held = visits.of_plan(plan_id, since=since, until=until)
    return [_seen(one) for one in held if one.state is not VisitState.SET_ASIDE]


def _viewed(visit: Visit, now: datetime) -> Step | None:
    if visit.run.viewed_at or visit.courier_id is None:
        return None
    after = replace(visit, run=replace(visit.run, viewed_at=now), version=visit.version + 1)
    by = By(id=visit.courier_id, role=Role.COURIER, at=now)
    return Step(before=visit, after=after, deed="door_seen", by=by, person_id=visit.courier_id)


def _seen(visit: Visit) -> Seen:
    return Seen(
        **{name: getattr(visit, name) for name in COPIED},
        **{name: getattr(visit.run, name) for name in RUN},
        courier_id=visit.courier_id,
        asked_until=visit.asked_until,
        began_at=visit.run.picked_up_at or visit.run.arrived_at,
    )
