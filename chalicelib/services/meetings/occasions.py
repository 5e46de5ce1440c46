"""The reports that a meeting's matters are about, and what of its papers on them a reader may know."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chalicelib.domain.meetings import topics
from chalicelib.domain.meetings.model import Body, Minutes
from chalicelib.domain.meetings.records import Record
from chalicelib.domain.meetings.topics import Card
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports import audited, sight
from chalicelib.domain.reports.model import Report
from chalicelib.store.reports import reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasions:
    """The reports by id; and those of which the reader may read no word."""

    reports: dict[str, Report]
    unread: frozenset[str]

    def card(self, report_id: str | None) -> Card | None:
        """What the joint meeting may see of the report."""
        found = self.reports.get(report_id or "")
        return topics.card(found) if found else None

    def hides(self, report_id: str | None) -> bool:
        """Whether what was said of it is not for the reader."""
        return report_id in self.unread


def of(report_ids: Iterable[str | None], *, by: Actor) -> Occasions:
    """What the reader may know of what the joint meeting deals with: one batch, and none where there is no report."""
    found = _read(report_ids)
    unread = frozenset(report.id for report in found.values() if not topics.may_be_read(report, by))
    return Occasions(reports=found, unread=unread)


def of_minutes(minutes: Minutes, *, by: Actor) -> Occasions:
    """The same of a meeting: of the town's cases an auditor alone may be told less than its other readers."""
    if minutes.meeting.body is Body.JOINT:
        return of((item.report_id for item in minutes.items), by=by)
    found = _read(item.id for item in minutes.items)
    hidden = (id for id, report in found.items() if audited.hides(report, sight.viewers(by, report)))
    return Occasions(reports=found, unread=frozenset(hidden))


def wordless(line: Record) -> Record:
    """The line for who may not read what it is about: that it was done, when and by whom."""
    return replace(line, details={})


def _read(report_ids: Iterable[str | None]) -> dict[str, Report]:
    ids = sorted({id for id in report_ids if id})
    return {report.id: report for report in reports.several(ids)} if ids else {}
