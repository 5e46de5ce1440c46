"""A danger to life that comes of a visit: reported once, by a report that names the visit and nobody (kind 0901).

The step that finds it leaves its moment on the visit, so that whatever dies before the report is there, the clock files
it within the minute. The alarm is the report's, by the chain of every other.
"""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.care import anomalies, ladder
from chalicelib.domain.care.ladder import KIND
from chalicelib.domain.care.model import SYSTEM, Visit, clock
from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.intake import Intake
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.terms import Source
from chalicelib.services.care import steps
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reports import intake
from chalicelib.store.care import visits


def file(visit_id: str, *, now: datetime) -> None:
    """Report it where that is due, and say so on the visit: a read, then two transactions. As often as it is asked.

    Raises Busy.
    """
    visit = visits.get(visit_id)
    if visit.run.danger_at is None or visit.run.report_id:
        return
    id = ladder.report_id(visit_id)
    with suppress(StaleVersion):  # it is there: whoever filed it got no further
        intake.file(id, _said(visit), by=_system(visit), now=now)
    steps.change(visit_id, lambda one: ladder.reported(one, id, clock(now)), now=now)


def follow(event: Event, *, now: datetime) -> None:
    """Say on the visit that it was true; its courier earns by that line. Twice is once. Raises Busy."""
    visit_id = ladder.visit_of(event.subject_id)
    if visit_id and anomalies.concerns(event) and visits.find(visit_id):
        steps.change(visit_id, lambda one: ladder.verified(one, clock(event.at)), now=now)


def _said(visit: Visit) -> Intake:
    """Its place is the grid and the village: where the door is, the report does not say."""
    words, _ = sentences().render(f"visit_danger_{visit.run.danger}", {"visit": same(visit.id)})
    place = Place(point=None, grid=visit.grid, village=visit.village, township=visit.township)
    return Intake(text=words, kind=KIND, place=place, observed_at=visit.run.danger_at, photos=0, source=Source.CARE)


def _system(visit: Visit) -> Actor:
    return Actor(id=SYSTEM, posts=(Post(Role.CENTRE, visit.township),))
