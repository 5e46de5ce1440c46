"""The access log over HTTP: who saw or changed what of whom, for the auditor, and for everyone about himself."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.people import PersonId
from chalicelib.api.shapes import Cursor, Instant, Limit, Paging
from chalicelib.domain.people.access import Entry, What
from chalicelib.domain.people.model import Role

api = Api(__name__)


class AccessQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Just one of: to whose data (`subject`), by whom (`actor`), on which local `day`."""

    subject: PersonId | None = None
    actor: PersonId | None = None
    day: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class AccessLine(Struct, frozen=True, kw_only=True):
    """`actor`, who held these `roles`, did `what` to the data of `subject`; all by ids, never by names."""

    id: str
    at: Instant
    actor: str
    roles: tuple[Role, ...]
    what: What
    subject: str
    purpose: str
    details: dict[str, object]


class AccessPage(Struct, frozen=True, kw_only=True):
    """Some lines, newest first; `cursor` asks for the next ones, null at the end."""

    entries: list[AccessLine]
    cursor: str | None


class OwnAccess(Struct, frozen=True, kw_only=True):
    """Somebody who held these `roles` did `what` to your data; `own`: it was you."""

    at: Instant
    roles: tuple[Role, ...]
    what: What
    purpose: str
    own: bool


class OwnAccessPage(Struct, frozen=True, kw_only=True):
    """Some lines, newest first; `cursor` asks for the next ones, null at the end."""

    entries: list[OwnAccess]
    cursor: str | None


@api.route("/access-log", methods=["GET"], authorizer=authorize)
def read_access_log(ask: Ask, query: AccessQuery) -> AccessPage:
    """Who saw or changed what: of a `subject`, by an `actor`, or on a local `day`. Reading it is noted too."""
    from chalicelib.services.people import access

    page = access.page(
        subject=query.subject,
        actor=query.actor,
        day=query.day,
        by=ask.actor,
        now=ask.now,
        limit=query.limit,
        cursor=query.cursor,
    )
    return AccessPage(entries=[line(entry) for entry in page.entries], cursor=page.cursor)


@api.route("/me/access-log", methods=["GET"], authorizer=authorize)
def read_my_access_log(ask: Ask, query: Paging) -> OwnAccessPage:
    """Who saw or changed what of yours: roles and times, no names."""
    from chalicelib.services.people import access

    page = access.about(ask.actor.id, now=ask.now, limit=query.limit, cursor=query.cursor)
    return OwnAccessPage(entries=[own(entry) for entry in page.entries], cursor=page.cursor)


def own(entry: Entry) -> OwnAccess:
    """A line as the person it is about reads it."""
    is_own = entry.actor_id == entry.subject
    return OwnAccess(at=entry.at, roles=entry.roles, what=entry.what, purpose=entry.purpose, own=is_own)


def line(entry: Entry) -> AccessLine:
    """A line as the auditor reads it."""
    return AccessLine(
        id=entry.id,
        at=entry.at,
        actor=entry.actor_id,
        roles=entry.roles,
        what=entry.what,
        subject=entry.subject,
        purpose=entry.purpose,
        details=entry.details,
    )
