"""Calls about duty rosters and alarms: who may make them, and one of each operation that succeeds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.calendar import ZONE
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import COURIER, TOWNSHIP, VILLAGE, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]

VILLAGE_POST = f"village:{VILLAGE}"
SHIFT = {"begins": "08:00", "main": {"name": "值班员", "phone": "10000000001"}, "deputy": None}
DANGER = {"klass": "E", "severity": 4}
LEAK = {"text": "有煤气味", "kind": "0106", "location": {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"}}


def days() -> tuple[str, str]:
    """Today and a week later, where these tests run."""
    today = datetime.now(UTC).astimezone(ZONE).date()
    return today.isoformat(), (today + timedelta(days=7)).isoformat()


def read(post: str) -> Call:
    return lambda api, by, _: api.send(
        "GET", f"/rosters/{post}", by=by, query=dict(zip(("from", "to"), days(), strict=True))
    )


def write(post: str) -> Call:
    def call(api: Client, by: Actor | None, _: str) -> Answer:
        return put(api, f"/rosters/{post}", {"days": [{"day": days()[0], "shifts": [SHIFT]}]}, by)

    return call


def copy(post: str) -> Call:
    return lambda api, by, _: api.post(f"/rosters/{post}/copies", {"first": days()[1]}, by=by)


def put(api: Client, path: str, body: dict[str, Any], by: Actor | None) -> Answer:
    """PUT a JSON body."""
    import json

    return api.send("PUT", path, by=by, body=json.dumps(body))


def acknowledge(*, centre_only: bool) -> Call:
    def call(api: Client, by: Actor | None, id: str) -> Answer:
        raise_alarm(id, centre_only=centre_only)
        return api.post(f"/reports/{id}/alarm/acknowledgement", {}, by=by)

    return call


def raise_alarm(report_id: str, *, centre_only: bool = False) -> None:
    """An alarm that waits for an answer; another one where there was one before."""
    from chalicelib.domain.duty.alarms import Alarm
    from chalicelib.store.base import Transaction
    from chalicelib.store.duty import alarms

    before, now, transaction = alarms.find(report_id), datetime.now(UTC), Transaction()
    alarm = Alarm(
        report_id=report_id,
        number=before.number + 1 if before else 1,
        raised_at=now,
        centre=Post(Role.CENTRE, TOWNSHIP).key,
        committee=Post(Role.COMMITTEE, TOWNSHIP).key,
        village=None if centre_only else VILLAGE_POST,
        next_at=now,
    )
    alarms.put(alarm, over=before, transaction=transaction)
    transaction.commit()


def keep_quiet(api: Client, by: Actor | None, _: str) -> Answer:
    return put(api, "/me/quiet", {"until": None}, by)


def page(method: str) -> Call:
    return lambda api, by, _: api.send(method, f"/alarms/{called(api)}", by=by)


def called(api: Client) -> str:
    """The token of one who is called for a new danger to life."""
    from chalicelib.store.base import Transaction
    from chalicelib.store.notifications import deliveries

    report_id, token = api.post("/reports", LEAK, by=COURIER).json["id"], uuid4().hex
    raise_alarm(report_id)
    now = datetime.now(UTC)
    link = deliveries.Link(report_id=report_id, called=f"{VILLAGE_POST}#main", at=now)
    deliveries.put_link(token, link, until=now + timedelta(hours=1), transaction=(there := Transaction()))
    there.commit()
    return token


SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    "GET /rosters/{post}": (read(VILLAGE_POST), None),
    "GET /rosters/{post} of a department": (read("department:D04"), None),
    "PUT /rosters/{post}": (write(VILLAGE_POST), None),
    "PUT /rosters/{post} of the centre": (write(f"centre:{TOWNSHIP}"), None),
    "PUT /rosters/{post} of a body without accounts": (write("department:D07"), None),
    "POST /rosters/{post}/copies": (copy(VILLAGE_POST), None),
    "PUT /me/quiet": (keep_quiet, None),
    "GET /alarms/{token}": (page("GET"), None),
    "POST /alarms/{token}": (page("POST"), None),
    "POST /reports/{report_id}/alarm/acknowledgement": (acknowledge(centre_only=False), DANGER),
    "POST /reports/{report_id}/alarm/acknowledgement centre only": (
        acknowledge(centre_only=True),
        DANGER | {"confidential": True, "verify_by_centre": True},
    ),
}


def answered(api: Client, id: str) -> Answer:
    """The alarm of a report is acknowledged in the app."""
    raise_alarm(id)
    return api.post(f"/reports/{id}/alarm/acknowledgement", {}, by=VILLAGER)


CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "get_roster": lambda api, _: read(VILLAGE_POST)(api, VILLAGER, ""),
    "put_roster": lambda api, _: write(VILLAGE_POST)(api, VILLAGER, ""),
    "copy_roster": lambda api, _: copy(VILLAGE_POST)(api, VILLAGER, ""),
    "keep_quiet": lambda api, _: keep_quiet(api, COURIER, ""),
    "show_alarm": lambda api, _: page("GET")(api, None, ""),
    "answer_alarm": lambda api, _: page("POST")(api, None, ""),
    "acknowledge_alarm": answered,
}
