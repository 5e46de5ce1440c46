"""Use cases on one's own data: a copy of it, and that it be forgotten (PIPL Art. 45 and 47, docs/adr/0018).

Who left cannot sign in any more: for him the office fetches the copy, and asks that he be forgotten (`person_actions`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import Conflict, IllegalAction, Invalid
from chalicelib.domain.notifications.inbox import Message
from chalicelib.domain.people.access import Entry, What
from chalicelib.domain.people.actions import Hand
from chalicelib.domain.people.effects import close, erased, require_replaceable
from chalicelib.domain.people.model import CLOSED, Actor, Person, PersonState, Role, require_any
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.prizes.redemptions import Redemption
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.reports.filters import SavedFilter
from chalicelib.domain.reports.model import Report
from chalicelib.services.honours import forgetting
from chalicelib.services.honours import own as own_honours
from chalicelib.services.honours.own import Own
from chalicelib.services.notifications import inbox
from chalicelib.services.people import access
from chalicelib.services.points import points
from chalicelib.services.prizes import redeeming
from chalicelib.services.reference import areas, rulebook, terms
from chalicelib.services.reports import filters
from chalicelib.store import cursors
from chalicelib.store.base import Transaction
from chalicelib.store.handouts import handouts
from chalicelib.store.handouts.handouts import Kept
from chalicelib.store.login import sessions
from chalicelib.store.people import people
from chalicelib.store.rankings import boards
from chalicelib.store.reports import filters as drawers
from chalicelib.store.reports import listings, reports

IDENTITY = "reporter_identity"
CLERK = Actor(id="retention", posts=())  # does what the retention table says


class Part(StrEnum):
    """The parts of a copy, in their order."""

    PROFILE = "profile"
    REPORTS = "reports"
    POINTS = "points"
    MESSAGES = "messages"
    ACCESS = "access"
    FILTERS = "filters"
    REDEMPTIONS = "redemptions"
    HONOURS = "honours"
    HANDOUTS = "handouts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A page of a copy: of one part. `cursor` leads to the next page, or the next part; None at the end of the last."""

    part: Part
    cursor: str | None = None
    person: Person | None = None
    reports: list[tuple[Report, str]] = field(default_factory=list)
    points: list[Transfer] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    access: list[Entry] = field(default_factory=list)
    filters: list[SavedFilter] = field(default_factory=list)
    redemptions: list[Redemption] = field(default_factory=list)
    honours: Own | None = None
    handouts: list[Kept] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """Where a copy goes on."""

    part: Part
    cursor: str | None = None


def copy(by: Actor, *, limit: int, cursor: str | None, now: datetime) -> Piece:
    """A page of all that is kept about the caller: one query, for reports one batch more.

    The first page of each part is noted: a cursor is no secret, and anybody can write one that begins with any part.
    Raises Invalid (`bad_cursor`).
    """
    at = _opened(cursor)
    if at.cursor is None:
        access.record(by, What.COPIED_OWN_DATA, by.id, now=now, details={"part": at.part})
    return _piece(by.id, at, limit, now)


def copy_of(person_id: str, purpose: str, *, by: Actor, limit: int, cursor: str | None, now: datetime) -> Piece:
    """A page of all that is kept about somebody who left, for him; each page is noted, and what it is for.

    Raises Forbidden (`role_needed`, `not_your_area`) unless the centre asks, which knows reporters and confidential
    matters anyway; NotFound, Conflict (`copies_it_himself`), Invalid (`export_purpose`, `bad_cursor`).
    """
    require_any(by, [Role.CENTRE], areas.township(now=now))
    if not purpose.strip():
        raise Invalid("export_purpose")
    at = _opened(cursor)
    if people.get(person_id).state is not PersonState.LEFT:
        raise Conflict("copies_it_himself", person=person_id)
    told: dict[str, object] = {"part": at.part}
    access.record(by, What.COPIED_DATA_OF_WHO_LEFT, person_id, purpose=purpose.strip(), now=now, details=told)
    return _piece(person_id, at, limit, now)


def _piece(person_id: str, at: _At, limit: int, now: datetime) -> Piece:
    piece = READ[at.part](person_id, limit, at.cursor, now)
    return replace(piece, cursor=_sealed(_next(at.part, piece.cursor)))


def close_account(by: Actor, *, now: datetime) -> datetime:
    """End the caller's account now, and have him forgotten; when that will be: one read, one transaction.

    Twice is once. Raises Forbidden (`admin_leaves_by_another`), IllegalAction (`person_state`).
    """
    wait = rulebook.in_force(now=now).numbers.days("erasure_days")
    before = people.get(by.id)
    if before.state in CLOSED:
        if before.erase_asked_at is None:
            raise IllegalAction("person_state", action="leave", state=before.state)
        return before.erase_asked_at + wait
    require_replaceable(before, Hand.SELF)
    after = replace(before, **close(before, now=now), erase_asked_at=now, version=before.version + 1)
    transaction = Transaction()
    people.change(before, after, transaction)
    access.record(by, What.CLOSED_OWN_ACCOUNT, by.id, now=now, transaction=transaction)
    transaction.commit()
    boards.touch([local_month(now)])
    sessions.end_all(by.id)
    return now + wait


def erasable(*, now: datetime, limit: int = 100) -> list[str]:
    """Ids of people whose time to be forgotten has come, longest ago first: two queries.

    Who asked for it waits `erasure_days`; who only left, as long as the retention table keeps `reporter_identity`.
    """
    asked = now - rulebook.in_force(now=now).numbers.days("erasure_days")
    left = now - terms.kept(IDENTITY, now=now)
    found = people.left_before(asked, asked=True, limit=limit) + people.left_before(left, asked=False, limit=limit)
    return found[:limit]


def erase(person_id: str, *, now: datetime) -> bool:
    """Forget who somebody was who left; whether there was anything left to forget: one read, one transaction, and
    before it his honours and the words in his handouts.

    His phone is free again. What he did stays, under an id that leads to nobody. Raises StaleVersion where he came
    back meanwhile.
    """
    person = people.find(person_id)
    if person is None or person.state is not PersonState.LEFT:
        return False
    forgetting.forget(person_id, now=now)
    handouts.silence(person_id)
    transaction = Transaction()
    people.change(person, erased(person, now=now), transaction)
    drawers.erase(person_id, transaction)
    access.record(CLERK, What.ERASED_OWN_DATA, person_id, now=now, transaction=transaction)
    transaction.commit()
    return True


def _profile(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    return Piece(part=Part.PROFILE, person=people.get(id))


def _reports(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = listings.mine(id, limit=limit, cursor=cursor)
    texts = reports.texts(report.id for report in page.reports)
    return Piece(
        part=Part.REPORTS,
        reports=[(report, texts.get(report.id, "")) for report in page.reports],
        cursor=page.cursor,
    )


def _points(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = points.page(id, limit=limit, cursor=cursor)
    return Piece(part=Part.POINTS, points=page.entries, cursor=page.cursor)


def _messages(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = inbox.page(id, limit=limit, cursor=cursor, now=now)
    return Piece(part=Part.MESSAGES, messages=page.messages, cursor=page.cursor)


def _access(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = access.about(id, now=now, limit=limit, cursor=cursor)
    return Piece(part=Part.ACCESS, access=page.entries, cursor=page.cursor)


def _filters(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    return Piece(part=Part.FILTERS, filters=filters.own(id))


def _redemptions(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = redeeming.own(id, limit=limit, cursor=cursor)
    return Piece(part=Part.REDEMPTIONS, redemptions=page.redemptions, cursor=page.cursor)


def _honours(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    return Piece(part=Part.HONOURS, honours=own_honours.find(id))


def _handouts(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = handouts.of(id, limit=limit, cursor=cursor)
    return Piece(part=Part.HANDOUTS, handouts=page.records, cursor=page.cursor)


READ: dict[Part, Callable[[str, int, str | None, datetime], Piece]] = {
    Part.PROFILE: _profile,
    Part.REPORTS: _reports,
    Part.POINTS: _points,
    Part.MESSAGES: _messages,
    Part.ACCESS: _access,
    Part.FILTERS: _filters,
    Part.REDEMPTIONS: _redemptions,
    Part.HONOURS: _honours,
    Part.HANDOUTS: _handouts,
}


def _next(part: Part, cursor: str | None) -> _At | None:
    """The next page of this part, else the first of the next part; None behind the last."""
    if cursor:
        return _At(part=part, cursor=cursor)
    behind = list(Part)[list(Part).index(part) + 1 :]
    return _At(part=behind[0]) if behind else None


def _sealed(at: _At | None) -> str | None:
    return cursors.sealed(at) if at else None


def _opened(cursor: str | None) -> _At:
    at: _At = _At(part=Part.PROFILE) if cursor is None else cursors.opened(cursor, _At)
    return at
