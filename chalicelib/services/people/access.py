"""Use cases on the access log: note who saw or changed what of whom; let the auditor and the person himself read it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from chalicelib.domain.errors import Invalid
from chalicelib.domain.people import access as rules
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, require_any
from chalicelib.services.reference import areas, terms
from chalicelib.store import cursors
from chalicelib.store.base import Transaction
from chalicelib.store.people import access as store
from chalicelib.store.people.access import Page, Position

TERM = "access_log"


def record(
    who: Actor,
    what: What,
    subject: str,
    *,
    purpose: str = "",
    now: datetime,
    details: dict[str, object] | None = None,
    transaction: Transaction | None = None,
) -> None:
    """Note it, with the transaction that makes it true where there is one: one write. The same at once is one line."""
    line = rules.entry(_id(who, what, subject, now), who, what, subject, purpose=purpose, at=now, details=details)
    store.append(line, until=_until(now), transaction=transaction)


def record_all(who: Actor, what: What, subjects: Iterable[str], *, purpose: str = "", now: datetime) -> None:
    """Note the same of many: one call for a hundred."""
    lines = [
        rules.entry(_id(who, what, subject, now), who, what, subject, purpose=purpose, at=now, details=None)
        for subject in dict.fromkeys(subjects)
    ]
    store.append_all(lines, until=_until(now))


def page(
    *,
    subject: str | None = None,
    actor: str | None = None,
    day: str | None = None,
    by: Actor,
    now: datetime,
    limit: int,
    cursor: str | None,
) -> Page:
    """What was done to somebody, by somebody, or on a local day, newest first: one query, and the look at it is noted.

    Raises Forbidden (`role_needed`, `not_your_area`) unless the township's auditor asks, Invalid
    (`one_filter_needed`) unless just one of the three is given.
    """
    require_any(by, rules.READERS, areas.township(now=now))
    if sum(given is not None for given in (subject, actor, day)) != 1:
        raise Invalid("one_filter_needed")
    record(by, What.READ_ACCESS_LOG, subject or actor or f"day:{day}", now=now)
    if subject is not None:
        found = about(subject, now=now, limit=limit, cursor=cursor)
    else:
        found = (
            store.by(actor, limit=limit, cursor=cursor) if actor else store.on(day or "", limit=limit, cursor=cursor)
        )
    told = [rules.as_audited(entry, of_person=subject is not None) for entry in found.entries]
    return replace(found, entries=told)


def about(person_id: str, *, now: datetime, limit: int, cursor: str | None) -> Page:
    """Who saw or changed what of the person, up to the first page's instant: one query. Raises Invalid (`bad_cursor`).

    For himself, who is told roles and times but no names. Pages are counted, for a line's instant would tell an auditor
    at which report it was that somebody looked.
    """
    position: Position = cursors.opened(cursor, Position) if cursor else (store.stamp(now), 0)
    first_asked, skipped = position
    found = store.of(person_id, limit=limit + 1, until=first_asked, skipped=skipped)
    more = len(found) > limit
    return Page(entries=found[:limit], cursor=cursors.sealed((first_asked, skipped + limit)) if more else None)


def _id(who: Actor, what: What, subject: str, now: datetime) -> str:
    told = sha256(f"{who.id}\n{what}\n{subject}".encode()).hexdigest()[:12]
    return f"{store.stamp(now)}#{told}"


def _until(now: datetime) -> datetime:
    return now + terms.kept(TERM, now=now)
