"""What the district's joint meeting talks about: couriers' own needs (group 12), and services for them (DOMAIN §5)."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.meetings.model import Item
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.model import Report

GROUP = "12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Put on the agenda with a sentence: a report of group 12 (then `id` is the report's), or a proposal on services.

    `meeting_id`: the open meeting that it was gathered for.
    """

    id: str
    report_id: str | None
    title: str
    text: str
    put_by: str
    put_at: datetime
    meeting_id: str | None = field(default=None)

    @property
    def item(self) -> Item:
        """The topic as a meeting has it."""
        return Item(id=self.id, report_id=self.report_id, title=self.title, text=self.text)


def nominated(report: Report, text: str, *, by: str, now: datetime) -> Topic:
    """A couriers' need for the joint meeting.

    Raises Invalid (`text_needed`), Conflict (`not_couriers_own`, `confidential_not_discussed`).
    """
    if not (report.nature.kind or "").startswith(GROUP):
        raise Conflict("not_couriers_own")
    if report.nature.confidential:
        raise Conflict("confidential_not_discussed")
    return Topic(id=report.id, report_id=report.id, title="", text=_said(text), put_by=by, put_at=now)


def proposed(id: str, title: str, text: str, *, by: str, now: datetime) -> Topic:
    """A proposal on services for couriers. Raises Invalid (`text_needed`)."""
    return Topic(id=id, report_id=None, title=_said(title), text=_said(text), put_by=by, put_at=now)


def _said(text: str) -> str:
    if not text.strip():
        raise Invalid("text_needed")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the joint meeting sees of a report: nothing of who reported it, nor where but the village."""

    id: str
    kind: str | None
    village: str | None
    excerpt: str
    status: str


def card(report: Report) -> Card:
    """What it is, where and in which words only while it is no secret: with kind and village its courier would be
    known."""
    secret = report.nature.confidential
    return Card(
        id=report.id,
        kind=None if secret else report.nature.kind,
        village=None if secret else report.place.village,
        excerpt="" if secret else report.excerpt,
        status=report.status,
    )


def may_be_read(report: Report, by: Actor) -> bool:
    """Whether what was said of the report on the way through the joint meeting is for this reader: once it has become
    confidential, for those who see the report itself, except its auditor, who reads no words of such matters."""
    seen_as = sight.viewers(by, report)
    return not report.nature.confidential or (bool(seen_as) and not sight.audits(seen_as))


def covered(item: Item) -> Item:
    """The item for who may not read it: what became of it, and no word."""
    said = item.decision
    return replace(item, title="", text="", decision=said and replace(said, text="", resources="", plan="", letter=""))
