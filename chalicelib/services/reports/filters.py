"""Use cases on saved filters: one's own, and those the centre shares with all holders of its post."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from chalicelib.domain.errors import Busy, Forbidden, NotFound, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reports import filters as rules
from chalicelib.domain.reports.filters import Criteria, Drawer, Listing, Order, SavedFilter, Wish
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.reports import filters as store
from chalicelib.store.reports.filters import PERSON, POST

SHARING = frozenset({Role.CENTRE})
TRIES = 5


def listing(*, by: Actor) -> list[SavedFilter]:
    """The caller's filters, then those shared with him: one read. Raises Forbidden (`filters_for_staff`)."""
    return [one for drawer in _drawers(by) for one in drawer.filters]


def own(person_id: str) -> list[SavedFilter]:
    """A person's own filters, for the copy of his data: one read."""
    [drawer] = store.several([f"{PERSON}{person_id}"])
    return list(drawer.filters)


def view(filter_id: str, *, by: Actor) -> SavedFilter:
    """One of those that the caller may use: one read. Raises Forbidden (`filters_for_staff`), NotFound."""
    return rules.found(_holding(filter_id, by), filter_id)


def wanted(name: str, listing: Listing, order: Order | None, criteria: Criteria, *, now: datetime) -> Wish:
    """A filter as the township's tables allow it.

    Raises Invalid (`filter_name`, `filter_order`, `unknown_kind`, `unknown_area`).
    """
    taxonomy = rulebook.in_force(now=now).taxonomy
    for code in criteria.kinds:
        if code not in taxonomy.groups:
            taxonomy.kind(code)
    areas.named(criteria.grid, criteria.village, now=now)
    return rules.wish(name, listing, order, criteria)


def save(filter_id: str, wish: Wish, *, post: str | None, key: Key | None, by: Actor, now: datetime) -> SavedFilter:
    """Keep a filter, for oneself or for all holders of a `post`: one read, one transaction.

    Raises Forbidden (`filters_for_staff`, `filter_sharing`), CapReached (`filters_per_drawer`), KeyReused and Busy.
    """
    owner = _owner(post, by)
    most = rulebook.in_force(now=now).numbers.count("filters_per_drawer")
    made = SavedFilter(id=filter_id, wish=wish, post=post, version=1, changed_at=now)

    def do() -> SavedFilter:
        def claim(transaction: Transaction) -> None:
            if key:
                idempotency.claim(key, filter_id, now=now, transaction=transaction)

        _changed(lambda: store.several([owner])[0], lambda drawer: rules.added(drawer, made, most=most), claim)
        return made

    return once(key, do, lambda done: view(done, by=by))


def change(filter_id: str, wish: Wish, *, version: int | None, by: Actor, now: datetime) -> SavedFilter:
    """Put another filter in its place. Raises Forbidden (`filters_for_staff`), NotFound, StaleVersion and Busy."""
    drawer = _changed(
        lambda: _holding(filter_id, by),
        lambda drawer: rules.changed(drawer, filter_id, wish, version=version, now=now),
    )
    return rules.found(drawer, filter_id)


def remove(filter_id: str, *, version: int | None, by: Actor) -> None:
    """Throw it away. Raises Forbidden (`filters_for_staff`), NotFound, StaleVersion and Busy."""
    _changed(lambda: _holding(filter_id, by), lambda drawer: rules.without(drawer, filter_id, version=version))


def _changed(
    read: Callable[[], Drawer],
    plan: Callable[[Drawer], Drawer],
    extra: Callable[[Transaction], None] = lambda _: None,
) -> Drawer:
    """Whoever else changes another filter of the drawer meanwhile, it is tried again on what he left."""
    for _ in range(TRIES):
        after = plan(read())
        transaction = Transaction()
        extra(transaction)
        store.put(after, transaction)
        with suppress(StaleVersion):
            transaction.commit()
            return after
    raise Busy("store_contention")


def _drawers(by: Actor) -> list[Drawer]:
    if not by.is_staff:
        raise Forbidden("filters_for_staff")
    shared = [f"{POST}{post.key}" for post in by.posts if post.role in SHARING]
    return store.several([f"{PERSON}{by.id}", *shared])


def _holding(filter_id: str, by: Actor) -> Drawer:
    for drawer in _drawers(by):
        if any(one.id == filter_id for one in drawer.filters):
            return drawer
    raise NotFound("no_such_filter", filter=filter_id)


def _owner(post: str | None, by: Actor) -> str:
    if not by.is_staff:
        raise Forbidden("filters_for_staff")
    if post is None:
        return f"{PERSON}{by.id}"
    if not any(held.key == post and held.role in SHARING for held in by.posts):
        raise Forbidden("filter_sharing", post=post)
    return f"{POST}{post}"
