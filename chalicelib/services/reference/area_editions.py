"""Use cases that replace all areas by a new edition. Whoever only reads them does not load what checks them."""

from datetime import datetime

from chalicelib.domain.areas import model as rules
from chalicelib.domain.areas.checks import check
from chalicelib.domain.areas.geojson import read
from chalicelib.domain.areas.model import Areas
from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference import coherence
from chalicelib.domain.reference.routing import TABLE
from chalicelib.domain.reference.routing_checks import codes
from chalicelib.gateways import cells, clipping
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition


def replace_all(geojson: bytes, *, base: int | None, by: Actor, now: datetime) -> int:
    """An import of a whole new set of areas by the township's admin; who did it goes into the access record with it.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid where a rule of the routing would name an area that is
    gone (`reference_lacks`), NotFound, and what `publish` refuses.
    """
    by.require(Role.ADMIN)
    wanted = read(geojson)
    for township in {wanted.township, *areas.townships(now=now)}:
        if not by.holds(Role.ADMIN, township):
            raise Forbidden("not_your_area", area=township)
    return _recorded(_checked(wanted), stands_on=_leaves_nothing_out(wanted, now), base=base, by=by, now=now)


def _leaves_nothing_out(wanted: Areas, now: datetime) -> Edition:
    """The routing in force, whose rules name no area that is not among these. Raises Invalid (`reference_lacks`)."""
    reference.forget()  # what it says now, not a minute ago
    held = reference.current(TABLE, now=now)[TABLE]
    coherence.check_areas(rulebook.parse(held), codes(wanted))
    return held


def _recorded(body: bytes, *, stands_on: Edition, base: int | None, by: Actor, now: datetime) -> int:
    base = reference.version_of(areas.NAME) if base is None else base
    transaction, told = Transaction(), dict[str, object](version=base + 1)
    reference.require(TABLE, stands_on.version, transaction)
    access.record(by, What.CHANGED_REFERENCE, areas.NAME, now=now, details=told, transaction=transaction)
    return reference.publish(areas.NAME, body, base=base, by=by.id, now=now, transaction=transaction)


def publish(geojson: bytes, *, base: int | None, by: str, now: datetime) -> int:
    """Put a whole new set of areas in force and return its version; a file with any mistake changes nothing.

    `base` is the version that the editor started from, None for any.
    Raises TooLarge, Invalid (with the feature's name) and StaleVersion.
    """
    return reference.publish(areas.NAME, _checked(read(geojson)), base=base, by=by, now=now)


def _checked(wanted: Areas) -> bytes:
    check(wanted, clipping)
    return rules.encode(rules.indexed(wanted, cover=cells.index_cover))
