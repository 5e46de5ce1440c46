"""What is counted of reports (DOMAIN §2 Figures). Each column says of a report, on a day: yes or no; never how often.

So a number is as long as the list of reports behind it. What hangs on a deadline counts on the local day of that
deadline, whenever it was decided; everything else, on the local day on which it happened. docs/adr/0030 says why.
"""

from enum import StrEnum


class Column(StrEnum):
    """The first ones stand on the day of their deadline, those from FILED on on the day they happened."""

    # verification: by its deadline staff answer the reporter
    DUE = "due"  # answered, or the deadline passed unanswered
    RESPONDED = "responded"  # … of these, answered in time
    # handling: each body that has the report to do, by the deadline that was its own
    ON_TIME = "on_time"  # solved, answered, passed on to 110 … in time
    LATE = "late"  # its deadline passed; it is over for this body
    OVERDUE = "overdue"  # its deadline passed; it still lies with this body
    MADE_SAFE = "made_safe"  # 控险, of what is urgent
    SAFE_IN_TIME = "safe_in_time"
    # revisit: re-checked by another person, and its reporter asked
    REVIEWED = "reviewed"  # a person looked; what the committee closed unsolved is among them
    SOLVED = "solved"  # … and confirmed that it is solved; taken back when its reporter reopens it
    SOLVED_IN_VILLAGE = "solved_in_village"  # … without a department or the centre
    ASKED = "asked"  # closed, or answered before that
    ANSWERED = "answered"
    SATISFIED = "satisfied"

    FILED = "filed"
    FILED_BY_STAFF = "filed_by_staff"  # … of these, by staff for someone
    ALREADY_GONE = "already_gone"
    INVALID = "invalid"
    DUPLICATES = "duplicates"
    WITHDRAWN = "withdrawn"  # by its reporter
    CANCELLED = "cancelled"  # by the centre
    TRANSFERRED = "transferred"
    RETURNED = "returned"  # 退单, by the body that returned it
    UNSIGNED = "unsigned"  # 逾期视为签收
    RECORDED = "recorded"  # 代录: the centre recorded what the body did
    SUSPENDED = "suspended"  # 挂账
    EXTENDED = "extended"  # 延期
    URGED = "urged"  # 催办
    SUPERVISED = "supervised"  # 督办, by the committee or the ladder
    REOPENED = "reopened"  # against the body that had resolved it
    FALSE_CLOSINGS = "false_closings"  # likewise
    RECURRED = "recurred"  # against the body that had closed what came back, in its area
    UNCHECKED = "unchecked"  # closed without a re-check: ended, not solved
    UNSOLVED = "unsolved"  # closed by the committee without a solution
    PARTS_FILED = "parts_filed"  # by a co-handler
    PARTS_LATE = "parts_late"  # a co-handler's part overran


C = Column
BY_DEADLINE = frozenset(
    {C.DUE, C.RESPONDED, C.ON_TIME, C.LATE, C.OVERDUE, C.MADE_SAFE, C.SAFE_IN_TIME, C.REVIEWED, C.SOLVED}
    | {C.SOLVED_IN_VILLAGE, C.ASKED, C.ANSWERED, C.SATISFIED}
)
