"""A line of history as everything else follows it: self-contained, so that followers need not read the report."""

from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.domain.reports import publicity
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.running import Stage
from chalicelib.domain.reports.terms import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a report stood at one moment: what figures count and messages say. `holder` is a post's key.

    `stage` is the one whose time runs until `due_at`; `page` is the count that links to its public page carry, None
    while it has no such page.
    """

    status: Status
    holder: str | None
    kind: str | None
    klass: str
    severity: int | None
    confidential: bool
    grid: str | None
    village: str | None
    township: str
    department: str | None
    due_at: datetime | None
    assignee: str | None = None
    entered_at: datetime | None = None
    source: Source = Source.APP
    proxied: bool = False
    page: int | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened to `subject_id`. `id` is the same whenever and however often it is told.

    `earns`: whether its reporter can earn by it (staff cannot). `was` is None on intake.
    """

    id: str
    subject_id: str
    number: int
    action: Action
    at: datetime
    actor_id: str
    as_role: str
    reporter_id: str
    earns: bool
    standing: Standing
    was: Standing | None
    note: str = ""
    internal: bool = False
    details: dict[str, object] = field(default_factory=dict)


def event(change: Change) -> Event:
    """The event that a change is."""
    report = change.report
    return Event(
        id=change.id,
        subject_id=report.id,
        number=report.version,
        action=change.action,
        at=change.at,
        actor_id=change.actor_id,
        as_role=change.as_role,
        reporter_id=report.reporter_id,
        earns=report.earns,
        standing=_standing(report),
        was=_standing(change.before) if change.before else None,
        note=change.note,
        internal=change.internal,
        details=change.details,
    )


def _standing(report: Report) -> Standing:
    return Standing(
        status=report.status,
        holder=report.holder.key if report.holder else None,
        kind=report.nature.kind,
        klass=report.nature.klass,
        severity=report.nature.severity,
        confidential=report.nature.confidential,
        grid=report.place.grid,
        village=report.place.village,
        township=report.place.township,
        department=report.department,
        due_at=report.due_at,
        assignee=report.assignee,
        entered_at=report.entered_at,
        source=report.source,
        proxied=report.proxied,
        page=publicity.page(report),
        stage=report.run.stage if report.run else None,
    )
