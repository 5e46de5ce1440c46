"""What someone asks to be done to a report, and what a decision answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain.people import Actor
from chalicelib.domain.reports.model import Action, Basis, Outcome, RejectReason, Report, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An action with everything any action may carry; each decision reads what is its own.

    `text` is the comment, reason, instruction or public answer, as the action calls it.
    `after_photos` are ids of photos declared for this report with the purpose `after`.
    """

    action: Action
    text: str = ""
    internal: bool = False
    outcome: Outcome | None = None
    basis: Basis | None = None
    severity: int | None = None
    kind: str | None = None
    reason: RejectReason | None = None
    department: str | None = None
    co_handlers: tuple[str, ...] = ()
    after_photos: tuple[str, ...] = ()
    no_photo_reason: str = ""
    contacted: bool | None = None
    solved: bool | None = None
    satisfied: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything a decision may look at."""

    report: Report
    command: Command
    party: Party
    by: Actor
    now: datetime
    rules: Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where the report goes, what changes in it beyond the stage, and what the history line says.

    `share` of the new stage's limit is given: 1.0, but half after a reopening.
    """

    status: Status
    changes: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    internal: bool = False
    details: dict[str, object] = field(default_factory=dict)
    share: float = 1.0
