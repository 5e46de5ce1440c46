"""The actions beyond the ordinary way, asked by everyone: a call of each, and the report it is asked of."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reports.model import Paused, Status
from chalicelib.domain.reports.running import Part, Request, Run, Stage
from chalicelib.domain.reports.terms import RejectReason, Wish
from tests.builders import COURIER, GRID, NEXT_GRID, TOWNSHIP, VILLAGE

S = Status
NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=30)
RUN = Run(stage=Stage.DEPT, clock=Clock.N24, since=NOW, hours=720)
LEAD = Post(Role.DEPARTMENT, "D04")
CENTRES, COMMITTEES = Post(Role.CENTRE, TOWNSHIP), Post(Role.COMMITTEE, TOWNSHIP)
SUBMITTED: dict[str, Any] = {"status": S.SUBMITTED, "holder": Post(Role.GRID_MEMBER, GRID)}
WITH_VILLAGE: dict[str, Any] = {"status": S.WITH_VILLAGE, "holder": Post(Role.VILLAGE, VILLAGE), "village_held": True}
WITH_CENTRE: dict[str, Any] = {"status": S.WITH_CENTRE, "holder": CENTRES}
DISPATCHED: dict[str, Any] = {"status": S.DISPATCHED, "holder": LEAD, "department": "D04", "due_at": LATER}
IN_HANDLING: dict[str, Any] = {**DISPATCHED, "status": S.IN_HANDLING, "run": RUN}
PAUSED = Paused(status=S.IN_HANDLING, run=RUN, entered_at=NOW, at=NOW, assignee=None)
WAITING = {**IN_HANDLING, "status": S.SUSPENDED, "holder": CENTRES, "paused": PAUSED}
PART = Part(department="V", since=NOW, hours=700, due_at=LATER, return_by=LATER)
HELPED = {**IN_HANDLING, "village_held": True, "co_handlers": ("V",), "parts": (PART,)}
WISHED = {
    **IN_HANDLING,
    "request": Request(wish=Wish.SUSPEND, by="works", at=NOW, due_at=LATER, reason="a", plan="b"),
}
ENDED: dict[str, Any] = {"holder": None, "due_at": None, "run": None, "ended_at": NOW}

# Action: what is sent beside it, and of which report it is asked.
ACTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "object": ({"reason": "a"}, {**ENDED, "status": S.INVALID}),
    "ask_info": ({"question": "a"}, SUBMITTED),
    "supply_info": (
        {"text": "a"},
        {**IN_HANDLING, "status": S.NEEDS_INFO, "holder": Post(Role.COURIER, COURIER.id), "paused": PAUSED},
    ),
    "claim": ({}, SUBMITTED),
    "hand_over": ({}, {**IN_HANDLING, "assignee": "somebody"}),
    "relocate": ({"grid": NEXT_GRID}, SUBMITTED),
    "reclassify": ({"severity": 3, "reason": "a"}, SUBMITTED),
    "unmerge": ({"reason": "a"}, {**ENDED, "status": S.DUPLICATE, "main": "other", "paused": PAUSED}),
    "return_to_village": ({"reason": "a"}, WITH_CENTRE),
    "coordinate": ({"reason": "a"}, WITH_CENTRE),
    "reassign": ({"department": "D01", "reason": "a"}, IN_HANDLING),
    "call_in": ({"co_handlers": ["D10"]}, IN_HANDLING),
    "transfer": ({"service": "12345", "number": "7"}, WITH_CENTRE),
    "take_back": ({"reason": "a"}, {**ENDED, "status": S.TRANSFERRED}),
    "cancel": ({"reason": "a"}, WITH_CENTRE),
    "decide": ({"decision": "to_village", "reason": "a"}, {"status": S.COORDINATING, "holder": COMMITTEES}),
    "return": ({"reason": "not_ours", "explanation": "a"}, DISPATCHED),
    "request_reassign": ({"reason": "a"}, IN_HANDLING),
    "request_extension": ({"hours": 2, "reason": "a"}, IN_HANDLING),
    "withdraw_request": ({}, WISHED),
    "grant": ({}, WISHED),
    "refuse": ({"reason": "a"}, WISHED),
    "suspend": ({"cause": "a", "plan": "b"}, IN_HANDLING),
    "resume": ({}, WAITING),
    "urge": ({"text": "a"}, IN_HANDLING),
    "supervise": ({"watch": "red", "text": "a"}, IN_HANDLING),
    "accept_part": ({}, HELPED),
    "return_part": ({"reason": "a"}, HELPED),
    "file_part": ({"result": "a"}, HELPED),
    "confirm false": ({}, {**ENDED, "status": S.INVALID, "rejected": RejectReason.FALSE}),
}
