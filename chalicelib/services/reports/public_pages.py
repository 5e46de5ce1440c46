"""Use cases of the public page of a report: its link is given, taken back, and opened by whoever has it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.exports.digits import covered_digits
from chalicelib.domain.notifications import outcomes as words
from chalicelib.domain.notifications import wording
from chalicelib.domain.notifications.messages import Both
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import Link, Photo
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import outcome, page_links, publicity, publishing, sight
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.outcome import Step
from chalicelib.domain.reports.page_links import Ticket
from chalicelib.gateways import page_keys
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import areas, rulebook, terms
from chalicelib.services.reports import publications, records
from chalicelib.services.reports.outcomes import way
from chalicelib.store import history
from chalicelib.store.reports import photos, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A link's token, and until when it opens the page."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What happened on a day (of the township), by whom where a body is named, and what the public was told."""

    step: Step
    day: str
    body: Both
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that everybody may know: no person, no exact place, no word of the report itself."""

    matter: Both
    village: Both
    reported: str
    status: Status
    past: list[Past]
    photos: list[tuple[Photo, list[Link]]]
    expires_at: datetime


def give(report_id: str, *, by: Actor, now: datetime) -> Given:
    """A link to the page of a report, or of the one it was merged into. If the centre closed it, its asking opens it.

    Raises NotFound, Forbidden, Conflict (`page_not_public`, `page_closed`) and Busy.
    """
    asked = reports.get(report_id)
    publishing.linker(by, asked)
    report, kept = way(asked)[-1], terms.kept(publications.TERM, now=now)
    if not publicity.is_tellable(report) or publicity.is_over(report, kept=kept, now=now):
        raise Conflict("page_not_public")
    if report.page_closed:
        report = _opened(report, by=by, now=now)
    until = publicity.lasts_until(report, kept=kept)
    expires_at = expiry(now, rulebook.in_force(now=now).numbers)
    return given(report.id, report.page, min(expires_at, until) if until else expires_at)


def expiry(now: datetime, numbers: Numbers) -> datetime:
    """Until when a link that is given now is good."""
    return (now + numbers.days("page_link_days")).replace(microsecond=0)


def given(report_id: str, page: int, expires_at: datetime) -> Given:
    """The link itself. Raises Busy (`secret_unreachable`)."""
    ticket = Ticket(report_id=report_id, page=page, expires_at=expires_at)
    return Given(token=page_links.written(ticket, page_keys.key()), expires_at=expires_at)


def _opened(report: Report, *, by: Actor, now: datetime) -> Report:
    if not sight.viewers(by, report) & publishing.CLOSES:
        raise Conflict("page_closed")
    party = publishing.closer(by, Action.OPEN_PAGE, report)
    opened = records.note(
        report.id,
        Action.OPEN_PAGE,
        now=now,
        plan=lambda current: {"page_closed": False} if current.page_closed else None,
        details={},
        actor_id=by.id,
        as_role=party,
    )
    return opened or reports.get(report.id)


def close(report_id: str, *, by: Actor, now: datetime) -> None:
    """Take all links to the page back, for the centre; there are no new ones until it asks for one itself.

    Of what was merged, the page is that of the report it was merged into. Raises NotFound, Forbidden and Busy.
    """
    asked = reports.get(report_id)
    publishing.closer(by, Action.CLOSE_PAGE, asked)
    report = way(asked)[-1]
    party = publishing.closer(by, Action.CLOSE_PAGE, report)

    def plan(current: Report) -> dict[str, Any] | None:
        return None if current.page_closed else {"page": current.page + 1, "page_closed": True}

    details: dict[str, object] = {}
    records.note(report.id, Action.CLOSE_PAGE, now=now, plan=plan, details=details, actor_id=by.id, as_role=party)


def show(token: str, *, now: datetime) -> Page | None:
    """The page that a link leads to; None where there is none, or none any more, whatever the reason.

    A head, its history and its photos: three reads; one more for what was merged. Raises Busy.
    """
    ticket = page_links.read(token, page_keys.key(), now=now)
    report = _open_to(ticket, now=now) if ticket else None
    if ticket is None or report is None:
        return None
    book, known = rulebook.in_force(now=now), areas.listing(now=now)[0]
    lines = history.of(report.id)
    held = [photo for photo in photos.of(report.id) if photo.is_public]
    matter = wording.matter(report.nature.kind, confidential=False, rules=book, messages=sentences())
    return Page(
        matter=matter,
        village=wording.place(lines[-1], known, sentences()),
        reported=words.day(report.created_at),
        status=report.status,
        past=[_past(one, book) for one in outcome.milestones(lines)],
        photos=[(photo, publications.links([photo], now=now)) for photo in held],
        expires_at=ticket.expires_at,
    )


def _open_to(ticket: Ticket, *, now: datetime) -> Report | None:
    """The report whose page the ticket opens: its own, or that of the report it was merged into since.

    None too where the centre took back the links of one that it was merged into: this one is among them.
    """
    try:
        asked = reports.get(ticket.report_id)
        if asked.page_closed or asked.page != ticket.page:
            return None
        passed = way(asked)
    except NotFound:
        return None
    kept = terms.kept(publications.TERM, now=now)
    shown = publicity.is_open(passed[-1], kept=kept, now=now) and not publicity.taken_back(passed)
    return passed[-1] if shown else None


def _past(one: outcome.Milestone, book: Rulebook) -> Past:
    return Past(
        step=one.step,
        day=words.day(one.at),
        body=words.body(one.post, book, sentences()),
        answer=covered_digits(one.answer.strip()),
    )
