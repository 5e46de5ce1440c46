"""How a report comes in: what it needs, what is corrected, what it counts against (DOMAIN §2, §3)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.people.model import STAFF, Actor, Role
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reference.taxonomy import DANGER_CLASS
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.matter import Nature, Place
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.stages import holder
from chalicelib.domain.reports.terms import Source

LATE = timedelta(days=7)
AHEAD = timedelta(hours=24)
EXCERPT = 60
# Auditors cannot act, and the district only looks at figures (DOMAIN §1).
FILERS = STAFF - {Role.AUDITOR, Role.DISTRICT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a reporter sends. `photos` counts the photos he means to upload."""

    text: str
    kind: str | None
    place: Place
    observed_at: datetime | None
    photos: int
    source: Source = Source.APP


def submit(report_id: str, intake: Intake, *, by: Actor, now: datetime, rules: Rulebook) -> Change:
    """The new report and its first line of history.

    Raises Invalid (`nothing_reported`, `observed_too_long_ago`, `observed_in_future`, `unknown_kind`) and
    Forbidden (`source_for_staff`, `couriers_report`).
    """
    _admit(intake, by)
    observed_at, skewed = observed(intake.observed_at, now)
    nature, filed = rules.taxonomy.nature(intake.kind), intake.source is not Source.APP
    report = Report(
        id=report_id,
        reporter_id=by.id,
        filed_by=by.id if filed else None,
        source=intake.source,
        nature=nature,
        place=intake.place,
        status=Status.SUBMITTED,
        holder=None,
        due_at=None,
        entered_at=now,
        created_at=now,
        observed_at=observed_at,
        clock_skewed=skewed,
        excerpt=intake.text.strip()[:EXCERPT],
        counted=not filed and nature.klass != DANGER_CLASS,
        earns=not filed and not by.is_staff,
        version=1,
    )
    report = replace(report, holder=holder(report), run=clockwork.run(report, since=now, rules=rules))
    return _line(clockwork.timed(report, rules), by, now, filed=filed)


def _admit(intake: Intake, by: Actor) -> None:
    if not intake.text.strip() and not (intake.photos and intake.place.point):
        raise Invalid("nothing_reported")
    if intake.source is Source.APP and not by.holds(Role.COURIER):
        raise Forbidden("staff_name_a_source" if by.is_staff else "couriers_report")
    if intake.source is not Source.APP and not any(by.holds(role) for role in FILERS):
        raise Forbidden("source_for_staff", source=intake.source)


def _line(report: Report, by: Actor, now: datetime, *, filed: bool) -> Change:
    return Change(
        report=report,
        before=None,
        action=Action.SUBMIT,
        actor_id=by.id,
        as_role=Party.FILER if filed else Party.REPORTER,
        at=now,
    )


def observed(stated: datetime | None, now: datetime) -> tuple[datetime, bool]:
    """When it was seen, and whether the phone's clock was corrected.

    A report may come up to 7 days late; a clock up to 24 h ahead is taken as now, and flagged.
    Raises Invalid (`observed_too_long_ago`, `observed_in_future`).
    """
    if stated is None:
        return now, False
    if stated < now - LATE:
        raise Invalid("observed_too_long_ago", days=LATE.days)
    if stated > now + AHEAD:
        raise Invalid("observed_in_future", hours=AHEAD.total_seconds() / 3600)
    return min(stated, now).astimezone(UTC), stated > now


def is_emergency(nature: Nature, text: str, rules: Rulebook) -> bool:
    """Whether the client must show "call 110 / 119 / 120": danger to life by kind, or by a word of the text."""
    return nature.klass == DANGER_CLASS or any(word in text.lower() for word in rules.danger_words)
