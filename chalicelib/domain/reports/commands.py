"""What someone asks to be done to a report, and what a decision answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain.people.model import Actor, Person, Post
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.running import Run
from chalicelib.domain.reports.terms import (
    Basis,
    Outcome,
    Proxy,
    RejectReason,
    ReturnReason,
    Ruling,
    Service,
    Watch,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An action with everything any action may carry; each decision reads what is its own.

    `text` is the comment, reason, instruction or public answer, as the action calls it.
    `after_photos` are ids of photos declared for this report with the purpose `after`.
    `proxy`: what a body without an account did, recorded for it (代录). `overrule`: why the lead does without the parts
    of co-handlers that are not in. `finish_by` (UTC): the committee's own deadline.
    `suggested` (table, rule, edition): the suggestion that was read, where an order takes it as it is.
    """

    action: Action
    text: str = ""
    internal: bool = False
    outcome: Outcome | None = None
    basis: Basis | None = None
    severity: int | None = None
    kind: str | None = None
    klass: str | None = None
    reason: RejectReason | None = None
    return_reason: ReturnReason | None = None
    decision: Ruling | None = None
    service: Service | None = None
    number: str = ""
    department: str | None = None
    co_handlers: tuple[str, ...] = ()
    letter: str = ""
    hours: float = 0.0
    plan: str = ""
    finish_by: datetime | None = None
    suggested: tuple[str, str, int] | None = None
    watch: Watch | None = None
    person: str | None = None
    grid: str | None = None
    village: str | None = None
    main: str | None = None
    proxy: Proxy | None = None
    after_photos: tuple[str, ...] = ()
    no_photo_reason: str = ""
    overrule: str = ""
    contacted: bool | None = None
    solved: bool | None = None
    satisfied: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The people (ids) who hold a post."""

    post: Post
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a command refers to beyond the report: the person named, the grid and village meant, the main report.

    `recheckers`: who may look at what is said to be solved, nearest first; empty where nobody asked.
    """

    person: Person | None = None
    grid: str | None = None
    village: str | None = None
    main: Report | None = None
    recheckers: tuple[Pool, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything a decision may look at."""

    report: Report
    command: Command
    party: Party
    by: Actor
    now: datetime
    rules: Rulebook
    around: Around = Around()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where the report goes, what changes in it beyond the stage, and what the history line says.

    A new stage begins `since` (else now) with `share` of its limit, or is the interrupted one `run` that goes on.
    `renews`: the stage begins anew although the status stays. `at`: when it was done, if it was recorded later.
    """

    status: Status
    changes: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    internal: bool = False
    details: dict[str, object] = field(default_factory=dict)
    share: float = 1.0
    since: datetime | None = None
    run: Run | None = None
    renews: bool = False
    at: datetime | None = None
