"""Who hears what: the tables behind `notices`. The sentences stand in `data/messages.csv`."""

from enum import StrEnum

from chalicelib.domain.duty import alarms
from chalicelib.domain.people.model import Role
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reports.model import Action, Status

A, S, E = Action, Status, Effect

# What the reporter hears of an action …
REPORTER_HEARS = {
    A.VERIFY: "verified",
    A.ASK_INFO: "info_asked",
    A.MERGE: "merged",
    A.UNMERGE: "unmerged",
    A.PROMOTE: "promoted",
    A.DISPATCH: "dispatched",
    A.DECIDE: "dispatched",
    A.REASSIGN: "dispatched",
    A.RETURN_TO_VILLAGE: "given_to_village",
    A.COORDINATE: "coordinating",
    A.ACCEPT: "accepted",
    A.ESCALATE: "passed_on",
    A.TRANSFER: "transferred",
    A.TAKE_BACK: "taken_back",
    A.MAKE_SAFE: "made_safe",
    A.RESUME: "resumed",
    A.CANCEL: "cancelled",
    A.RESOLVE: "resolved",
    A.ANSWER: "resolved",
    A.CONFIRM: "closed",
    A.REOPEN: "reopened",
    A.COMMENT: "commented",
    A.ADD_INFO: "commented",
    A.DISCUSS: "discussed",
}
# … or rather this, where it led to that status …
INSTEAD = {
    (A.VERIFY, S.CLOSED): "verified_gone",
    (A.VERIFY, S.RESOLVED): "verified_solved",
    (A.DISPATCH, S.WITH_VILLAGE): "given_to_village",
    (A.DECIDE, S.WITH_VILLAGE): "given_to_village",
    (A.DECIDE, S.SUSPENDED): "suspended",
    (A.DECIDE, S.CLOSED): "closed_unsolved",
    (A.SUSPEND, S.SUSPENDED): "suspended",
    (A.GRANT, S.SUSPENDED): "suspended",
    (A.CONFIRM, S.RESOLVED): None,
    (A.CONFIRM, S.INVALID): None,
}
# … and of the clock's own steps.
REPORTER_HEARS_OF = {
    E.ESCALATE_TO_CENTRE: "passed_on_late",
    E.SIGN_BY_DEFAULT: "accepted_by_default",
    E.CLOSE_UNCHECKED: "closed_unchecked",
}
# What the pool hears that a report now lies with, by where it stands …
HOLDER_HEARS = {
    S.SUBMITTED: "to_verify",
    S.WITH_VILLAGE: "to_solve",
    S.WITH_CENTRE: "to_sort",
    S.COORDINATING: "to_coordinate",
    S.DISPATCHED: "to_sign",
    S.IN_HANDLING: "to_redo",
    S.SUSPENDED: "to_review",
    S.RESOLVED: "to_recheck",
}
# … or rather by what brought it there.
BROUGHT_BY: dict[Action | Effect, str] = {
    A.SUPPLY_INFO: "info_supplied",
    A.OBJECT: "objected",
    A.RETURN: "returned",
    A.RESUME: "to_go_on",
    E.SIGN_BY_DEFAULT: "signed_by_default",
    E.INFO_OVER: "info_over",
    E.CENTRE_MAY_VERIFY: "may_verify",
    E.CENTRE_RECHECKS: "to_recheck_late",
}
# Its own step, and the colleagues who share the pool see it in their list.
NO_NEWS_TO_HOLDER = frozenset({A.ACCEPT})


class Who(StrEnum):
    """A pool, as it follows from the event."""

    TURN = "turn"  # who is named, if anybody is; else the pool whose turn it is
    LEAD = "lead"
    BEFORE = "before"  # the pool it lay with before
    FORMER = "former"  # the lead that leads no more
    VILLAGE = "village"
    CENTRE = "centre"
    COMMITTEE = "committee"


W = Who
# What others hear, besides.
OTHERS_HEAR: dict[Action | Effect, tuple[tuple[Who, str], ...]] = {
    A.ASSIGN: ((W.TURN, "assigned"),),
    A.HAND_OVER: ((W.TURN, "assigned"),),
    A.URGE: ((W.TURN, "urged"),),
    A.SUPERVISE: ((W.TURN, "supervised"), (W.CENTRE, "supervised")),
    A.RECLASSIFY: ((W.TURN, "reclassified"), (W.BEFORE, "taken_off"), (W.FORMER, "taken_off")),
    A.REQUEST_REASSIGN: ((W.CENTRE, "requested"),),
    A.REQUEST_EXTENSION: ((W.CENTRE, "requested"),),
    A.SUSPEND: ((W.CENTRE, "requested"), (W.LEAD, "suspended_lead")),
    A.WITHDRAW_REQUEST: ((W.CENTRE, "request_withdrawn"),),
    A.CALL_IN: ((W.TURN, "called_in"),),
    A.GRANT: ((W.LEAD, "granted"),),
    A.REFUSE: ((W.LEAD, "refused"),),
    A.MAKE_SAFE: ((W.CENTRE, "made_safe_class"),),
    A.RETURN_PART: ((W.CENTRE, "part_returned"),),
    A.FILE_PART: ((W.LEAD, "part_filed"),),
    A.CANCEL: ((W.BEFORE, "taken_off"),),
    A.REASSIGN: ((W.BEFORE, "taken_off"),),
    A.COORDINATE: ((W.BEFORE, "taken_off"),),
    A.TRANSFER: ((W.BEFORE, "taken_off"),),
    A.WITHDRAW: ((W.BEFORE, "taken_off"),),
    A.MERGE: ((W.BEFORE, "taken_off"),),
    A.ACKNOWLEDGE: ((W.VILLAGE, "alarm_answered"), (W.CENTRE, "alarm_answered")),
    E.REMIND_HOLDER: ((W.TURN, "reminder"),),
    E.VILLAGE_MAY_VERIFY: ((W.VILLAGE, "may_verify"), (W.TURN, "reminder")),
    E.CENTRE_MAY_VERIFY: ((W.CENTRE, "may_verify"),),
    E.ESCALATE_TO_CENTRE: ((W.BEFORE, "taken_over"),),
    E.TELL_COMMITTEE: ((W.COMMITTEE, "overdue"),),
    E.TELL_CHAIR_AND_AGENDA: ((W.COMMITTEE, "overdue_chair"),),
    E.SUPERVISE_YELLOW: (
        (W.LEAD, "supervised_yellow"),
        (W.COMMITTEE, "supervised_yellow"),
        (W.CENTRE, "supervised_yellow"),
    ),
    E.SUPERVISE_RED: ((W.LEAD, "supervised_red"), (W.COMMITTEE, "supervised_red"), (W.CENTRE, "supervised_red")),
    E.CENTRE_RECHECKS: ((W.CENTRE, "to_recheck_late"),),
    E.CLOSE_UNCHECKED: ((W.CENTRE, "closed_unchecked_centre"),),
    E.REVIEW: ((W.TURN, "to_review"),),
    E.REQUEST_OVER: ((W.TURN, "request_over"), (W.LEAD, "request_over_lead")),
    E.PART_LATE: ((W.TURN, "part_late"), (W.LEAD, "part_late"), (W.CENTRE, "part_late")),
}
# Whoever finds a closing to be false, the centre hears of it.
FALSE_CLOSING: tuple[tuple[Who, str], ...] = ((W.CENTRE, "false_closing"),)
# The first line of duty where lives are in danger …
ALARM = {Role.GRID_MEMBER: "alarm", Role.VILLAGE: "alarm_guard", Role.CENTRE: "alarm"}
ALARM_CENTRE_ONLY = "alarm_centre_only"
# … and who is called in when nobody there answers.
UNANSWERED = {alarms.Step.CENTRE: W.CENTRE, alarms.Step.COMMITTEE: W.COMMITTEE}
