"""Use cases on findings: read them, as staff, as an auditor, or what was decided about oneself."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.fraud import decisions, powers
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.fraud import findings as store
from chalicelib.store.fraud.findings import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What was decided about the caller, and until when he may appeal; None where he may not any longer."""

    finding: Finding
    appeal_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """Some of them, and where the next ones begin; None at the end."""

    findings: list[Own]
    cursor: str | None


def listing(*, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """The township's findings, what waits for somebody first: one query, and the look is noted.

    None that the reader has to do with: a page may hold fewer than `limit`, even none, and yet have a cursor.
    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`bad_cursor`).
    """
    township = areas.township(now=now)
    powers.require_reader(by, township)
    page = store.page(township, limit=limit, cursor=cursor)
    access.record(by, What.SAW_FINDING, township, now=now)
    return replace(page, findings=[powers.shown(by, one) for one in page.findings if powers.apart(by.id, one)])


def view(id: str, *, by: Actor, now: datetime) -> Finding:
    """One finding: one read, and the look is noted, by the finding's id: it is not told whom it is about.

    Raises Forbidden (`role_needed`, `not_your_area`) before anything is read, NotFound (`no_such_finding`), also to
    whom it is about and to who has to do with it.
    """
    powers.require_reader(by, areas.township(now=now))
    finding = store.get(id)
    if not powers.apart(by.id, finding):
        raise NotFound("no_such_finding", finding=id)
    access.record(by, What.SAW_FINDING, id, now=now)
    return powers.shown(by, finding)


def mine(*, by: Actor, now: datetime, limit: int, cursor: str | None) -> OwnPage:
    """What was decided about the caller, newest first: one query. Raises Invalid (`bad_cursor`)."""
    page = store.about(by.id, limit=limit, cursor=cursor)
    return OwnPage(findings=[own(one, now=now) for one in page.findings], cursor=page.cursor)


def own(finding: Finding, *, now: datetime) -> Own:
    """The finding as whom it is about may see it."""
    numbers = rulebook.in_force(now=now).numbers
    may = decisions.may_appeal(finding, now=now, numbers=numbers)
    return Own(finding=finding, appeal_until=decisions.appeal_until(finding, numbers) if may else None)
