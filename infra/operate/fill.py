"""Fills a new stage through the product's own services; what is there already stays as it is."""

from datetime import datetime
from pathlib import Path

from chalicelib.domain.errors import NotFound
from chalicelib.domain.people.model import Person

DATA = Path(__file__).parents[2] / "chalicelib" / "data"


def publish(now: datetime, *, by: str, outlines: bytes | None = None) -> None:
    """Put in force what has no edition yet: the reference tables as shipped, and areas, those shipped unless given.

    Raises DomainError for outlines that are no good.
    """
    from chalicelib.services.reference import area_editions, areas
    from chalicelib.services.reference import tables as reference

    for name in reference.READERS:
        try:
            reference.read(name, now=now)
        except NotFound:
            reference.publish(name, (DATA / f"{name}.csv").read_bytes(), base=None, by=by, now=now)
    if not areas.townships(now=now):
        area_editions.publish(outlines or (DATA / "areas.geojson").read_bytes(), base=None, by=by, now=now)


def enrol(person: Person) -> bool:
    """Make somebody known whom nobody approved so far; whether he was not."""
    from chalicelib.services.people import people

    try:
        if people.profile(person.actor).approved_at:
            return False
    except NotFound:
        pass
    people.enrol(person)
    return True
