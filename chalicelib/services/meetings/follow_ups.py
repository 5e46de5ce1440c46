"""Use cases on what the joint meeting agreed on: list it, see it, say how far it is."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.meetings import follow_ups as rules
from chalicelib.domain.meetings import powers
from chalicelib.domain.meetings.follow_ups import FollowUp, Progress, Step
from chalicelib.domain.meetings.model import Body, scope_of
from chalicelib.domain.meetings.records import Deed, Record
from chalicelib.domain.people.model import Actor
from chalicelib.services.meetings import occasions
from chalicelib.services.meetings.occasions import Occasions
from chalicelib.services.people import looks
from chalicelib.services.reference import areas
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.meetings import follow_ups as store
from chalicelib.store.meetings import records
from chalicelib.store.meetings.follow_ups import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A follow-up with its own history, oldest line first."""

    follow_up: FollowUp
    records: list[Record]


def listing(state: Progress, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """The district's follow-ups in a state, the earliest due first, so that what is overdue comes first: one query, and
    one batch of what they are about. No word of what has become confidential, but for who sees the report.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`bad_cursor`).
    """
    township = areas.township(now=now)
    powers.require_reader(by, Body.JOINT, township)
    scope = scope_of(Body.JOINT, township)
    looks.note(by, f"follow-ups:{scope}", township=township, now=now)
    page = store.page(scope, state, limit=limit, cursor=cursor)
    about = occasions.of((one.report_id for one in page.follow_ups), by=by)
    return replace(page, follow_ups=[_seen(one, about) for one in page.follow_ups])


def view(id: str, *, by: Actor, now: datetime) -> Followed:
    """A follow-up with its history: two reads and a query. Words are shown as in the list.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound.
    """
    powers.require_reader(by, Body.JOINT, areas.township(now=now))
    found = store.get(id)
    looks.note(by, id, township=found.township, now=now)
    about = occasions.of([found.report_id], by=by)
    lines = records.of(id)
    told = [occasions.wordless(line) for line in lines] if about.hides(found.report_id) else lines
    return Followed(follow_up=_seen(found, about), records=told)


def _seen(one: FollowUp, about: Occasions) -> FollowUp:
    return rules.covered(one) if about.hides(one.report_id) else one


def change(id: str, step: Step, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Followed:
    """Say how far it is, or when it is due now: a read, a transaction, two reads and a query.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound, StaleVersion, Conflict, Invalid, KeyReused.
    """
    powers.require_pen(by, Body.JOINT, areas.township(now=now))

    def do() -> str:
        before = store.get(id)
        if version not in (None, before.version):
            raise StaleVersion("stale_version", version=before.version)
        after, transaction = rules.changed(before, step, now=now), Transaction()
        store.put(after, transaction)
        line = Record(
            subject=id, number=after.version, at=now, actor_id=by.id, deed=Deed.FOLLOW_UP, details=_told(after)
        )
        records.append(line, transaction)
        if key:
            idempotency.claim(key, id, now=now, transaction=transaction)
        transaction.commit()
        return id

    return view(once(key, do, lambda done: done), by=by, now=now)


def _told(after: FollowUp) -> dict[str, object]:
    review = after.review.isoformat() if after.review else None
    return {"state": after.state, "due": after.due.isoformat(), "review": review, "note": after.note}
