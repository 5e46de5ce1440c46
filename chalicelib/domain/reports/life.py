"""The status machine, a table to be read aloud: in this status, this action leads to one of these (DOMAIN §2).

Where several statuses stand, the action's outcome chooses among them (`acts`). An action that is not listed
is refused. `fall_due` is the clock's own step (`falling_due`), `blind_recheck` that of a courier who looks again
(`chalicelib/domain/rechecks`). `docs/status.md` holds the picture, rendered from this table by a test.
"""

from chalicelib.domain.reports.model import ENDED, OPEN, Action, Status

A, S = Action, Status

# What may be interrupted, by a question or a merge, and is then taken up again.
# What has been given to somebody.
SORTED = (S.WITH_VILLAGE, S.COORDINATING, S.DISPATCHED, S.IN_HANDLING, S.SUSPENDED, S.RESOLVED)
INTERRUPTED = (S.SUBMITTED, S.WITH_VILLAGE, S.WITH_CENTRE, S.DISPATCHED, S.IN_HANDLING)
MERGED = (*INTERRUPTED, S.COORDINATING, S.SUSPENDED)

TRANSITIONS: dict[tuple[Status, Action], tuple[Status, ...]] = {
    # waiting for the grid member, or the centre where the kind says so
    (S.SUBMITTED, A.VERIFY): (S.WITH_VILLAGE, S.WITH_CENTRE, S.RESOLVED, S.CLOSED),
    (S.SUBMITTED, A.REJECT): (S.INVALID,),
    (S.SUBMITTED, A.ASK_INFO): (S.NEEDS_INFO,),
    (S.SUBMITTED, A.DISPATCH): (S.DISPATCHED, S.WITH_VILLAGE),
    (S.SUBMITTED, A.TRANSFER): (S.TRANSFERRED,),
    (S.SUBMITTED, A.MERGE): (S.DUPLICATE,),
    (S.SUBMITTED, A.WITHDRAW): (S.WITHDRAWN,),
    (S.SUBMITTED, A.CANCEL): (S.WITHDRAWN,),
    (S.SUBMITTED, A.RELOCATE): (S.SUBMITTED, S.WITH_CENTRE),
    (S.SUBMITTED, A.FALL_DUE): (S.SUBMITTED,),
    # waiting for the reporter: returns to whoever asked
    (S.NEEDS_INFO, A.SUPPLY_INFO): INTERRUPTED,
    (S.NEEDS_INFO, A.FALL_DUE): INTERRUPTED,
    (S.NEEDS_INFO, A.WITHDRAW): (S.WITHDRAWN,),
    (S.NEEDS_INFO, A.CANCEL): (S.WITHDRAWN,),
    (S.NEEDS_INFO, A.MERGE): (S.DUPLICATE,),
    (S.NEEDS_INFO, A.DISPATCH): (S.DISPATCHED, S.WITH_VILLAGE),  # danger to life waits for nobody
    (S.NEEDS_INFO, A.TRANSFER): (S.TRANSFERRED,),
    # the village works on it
    (S.WITH_VILLAGE, A.RESOLVE): (S.RESOLVED,),
    (S.WITH_VILLAGE, A.ESCALATE): (S.WITH_CENTRE,),
    (S.WITH_VILLAGE, A.ASK_INFO): (S.NEEDS_INFO,),
    (S.WITH_VILLAGE, A.MERGE): (S.DUPLICATE,),
    (S.WITH_VILLAGE, A.CANCEL): (S.WITHDRAWN,),
    (S.WITH_VILLAGE, A.RELOCATE): (S.WITH_VILLAGE, S.WITH_CENTRE),
    (S.WITH_VILLAGE, A.FALL_DUE): (S.WITH_VILLAGE, S.WITH_CENTRE),
    # the centre sorts it
    (S.WITH_CENTRE, A.VERIFY): (S.WITH_VILLAGE, S.WITH_CENTRE, S.RESOLVED, S.CLOSED),  # what came unverified
    (S.WITH_CENTRE, A.WITHDRAW): (S.WITHDRAWN,),
    (S.WITH_CENTRE, A.DISPATCH): (S.DISPATCHED, S.WITH_VILLAGE),
    (S.WITH_CENTRE, A.RETURN_TO_VILLAGE): (S.WITH_VILLAGE,),
    (S.WITH_CENTRE, A.ANSWER): (S.RESOLVED,),
    (S.WITH_CENTRE, A.COORDINATE): (S.COORDINATING,),
    (S.WITH_CENTRE, A.TRANSFER): (S.TRANSFERRED,),
    (S.WITH_CENTRE, A.REJECT): (S.INVALID,),
    (S.WITH_CENTRE, A.ASK_INFO): (S.NEEDS_INFO,),
    (S.WITH_CENTRE, A.MERGE): (S.DUPLICATE,),
    (S.WITH_CENTRE, A.CANCEL): (S.WITHDRAWN,),
    (S.WITH_CENTRE, A.RELOCATE): (S.WITH_CENTRE,),
    (S.WITH_CENTRE, A.FALL_DUE): (S.WITH_CENTRE,),
    # the committee coordinates
    (S.COORDINATING, A.DECIDE): (S.DISPATCHED, S.WITH_VILLAGE, S.SUSPENDED, S.CLOSED),
    (S.COORDINATING, A.CANCEL): (S.WITHDRAWN,),
    (S.COORDINATING, A.FALL_DUE): (S.COORDINATING,),
    (S.COORDINATING, A.MERGE): (S.DUPLICATE,),
    # a department has it, to sign
    (S.DISPATCHED, A.ACCEPT): (S.IN_HANDLING,),
    (S.DISPATCHED, A.RETURN): (S.WITH_CENTRE,),
    (S.DISPATCHED, A.REASSIGN): (S.DISPATCHED,),
    (S.DISPATCHED, A.COORDINATE): (S.COORDINATING,),
    (S.DISPATCHED, A.FALL_DUE): (S.DISPATCHED, S.IN_HANDLING),
    (S.DISPATCHED, A.ASK_INFO): (S.NEEDS_INFO,),
    (S.DISPATCHED, A.MERGE): (S.DUPLICATE,),
    (S.DISPATCHED, A.CANCEL): (S.WITHDRAWN,),
    # a department works on it
    (S.IN_HANDLING, A.RESOLVE): (S.RESOLVED,),
    (S.IN_HANDLING, A.REQUEST_REASSIGN): (S.IN_HANDLING,),
    (S.IN_HANDLING, A.REASSIGN): (S.DISPATCHED,),
    (S.IN_HANDLING, A.REQUEST_EXTENSION): (S.IN_HANDLING,),
    (S.IN_HANDLING, A.GRANT): (S.IN_HANDLING, S.SUSPENDED),
    (S.IN_HANDLING, A.REFUSE): (S.IN_HANDLING,),
    (S.IN_HANDLING, A.WITHDRAW_REQUEST): (S.IN_HANDLING,),
    (S.IN_HANDLING, A.MAKE_SAFE): (S.IN_HANDLING,),
    (S.IN_HANDLING, A.SUSPEND): (S.SUSPENDED, S.IN_HANDLING),
    (S.IN_HANDLING, A.COORDINATE): (S.COORDINATING,),
    (S.IN_HANDLING, A.FALL_DUE): (S.IN_HANDLING,),
    (S.IN_HANDLING, A.ASK_INFO): (S.NEEDS_INFO,),
    (S.IN_HANDLING, A.MERGE): (S.DUPLICATE,),
    (S.IN_HANDLING, A.CANCEL): (S.WITHDRAWN,),
    # it waits for something named
    (S.SUSPENDED, A.RESUME): (S.IN_HANDLING, S.WITH_CENTRE),
    (S.SUSPENDED, A.MERGE): (S.DUPLICATE,),
    (S.SUSPENDED, A.COORDINATE): (S.COORDINATING,),
    (S.SUSPENDED, A.CANCEL): (S.WITHDRAWN,),
    (S.SUSPENDED, A.FALL_DUE): (S.SUSPENDED, S.COORDINATING),
    # said to be solved: re-checked by another person, the reporter asked
    (S.RESOLVED, A.CONFIRM): (S.CLOSED, S.RESOLVED),
    (S.RESOLVED, A.REOPEN): (S.WITH_VILLAGE, S.WITH_CENTRE, S.IN_HANDLING),
    (S.RESOLVED, A.FALL_DUE): (S.RESOLVED, S.CLOSED),
    # ended
    (S.CLOSED, A.CONFIRM): (S.CLOSED,),
    (S.CLOSED, A.BLIND_RECHECK): (S.CLOSED,),
    (S.CLOSED, A.REOPEN): (S.WITH_VILLAGE, S.WITH_CENTRE, S.IN_HANDLING),
    (S.INVALID, A.OBJECT): (S.WITH_CENTRE,),
    (S.INVALID, A.CONFIRM): (S.INVALID,),
    (S.DUPLICATE, A.UNMERGE): MERGED,
    (S.DUPLICATE, A.PROMOTE): MERGED,  # its main report turned out to be none
    (S.TRANSFERRED, A.TAKE_BACK): (S.WITH_CENTRE,),
    # a co-handler's part, while a village or a department leads; and who else is to help
    **{
        (status, action): (status,)
        for status in (S.WITH_VILLAGE, S.DISPATCHED, S.IN_HANDLING)
        for action in (A.ACCEPT_PART, A.RETURN_PART, A.FILE_PART, A.CALL_IN)
    },
    # any time
    **{(status, A.COMMENT): (status,) for status in S},
    **{(status, A.ADD_INFO): (status,) for status in S},
    # while it is open
    **{(status, action): (status,) for status in S if status in OPEN for action in (A.URGE, A.SUPERVISE)},
    # … it may turn out to be another matter: a child at risk, and what waits though it is urgent, comes to the centre
    **{(status, A.RECLASSIFY): (status,) for status in (S.SUBMITTED, S.WITH_CENTRE)},
    (S.NEEDS_INFO, A.RECLASSIFY): (S.NEEDS_INFO, *INTERRUPTED),
    **{(status, A.RECLASSIFY): (status, S.WITH_CENTRE) for status in SORTED},
    # … and nobody but the reporter is waited for
    **{
        (status, action): (status,)
        for status in S
        if status in OPEN - {S.NEEDS_INFO}
        for action in (A.CLAIM, A.ASSIGN, A.HAND_OVER)
    },
}

# These leave a mark in the history and change nothing else: no status, no holder, no deadline.
REMARKS = frozenset({A.COMMENT, A.ADD_INFO})


def ends(status: Status) -> bool:
    """Whether nothing more is due in this status."""
    return status in ENDED


def mermaid() -> str:
    """The table as a Mermaid state diagram: one arrow per pair of statuses, remarks and what stays left out."""
    arrows: dict[tuple[Status, Status], list[Action]] = {}
    for (status, action), nexts in TRANSITIONS.items():
        for after in nexts:
            if after is not status:
                arrows.setdefault((status, after), []).append(action)
    lines = [f"    {a} --> {b}: {', '.join(actions)}" for (a, b), actions in arrows.items()]
    ends_lines = [f"    {status} --> [*]" for status in S if status in ENDED]
    return "\n".join(["stateDiagram-v2", "    [*] --> submitted: submit", *lines, *ends_lines])
