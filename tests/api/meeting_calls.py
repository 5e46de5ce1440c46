"""Calls about meetings: who may make them (rows of the matrix), and one of each operation that succeeds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports.model import Report, Status
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import CENTRE, COMMITTEE, TOWNSHIP, report

type Call = Callable[[Client, Actor | None, str], Answer]

ACTIONS = "POST /meetings/{meeting_id}/actions"
PENS = {"town": COMMITTEE, "joint": CENTRE}


def day(ahead: int = 3) -> str:
    """A local day, where these tests run."""
    return (datetime.now(UTC).astimezone(ZONE).date() + timedelta(days=ahead)).isoformat()


def new_case(status: Status = Status.COORDINATING, kind: str = "0303") -> str:
    """A case that has just come to the committee; or a report in another status."""
    from chalicelib.store.base import Transaction
    from chalicelib.store.reports import reports

    now = datetime.now(UTC)
    made: Report = report(status, id=str(uuid4()), kind=kind, entered_at=now, created_at=now, department=None)
    if status is Status.COORDINATING:
        made = replace(made, holder=Post(Role.COMMITTEE, TOWNSHIP))
    transaction = Transaction()
    reports.put(replace(made, version=1), transaction=transaction)
    transaction.commit()
    return made.id


def new_meeting(api: Client, body: str = "town", **fields: Any) -> str:
    """A new draft."""
    plan = {"body": body, "title": "镇党委协调会", "day": day(), "place": "三楼会议室"} | fields
    id: str = api.post("/meetings", plan, by=PENS[body]).json["id"]
    return id


def new_topic(api: Client) -> str:
    """A proposal on the joint meeting's agenda."""
    body = {"about": "service", "title": "暖蜂驿站", "text": "冬季夜间开放"}
    id: str = api.post("/agenda/topics", body, by=CENTRE).json["id"]
    return id


def done(api: Client, meeting: str, action: str, by: Actor | None = COMMITTEE, **fields: Any) -> Answer:
    """Something done to a meeting."""
    return api.post(f"/meetings/{meeting}/actions", {"action": action, **fields}, by=by)


def agreed(api: Client, meeting: str, topic: str, by: Actor | None) -> Answer:
    """The joint meeting agrees on a topic."""
    said = {"action": "agree", "item": topic, "by": day(30), "who": ["市场监管所"], "text": "增设投递柜"}
    return api.post(f"/meetings/{meeting}/actions", said, by=by)


def with_case(api: Client, **fields: Any) -> tuple[str, str]:
    """A meeting that has gathered a case, and the case."""
    meeting, case = new_meeting(api, **fields), new_case()
    assert done(api, meeting, "gather", items=[case]).status == 200
    return meeting, case


def announced(api: Client) -> str:
    """A meeting to which D04 is invited, and knows it."""
    meeting, _ = with_case(api, invited=["D04"])
    done(api, meeting, "announce")
    return meeting


def decided(api: Client) -> str:
    """A meeting whose minutes may be published."""
    meeting, case = with_case(api)
    done(api, meeting, "decide", item=case, decision="dispatch", department="D04", reason="牵头")
    return meeting


def followed(api: Client) -> str:
    """A follow-up of a joint meeting whose minutes were carried out."""
    from chalicelib.services.meetings import publishing

    meeting, topic = new_meeting(api, "joint"), new_topic(api)
    done(api, meeting, "gather", CENTRE, items=[topic])
    agreed(api, meeting, topic, CENTRE)
    done(api, meeting, "publish", CENTRE)
    publishing.settle(meeting, topic, now=datetime.now(UTC))
    return f"{meeting}.{topic}"


def get(path: str, **query: str) -> Call:
    return lambda api, by, _: api.get(path, by=by, **query)


def call(body: str) -> Call:
    return lambda api, by, _: api.post("/meetings", {"body": body, "title": "会", "day": day()}, by=by)


def act(action: str, **fields: Any) -> Call:
    """Do this to a new draft of the town that has a case."""

    def send(api: Client, by: Actor | None, _: str) -> Answer:
        meeting, case = with_case(api)
        named = {name: case if value == "case" else value for name, value in fields.items()}
        return done(api, meeting, action, by, **named)

    return send


def gather(api: Client, by: Actor | None, _: str) -> Answer:
    return done(api, new_meeting(api), "gather", by, items=[new_case()])


def drop(api: Client, by: Actor | None, _: str) -> Answer:
    meeting, case = with_case(api)
    return done(api, meeting, "drop", by, items=[case])


def agree(api: Client, by: Actor | None, _: str) -> Answer:
    meeting, topic = new_meeting(api, "joint"), new_topic(api)
    done(api, meeting, "gather", CENTRE, items=[topic])
    return agreed(api, meeting, topic, by)


def publish(api: Client, by: Actor | None, _: str) -> Answer:
    return done(api, decided(api), "publish", by)


def nominate(api: Client, by: Actor | None, _: str) -> Answer:
    body = {"about": "report", "report": new_case(Status.WITH_CENTRE, "1202"), "text": "三个村都提到"}
    return api.post("/agenda/topics", body, by=by)


def take_off(api: Client, by: Actor | None, _: str) -> Answer:
    return api.send("DELETE", f"/agenda/topics/{new_topic(api)}", by=by)


def step(api: Client, by: Actor | None, _: str) -> Answer:
    return api.post(f"/follow-ups/{followed(api)}/steps", {"state": "done", "note": "已装好"}, by=by)


# The rows of the matrix that are about meetings, in its order.
SITUATIONS: dict[str, tuple[Call, None]] = {
    "GET /agenda/cases": (get("/agenda/cases"), None),
    "GET /agenda/topics": (get("/agenda/topics"), None),
    "POST /agenda/topics": (nominate, None),
    "DELETE /agenda/topics/{topic_id}": (take_off, None),
    "POST /meetings": (call("town"), None),
    "POST /meetings joint": (call("joint"), None),
    "GET /meetings": (get("/meetings"), None),
    "GET /meetings joint": (get("/meetings", body="joint"), None),
    "GET /meetings/{meeting_id}": (lambda api, by, _: api.get(f"/meetings/{new_meeting(api)}", by=by), None),
    "GET /meetings/{meeting_id} announced": (lambda api, by, _: api.get(f"/meetings/{announced(api)}", by=by), None),
    "GET /meetings/{meeting_id} joint": (
        lambda api, by, _: api.get(f"/meetings/{new_meeting(api, 'joint')}", by=by),
        None,
    ),
    f"{ACTIONS} change": (act("change", title="会", day=day()), None),
    f"{ACTIONS} gather": (gather, None),
    f"{ACTIONS} drop": (drop, None),
    f"{ACTIONS} decide": (act("decide", item="case", decision="dispatch", department="D04", reason="a"), None),
    f"{ACTIONS} agree": (agree, None),
    f"{ACTIONS} postpone": (act("postpone", item="case", reason="等勘察"), None),
    f"{ACTIONS} announce": (act("announce"), None),
    f"{ACTIONS} publish": (publish, None),
    f"{ACTIONS} cancel": (act("cancel", reason="停会"), None),
    "GET /follow-ups": (get("/follow-ups"), None),
    "GET /follow-ups/{follow_up_id}": (lambda api, by, _: api.get(f"/follow-ups/{followed(api)}", by=by), None),
    "POST /follow-ups/{follow_up_id}/steps": (step, None),
}

# One call of every operation that succeeds.
CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "list_waiting_cases": lambda api, _: api.get("/agenda/cases", by=COMMITTEE, crs="gcj02"),
    "list_topics": lambda api, _: api.get("/agenda/topics", by=COMMITTEE),
    "put_topic": lambda api, _: nominate(api, CENTRE, ""),
    "take_off_topic": lambda api, _: take_off(api, CENTRE, ""),
    "call_meeting": lambda api, _: call("town")(api, COMMITTEE, ""),
    "list_meetings": lambda api, _: api.get("/meetings", by=COMMITTEE, limit=1),
    "get_meeting": lambda api, _: api.get(f"/meetings/{announced(api)}", by=COMMITTEE),
    "act_on_meeting": lambda api, _: publish(api, COMMITTEE, ""),
    "list_follow_ups": lambda api, _: api.get("/follow-ups", by=COMMITTEE),
    "get_follow_up": lambda api, _: api.get(f"/follow-ups/{followed(api)}", by=COMMITTEE),
    "step_follow_up": lambda api, _: step(api, CENTRE, ""),
}
