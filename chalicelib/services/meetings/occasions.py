"""The reports that topics of the joint meeting are about, and what of them a reader of its papers may know."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chalicelib.domain.meetings import topics
from chalicelib.domain.meetings.records import Record
from chalicelib.domain.meetings.topics import Card
from chalicelib.domain.people.model import Actor
from chalicelib.store.reports import reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasions:
    """What the joint meeting may see of each report; and those of which the reader may read no word."""

    cards: dict[str, Card]
    unread: frozenset[str]

    def hides(self, report_id: str | None) -> bool:
        """Whether what was said of it is not for the reader."""
        return report_id in self.unread


def of(report_ids: Iterable[str | None], *, by: Actor) -> Occasions:
    """What the reader may know of these reports: one batch, and none where there is none."""
    ids = sorted({id for id in report_ids if id})
    found = reports.several(ids) if ids else []
    return Occasions(
        cards={report.id: topics.card(report) for report in found},
        unread=frozenset(report.id for report in found if not topics.may_be_read(report, by)),
    )


def wordless(line: Record) -> Record:
    """The line for who may not read what it is about: that it was done, when and by whom."""
    return replace(line, details={})
