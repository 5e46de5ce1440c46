"""Use case: how far a courier's reports have proved true."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.domain.fraud import trust as rules
from chalicelib.domain.fraud.trust import Trust
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.fraud import traces
from chalicelib.store.fraud.traces import Record
from chalicelib.store.people import people

SEEN_BY = frozenset({Role.CENTRE})


def mine(*, by: Actor, now: datetime) -> Trust:
    """The caller's own: one read. Raises Forbidden (`role_needed`) unless he is a courier."""
    by.require(Role.COURIER)
    return of(by.id, now)


def show(courier_id: str, *, by: Actor, now: datetime) -> Trust:
    """Somebody's, for the centre: two reads, and the look is noted.

    Raises Forbidden (`role_needed`, `not_your_area`) before anything is read, NotFound.
    """
    require_any(by, SEEN_BY, areas.township(now=now))
    courier = people.get(courier_id).id
    access.record(by, What.SAW_TRUST, courier, now=now)
    return of(courier, now)


def percents(courier_ids: Iterable[str], *, now: datetime) -> dict[str, int]:
    """Everybody's share in percent: one call for a hundred. Shown to nobody."""
    ids, numbers = set(courier_ids), rulebook.in_force(now=now).numbers
    found = traces.records(ids) if ids else {}
    held = {id: found.get(id, Record()) for id in ids}
    return {
        id: rules.trust(judged=one.judged, verified=one.verified, numbers=numbers).percent for id, one in held.items()
    }


def explained(found: Trust) -> Both:
    """The share in a sentence, with the numbers it is made of."""
    facts = {
        "percent": found.percent,
        "judged": found.judged,
        "verified": found.verified,
        "credit": f"{found.credit:g}",
        "doubt": f"{found.doubt:g}",
    }
    return sentences().render("trust", {name: same(fact) for name, fact in facts.items()})


def of(courier_id: str, now: datetime) -> Trust:
    """A courier's: one read."""
    record = traces.record(courier_id)
    return rules.trust(judged=record.judged, verified=record.verified, numbers=rulebook.in_force(now=now).numbers)
