"""Where a door is, for comparing with where a phone says that it is; nobody is told."""

from datetime import datetime

from chalicelib.domain.care.model import SYSTEM
from chalicelib.domain.care.sight import Field
from chalicelib.domain.errors import NotFound
from chalicelib.domain.people.model import Actor
from chalicelib.domain.places import Point
from chalicelib.services.care import personal

BY = Actor(id=SYSTEM, posts=())


def of_door(beneficiary_id: str, *, visit_id: str, now: datetime) -> Point | None:
    """The place of somebody's door (WGS-84), None where nobody noted it, or it is forgotten: then no distance is known.

    The look is noted as the system's: a read, a write, a call of KMS. Raises Busy.
    """
    try:
        found = personal.reveal(
            beneficiary_id, by=BY, what={Field.DOOR}, purpose=f"distance of visit {visit_id}", now=now
        )
    except NotFound:
        return None
    return Point(lat=found.lat, lon=found.lon) if found.lat or found.lon else None
