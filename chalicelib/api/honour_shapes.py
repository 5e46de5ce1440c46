"""The shapes of honours that more than one module answers with."""

from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.api.shapes import Instant
from chalicelib.domain.honours.records import HonourDeed

if TYPE_CHECKING:
    from chalicelib.domain.honours.evidence import Counted, Evidence
    from chalicelib.domain.honours.records import Record


class EarnedView(Struct, frozen=True, kw_only=True):
    """What a rule brought in a local month: entries, corrections among them, and their points."""

    rule: str
    month: str
    entries: int
    points: int


class CountedView(Struct, frozen=True, kw_only=True):
    """How many reports, and the newest of them; none are named to the auditor."""

    count: int
    reports: tuple[str, ...]


class EvidenceView(Struct, frozen=True, kw_only=True):
    """A drawing, as it was frozen. `points` is the sum of `earned`, `score` what of it counts within the caps, `scores`
    the same by local year. Confidential reports are left out."""

    number: int
    drawn_at: Instant
    earned: list[EarnedView]
    points: int
    score: int
    scores: dict[str, int]
    verified: CountedView
    solved: CountedView
    major: CountedView


class HonourLine(Struct, frozen=True, kw_only=True):
    """What was done, when and why; `actor` is who of the committee did it, empty to the applicant unless it was he."""

    at: Instant
    deed: HonourDeed
    actor: str
    person: str
    reason: str
    evidence: int | None


def evidence(drawn: "Evidence") -> EvidenceView:
    """A drawing as it is read."""
    rows = [EarnedView(rule=one.rule, month=one.month, entries=one.entries, points=one.points) for one in drawn.earned]
    return EvidenceView(
        number=drawn.number,
        drawn_at=drawn.drawn_at,
        earned=rows,
        points=drawn.points,
        score=drawn.score,
        scores=drawn.scores,
        verified=_counted(drawn.verified),
        solved=_counted(drawn.solved),
        major=_counted(drawn.major),
    )


def line(record: "Record") -> HonourLine:
    """A line as the committee and the auditor read it."""
    number = record.details.get("evidence")
    return HonourLine(
        at=record.at,
        deed=record.deed,
        actor=record.actor_id,
        person=record.person_id,
        reason=record.reason,
        evidence=number if isinstance(number, int) else None,
    )


def own_line(record: "Record") -> HonourLine:
    """A line as the applicant reads it: he learns what was said, not who of the committee said it."""
    shown = line(record)
    return shown if record.actor_id == record.person_id else _nameless(shown)


def _nameless(shown: HonourLine) -> HonourLine:
    return HonourLine(
        at=shown.at, deed=shown.deed, actor="", person=shown.person, reason=shown.reason, evidence=shown.evidence
    )


def _counted(counted: "Counted") -> CountedView:
    return CountedView(count=counted.count, reports=counted.ids)
