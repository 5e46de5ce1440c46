"""Use cases on reference data: publish a checked edition, hand out the one in force."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain import retention
from chalicelib.domain.errors import Busy, Conflict, Forbidden, NotFound, TooLarge
from chalicelib.domain.handouts import goods
from chalicelib.domain.people import consents
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.points import rules as points_rules
from chalicelib.domain.reference import quiet_hours, responses, routing
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.reference import reference as store
from chalicelib.store.reference.reference import Edition
from chalicelib.store.reports.reports import DUE_SHARDS

READERS: dict[str, Callable[[bytes], Any]] = {
    **rulebook.READERS,
    "retention": retention.read,
    "points_rules": points_rules.read,
    "consents": consents.read,
    responses.TABLE: responses.read,
    goods.TABLE: goods.read,
    quiet_hours.TABLE: quiet_hours.read,
}
TIMES = frozenset({"calendar", "ladder"})  # open deadlines stand on these: they are computed anew
# What an edition was checked against is still in force when it comes in: nobody else takes away what it names.
STANDS_ON = {
    "taxonomy": ("limits", "departments", routing.TABLE),
    "limits": ("taxonomy",),
    "departments": ("taxonomy", routing.TABLE),
}
LARGEST = 256 * 1024  # bytes: an edition is one item of the store, which holds 400 KB


def replace_table(name: str, body: bytes, *, base: int | None, by: Actor, now: datetime) -> int:
    """A table's new edition by the township's admin; who published it goes into the access record with it.

    Sent again, it is in force already, and open deadlines are computed anew once more: so after Busy, when that could
    not be queued. Raises Forbidden (`role_needed`, `not_your_area`), TooLarge, Busy, NotFound, Invalid and StaleVersion
    as `publish` does, and Invalid where other tables or rules would miss something (`reference_lacks`), or a promise
    be broken (`reference_bounds`). Raises Conflict for the routing, which goes by a draft (`routing_by_draft`).
    """
    require_admin(by, now=now)
    if name == routing.TABLE:
        raise Conflict("routing_by_draft")
    if len(body) > LARGEST:
        raise TooLarge("body_too_large", most=LARGEST)
    editions = _hold_together(name, _read(name, body), now=now)
    version = _published(name, body, stands_on=editions, base=base, by=by, now=now)
    if name in TIMES:
        _recompute(now)
    return version


def require_admin(by: Actor, *, now: datetime) -> None:
    """Whether somebody may change the tables. Raises Forbidden (`role_needed`, `not_your_area`)."""
    by.require(Role.ADMIN)
    for township in areas.townships(now=now):
        if not by.holds(Role.ADMIN, township):
            raise Forbidden("not_your_area", area=township)


def _published(
    name: str, body: bytes, *, stands_on: Mapping[str, int], base: int | None, by: Actor, now: datetime
) -> int:
    """The version of the edition with this body: the one in force if it says the same, for who asks twice."""
    store.forget()
    held = store.current(name, now=now)[name]
    if held.body == body:
        return held.version
    version = (held.version if base is None else base) + 1
    transaction = Transaction()
    for other, edition in stands_on.items():
        store.require(other, edition, transaction)
    access.record(by, What.CHANGED_REFERENCE, name, now=now, details={"version": version}, transaction=transaction)
    return store.publish(name, body, base=version - 1, by=by.id, now=now, transaction=transaction)


def _recompute(now: datetime) -> None:
    from chalicelib.services.reports import timers  # only imports need it

    if timers.recompute_all(now=now) < DUE_SHARDS:
        raise Busy("queue_busy")


def publish(name: str, body: bytes, *, base: int | None, by: str, now: datetime) -> int:
    """Put a table's new edition in force and answer its version.

    Raises NotFound for an unknown table, Invalid naming the line that is wrong, StaleVersion if `base` is not in force.
    """
    _read(name, body)
    return store.publish(name, body, base=base, by=by, now=now)


def read(name: str, *, now: datetime) -> Edition:
    """The edition in force, as published. Raises NotFound."""
    if name not in READERS:
        raise NotFound("reference_missing", table=name)
    return store.current(name, now=now)[name]


def _read(name: str, body: bytes) -> Any:
    if name not in READERS:
        raise NotFound("reference_missing", table=name)
    return READERS[name](body)


def _hold_together(name: str, table: Any, *, now: datetime) -> dict[str, int]:
    """The editions of other tables that were looked at, as they are now and not a minute ago."""
    from chalicelib.domain.reference import coherence  # only imports need it

    store.forget()
    if name == "retention":
        coherence.check_terms(retention.read(read(name, now=now).body), table)
    if name == responses.TABLE:
        responses.check_kinds(table, rulebook.in_force(now=now).taxonomy)
    if name not in rulebook.READERS:
        return {}
    held = rulebook.in_force(now=now)
    coherence.check(name, before=held, after=replace(held, **{name: table}))
    return {other: held.editions[other] for other in STANDS_ON.get(name, ())}
