"""Use cases on one's own data: a copy of it, and that it be forgotten (PIPL Art. 45 and 47, docs/adr/0018).

Who left cannot sign in any more: for him the office fetches the copy, and asks that he be forgotten (`person_actions`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.access import OF_HONOURS, What
from chalicelib.domain.people.actions import Hand
from chalicelib.domain.people.effects import close, erased, require_replaceable
from chalicelib.domain.people.model import CLOSED, Actor, PersonState, Role, require_any
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.volunteering.terms import VolunteerKind
from chalicelib.services.care import carriers
from chalicelib.services.honours import forgetting, lines
from chalicelib.services.lookouts import forgetting as look_outs
from chalicelib.services.people import access
from chalicelib.services.people.own_parts import READ, Part, Piece
from chalicelib.services.reference import areas, rulebook, terms
from chalicelib.services.teams import leaving as teams
from chalicelib.services.volunteering import leaving as volunteers
from chalicelib.store import cursors
from chalicelib.store.base import Transaction
from chalicelib.store.care import certificates
from chalicelib.store.fraud import findings, traces
from chalicelib.store.handouts import handouts
from chalicelib.store.login import sessions
from chalicelib.store.people import people
from chalicelib.store.points import appeals
from chalicelib.store.prizes import consents, redemptions
from chalicelib.store.rankings import boards
from chalicelib.store.reports import drafts
from chalicelib.store.reports import filters as drawers

IDENTITY = "reporter_identity"
CLERK = Actor(id="retention", posts=())  # does what the retention table says
# Who hands over which parts to somebody who left. Of honours the centre sees nothing (docs/adr/0046).
HANDED_OVER: Mapping[Role, frozenset[Part]] = {
    Role.CENTRE: frozenset(Part) - {Part.HONOURS},
    Role.COMMITTEE: frozenset({Part.HONOURS}),
}


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
    at = _opened(cursor, Part.PROFILE)
    if at.cursor is None:
        access.record(by, What.COPIED_OWN_DATA, by.id, now=now, details={"part": at.part})
    return _piece(by.id, at, tuple(Part), limit, now)


def copy_of(person_id: str, purpose: str, *, by: Actor, limit: int, cursor: str | None, now: datetime) -> Piece:
    """A page of all that is kept about somebody who left, for him; each page is noted, and what it is for.

    The centre, which knows reporters and confidential matters anyway, hands over everything but his honours; these
    the committee does, which notes it as a look at his case. Raises Forbidden (`role_needed`, `not_your_area`),
    NotFound, Conflict (`copies_it_himself`), Invalid (`export_purpose`, `bad_cursor`).
    """
    parts = _handed_by(by, areas.township(now=now))
    if not purpose.strip():
        raise Invalid("export_purpose")
    at = _opened(cursor, parts[0])
    if at.part not in parts:
        raise Forbidden("role_needed", role=next(role for role, part in HANDED_OVER.items() if at.part in part))
    if people.get(person_id).state is not PersonState.LEFT:
        raise Conflict("copies_it_himself", person=person_id)
    told: dict[str, object] = {"part": at.part}
    access.record(by, What.COPIED_DATA_OF_WHO_LEFT, person_id, purpose=purpose.strip(), now=now, details=told)
    if at.part is Part.HONOURS:
        access.record(by, What.SAW_HONOURS, person_id, purpose=purpose.strip(), now=now)
    piece = _piece(person_id, at, parts, limit, now)
    piece = _without_mediations(piece)
    return piece if Part.HONOURS in parts else _without_honours(piece)


def _handed_by(by: Actor, township: str) -> tuple[Part, ...]:
    require_any(by, HANDED_OVER, township)
    handed = {part for role, parts in HANDED_OVER.items() if by.holds(role, township) for part in parts}
    return tuple(part for part in Part if part in handed)


def _without_honours(piece: Piece) -> Piece:
    """Without what other parts tell of a case: the committee's sentences, and who looked at it."""
    return replace(
        piece,
        messages=[one for one in piece.messages if one.template not in lines.TEMPLATES],
        access=[one for one in piece.access if one.what not in OF_HONOURS],
    )


def _without_mediations(piece: Piece) -> Piece:
    """Who hands over a copy is of no mediation's team."""
    return replace(piece, volunteering=[one for one in piece.volunteering if one.kind is not VolunteerKind.MEDIATION])


def _piece(person_id: str, at: _At, parts: tuple[Part, ...], limit: int, now: datetime) -> Piece:
    piece = READ[at.part](person_id, limit, at.cursor, now)
    return replace(piece, cursor=_sealed(_next(at.part, piece.cursor, parts)))


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
    volunteers.leave(before, after, now=now, transaction=transaction)
    teams.follow(after, now=now, transaction=transaction)
    carriers.follow(before, after, now=now, transaction=transaction)
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
    before it his honours, where and when he reported, his words in handouts, redemptions, appeals and volunteering, who
    came along with him, when he was free to carry, and his certificates.

    His phone is free again. What he did stays, under an id that leads to nobody. Raises StaleVersion where he came
    back meanwhile.
    """
    person = people.find(person_id)
    if person is None or person.state is not PersonState.LEFT:
        return False
    forgetting.forget(person_id, now=now)
    handouts.silence(person_id)
    findings.silence(person_id)
    appeals.silence(person_id)
    redemptions.silence(person_id)
    volunteers.forget(person_id)
    consents.forget(person_id)
    traces.forget(person_id)
    teams.end_all(person_id, now=now)
    look_outs.forget_answers(person_id)
    carriers.forget(person_id)
    certificates.forget(person_id)
    transaction = Transaction()
    people.change(person, erased(person, now=now), transaction)
    drawers.erase(person_id, transaction)
    drafts.erase(person_id, transaction)
    access.record(CLERK, What.ERASED_OWN_DATA, person_id, now=now, transaction=transaction)
    transaction.commit()
    return True


def _next(part: Part, cursor: str | None, parts: tuple[Part, ...]) -> _At | None:
    """The next page of this part, else the first of the next part; None behind the last."""
    if cursor:
        return _At(part=part, cursor=cursor)
    behind = parts[parts.index(part) + 1 :]
    return _At(part=behind[0]) if behind else None


def _sealed(at: _At | None) -> str | None:
    return cursors.sealed(at) if at else None


def _opened(cursor: str | None, first: Part) -> _At:
    at: _At = _At(part=first) if cursor is None else cursors.opened(cursor, _At)
    return at
