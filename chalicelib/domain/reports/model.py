"""The words of a report's life, and the report itself."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.matter import Nature, Place
from chalicelib.domain.reports.running import Part, Request, Returned, Run, Stage
from chalicelib.domain.reports.terms import RejectReason, Service, Source, Watch


class Status(StrEnum):
    """Where a report stands. The comment is what staff call it."""

    SUBMITTED = "submitted"  # 待核实
    NEEDS_INFO = "needs_info"  # 待补充
    WITH_VILLAGE = "with_village"  # 村居办理
    WITH_CENTRE = "with_centre"  # 待分拣
    COORDINATING = "coordinating"  # 镇党委协调
    DISPATCHED = "dispatched"  # 已派发
    IN_HANDLING = "in_handling"  # 办理中
    SUSPENDED = "suspended"  # 挂账
    RESOLVED = "resolved"  # 待回访
    CLOSED = "closed"  # 办结
    INVALID = "invalid"  # 不属实
    DUPLICATE = "duplicate"  # 已合并
    WITHDRAWN = "withdrawn"  # 已撤回
    TRANSFERRED = "transferred"  # 已转办


ENDED = frozenset({Status.CLOSED, Status.INVALID, Status.DUPLICATE, Status.WITHDRAWN, Status.TRANSFERRED})
OPEN = frozenset(Status) - ENDED


class Action(StrEnum):
    """What can be done to a report."""

    SUBMIT = "submit"
    VERIFY = "verify"
    REJECT = "reject"
    OBJECT = "object"
    ASK_INFO = "ask_info"
    SUPPLY_INFO = "supply_info"
    ADD_INFO = "add_info"
    COMMENT = "comment"
    MERGE = "merge"
    UNMERGE = "unmerge"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    ASSIGN = "assign"
    HAND_OVER = "hand_over"
    RELOCATE = "relocate"
    RECLASSIFY = "reclassify"
    RESOLVE = "resolve"
    ESCALATE = "escalate"
    DISPATCH = "dispatch"
    RETURN_TO_VILLAGE = "return_to_village"
    ANSWER = "answer"
    COORDINATE = "coordinate"
    REASSIGN = "reassign"
    TRANSFER = "transfer"
    CALL_IN = "call_in"
    TAKE_BACK = "take_back"
    CANCEL = "cancel"
    DECIDE = "decide"
    ACCEPT = "accept"
    RETURN = "return"
    REQUEST_REASSIGN = "request_reassign"
    REQUEST_EXTENSION = "request_extension"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW_REQUEST = "withdraw_request"
    MAKE_SAFE = "make_safe"
    SUSPEND = "suspend"
    RESUME = "resume"
    URGE = "urge"
    SUPERVISE = "supervise"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    ACCEPT_PART = "accept_part"
    RETURN_PART = "return_part"
    FILE_PART = "file_part"
    FALL_DUE = "fall_due"
    RECOMPUTE = "recompute"
    LINK_RECURRENCE = "link_recurrence"
    FOLLOW = "follow"
    PROMOTE = "promote"
    SUCCEED = "succeed"
    ALARM = "alarm"
    ACKNOWLEDGE = "acknowledge"
    DISCUSS = "discuss"
    PUBLISH_PHOTO = "publish_photo"
    UNPUBLISH_PHOTO = "unpublish_photo"
    OPEN_PAGE = "open_page"
    CLOSE_PAGE = "close_page"
    BLIND_RECHECK = "blind_recheck"
    FORFEIT = "forfeit"
    RESTORE = "restore"


# Nobody asks for these through the table of actions: they begin a report, the system does them, or they are asked for
# by an address of their own.
SYSTEM = frozenset(
    {Action.SUBMIT, Action.FALL_DUE, Action.RECOMPUTE, Action.LINK_RECURRENCE, Action.ALARM, Action.ACKNOWLEDGE}
    | {Action.FOLLOW, Action.PROMOTE, Action.SUCCEED, Action.DISCUSS, Action.BLIND_RECHECK}
    | {Action.PUBLISH_PHOTO, Action.UNPUBLISH_PHOTO, Action.OPEN_PAGE, Action.CLOSE_PAGE}
    | {Action.FORFEIT, Action.RESTORE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """The stage that was interrupted at `at` (UTC) and may be taken up again: by a question, a wait, a merge.

    `inner` is what had been interrupted before: a wait that was merged goes on as a wait.
    """

    status: Status
    run: Run
    entered_at: datetime | None = None
    at: datetime
    assignee: str | None
    inner: "Paused | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`version` counts changes; `due_at` (UTC) is the present stage's deadline, None once ended; `next_at` is when
    the ladder, a request or a part next falls due; `promised_at` is what the reporter was promised in all.

    `counted`: it takes one of its reporter's places among the reports awaiting verification.
    `earns`: its reporter can earn points by it. `origin` remembers who resolved it, where a reopened report returns to,
    `after_photos` what was shown for it; `reopened` counts how often the reporter did. `widened` are roles that a rung
    of the ladder has admitted to the present stage. `proxied`: the centre records what the lead does (代录).
    `ordered_at`: since when the present department has it to do. `returns`: who refused it, and why. `binding`: the
    assignment cannot be returned (终审, or `decided` by the committee). `breaches` are the stages that overran.
    `awaits_class`: made safe, it waits for the centre to say how urgent the repair is. `proven_false`: the centre has
    confirmed that it was `rejected` as false. `main`: the report that it was merged into; `successor`: the one that
    took its place. `recheck_by` is the post whose people re-check what is said to be solved, None for the ordinary one;
    `disputed`: the reporter has answered that it is not solved.
    `finish_by` (UTC) is what the committee has set for the present order, in the place of the class's limit.
    `page` counts how often the centre took the links to its public page back; `page_closed`: it has none at present.
    """

    id: str
    reporter_id: str
    filed_by: str | None = None
    source: Source = Source.APP
    nature: Nature
    place: Place
    status: Status
    holder: Post | None
    assignee: str | None = None
    run: Run | None = None
    due_at: datetime | None
    next_at: datetime | None = None
    promised_at: datetime | None = None
    provisional: bool = False
    entered_at: datetime
    ordered_at: datetime | None = None
    created_at: datetime
    observed_at: datetime
    clock_skewed: bool = False
    excerpt: str = ""
    counted: bool = False
    earns: bool = True
    department: str | None = None
    co_handlers: tuple[str, ...] = field(default=())
    parts: tuple[Part, ...] = field(default=())
    proxied: bool = False
    binding: bool = False
    decided: bool = False
    returns: tuple[Returned, ...] = field(default=())
    returned_to_village: bool = False
    village_held: bool = False
    relocated: bool = False
    widened: tuple[Role, ...] = field(default=())
    paused: Paused | None = None
    request: Request | None = None
    infos: int = 0
    extensions: int = 0
    reviews: int = 0
    breaches: tuple[Stage, ...] = field(default=())
    unsigned: bool = False
    watch: Watch | None = None
    made_safe_at: datetime | None = None
    awaits_class: bool = False
    verified_by: str | None = None
    resolved_by: str | None = None
    after_photos: tuple[str, ...] = field(default=())
    origin: Post | None = None
    recheck_by: Post | None = None
    ended_at: datetime | None = None
    rejected: RejectReason | None = None
    proven_false: bool = False
    objected: bool = False
    reopened: int = 0
    answered: bool = False
    disputed: bool = False
    unchecked: bool = False
    unsolved: bool = False
    service: Service | None = None
    main: str | None = None
    successor: str | None = None
    recurrence_of: str | None = None
    finish_by: datetime | None = None
    page: int = 0
    page_closed: bool = False
    version: int

    @property
    def returned_by(self) -> tuple[str, ...]:
        """The departments that have sent it back, in their order."""
        return tuple(one.department for one in self.returns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of a report's history, and the event that everything else follows from.

    It carries what its followers need, so that they need not read the report again: `before` is None on intake.
    `note` is for those who may see the report, the reporter included, unless `internal`.
    """

    report: Report
    before: Report | None
    action: Action
    actor_id: str
    as_role: str
    at: datetime
    note: str = ""
    internal: bool = False
    details: dict[str, object] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The event's id: the same whenever and however often it is told."""
        return f"{self.report.id}#{self.report.version:06}"
