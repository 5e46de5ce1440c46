"""What runs while a report is open: the time of its stage, a request to the centre, the parts of co-handlers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reports.terms import ReturnReason, Wish


class Stage(StrEnum):
    """What a deadline belongs to: the name of its column in `limits.csv` and of its rungs in `ladder.csv`."""

    VERIFY = "verify"
    INFO = "info"
    VILLAGE = "village"
    DISPATCH = "dispatch"
    COORD = "coord"
    ACCEPT = "accept"
    DEPT = "dept"
    SUSPENDED = "suspended"
    REVISIT = "revisit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The time of a stage: `hours` of `clock` from `since` (UTC). Stops of the clock have moved `since` on.

    `fired` is the percentage of the ladder's highest rung that has acted: each acts once. `over`: its deadline had
    passed before another class moved it. `granted` of the hours were given on request: another class leaves them.
    """

    stage: Stage
    clock: Clock
    since: datetime
    hours: float
    fired: int = 0
    over: bool = False
    granted: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the department asks of the centre, which answers by `due_at`; `told` once that has passed unanswered."""

    wish: Wish
    by: str
    at: datetime
    due_at: datetime
    hours: float = 0.0
    reason: str = ""
    plan: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """An order that a department sent back at `at` (UTC), and why; `recorded`: the centre has said so for it (代录)."""

    department: str
    reason: ReturnReason
    text: str
    at: datetime
    recorded: bool = False


class PartState(StrEnum):
    """How far a co-handler is with its part."""

    OPEN = "open"
    ACCEPTED = "accepted"
    FILED = "filed"
    RETURNED = "returned"
    OVERRULED = "overruled"  # the lead did without it, and said why


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a co-handler does: `hours` of the lead's clock from `since`; it may return it until `return_by`.

    `ordered_at`: when it was given it, whatever has stopped the clock since.

    `late`: its deadline passed while it was open, which counts for the co-handler. `binding`: it was returned once
    before. `proxied`: the centre records for it. `stage` is the lead's, of whose limit it has its share.
    """

    department: str
    state: PartState = PartState.OPEN
    since: datetime
    hours: float
    ordered_at: datetime | None = None
    due_at: datetime
    return_by: datetime
    late: bool = False
    binding: bool = False
    proxied: bool = False
    result: str = ""
    stage: Stage = Stage.DEPT
