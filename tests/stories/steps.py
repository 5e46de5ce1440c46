"""What stories do and look at, over HTTP; and behind the product's back, where they must see what nobody is shown."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from msgspec.json import decode

from chalicelib.domain.events import Event
from chalicelib.domain.figures import tallies
from chalicelib.domain.figures.figures import ENTERED, EVER, LEFT
from chalicelib.domain.figures.tallies import Tally
from chalicelib.domain.reports.model import Status
from demo.client import Cast, Json, Person, Refused, patiently
from infra.local.cloud import Cloud

FOLLOWED = (
    *("notices", "points", "figures", "alarms", "outbox", "links", "merges", "cells", "rechecks", "checks"),
    *("rankings", "timers", "happenings"),
)
# What follows from history; nothing else may change when the past is told again.
FOLLOWERS = ("inbox", "ledger", "wallets", "figures", "contributions", "tallies", "marks")
PATIENCE = timedelta(seconds=120)


def cast_of(cloud: Cloud) -> Cast:
    """Everyone of the pilot, with the tokens of the latest start."""
    people = {key: (person.id, person.token) for key, person in cloud.people.items()}
    return Cast.of(cloud.api, people, sms=cloud.sms)


def place(lat: float, lon: float, crs: str = "wgs84") -> Json:
    return {"lat": lat, "lon": lon, "crs": crs}


def file(person: Person, kind: str | None, lat: float, lon: float, **fields: object) -> Json:
    """A report; staff file for someone, on patrol, which no cap limits."""
    source = {} if person.key.startswith("courier") else {"source": "patrol"}
    kinds = {"kind": kind} if kind else {}
    body = {"text": "井边的路灯", "location": place(lat, lon)} | source | kinds | fields
    accepted: Json = person.post("/reports", body)
    return accepted


def act(person: Person, report: Json, action: str, **fields: object) -> Json:
    standing: Json = person.post(f"/reports/{report['id']}/actions", {"action": action, **fields})
    return standing


def refusal(call: Callable[[], object]) -> Refused:
    """How the call was refused."""
    try:
        call()
    except Refused as refused:
        return refused
    raise AssertionError("it should have been refused")


def at_once[T](call: Callable[[int], T], times: int = 8) -> list[T]:
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(call, range(times)))


def told(person: Person, report_id: str) -> list[str]:
    """Templates of what somebody heard about a report, oldest first."""
    messages, cursor = list[Json](), ""
    while True:
        page = person.get("/inbox", limit=100, **({"cursor": cursor} if cursor else {}))
        messages += page["messages"]
        if not (cursor := page["cursor"]):
            return [one["template"] for one in reversed(messages) if one["report_id"] == report_id]


def hears(person: Person, report_id: str, template: str) -> None:
    patiently(f"{template} to {person.key}", lambda: told(person, report_id), lambda seen: template in seen)


def items(cloud: Cloud, table: str) -> list[Json]:
    """Everything in a table."""
    pages = cloud.client("dynamodb").get_paginator("scan").paginate(TableName=f"fenjian-local-{table}")
    return [item for page in pages for item in page["Items"]]


def history(cloud: Cloud) -> list[Event]:
    """Every line of a report."""
    return [decode(item["event"]["S"], type=Event) for item in items(cloud, "history") if "event" in item]


def dump(cloud: Cloud) -> dict[str, list[str]]:
    """What follows from history, as it stands in the tables."""
    return {table: sorted(json.dumps(item, sort_keys=True) for item in items(cloud, table)) for table in FOLLOWERS}


def flows(cloud: Cloud, grid: str, kind: str) -> dict[str, tuple[int, int]]:
    """How many reports of a kind entered and left each status in a grid, on all days together."""
    counts: dict[str, int] = {}
    for item in items(cloud, "figures"):
        day, area, of, *_ = item["leaf"]["S"].split("#")
        if (area, of) == (grid, kind) and day != EVER:
            for name, value in item.items():
                counts[name] = counts.get(name, 0) + int(value.get("N", 0))
    both = {status: (counts.get(f"{ENTERED}{status}", 0), counts.get(f"{LEFT}{status}", 0)) for status in Status}
    return {status: moved for status, moved in both.items() if any(moved)}


def queue_url(cloud: Cloud, queue: str) -> str:
    url: str = cloud.client("sqs").get_queue_url(QueueName=f"fenjian-local-{queue}")["QueueUrl"]
    return url


def waiting(cloud: Cloud, queue: str) -> int:
    """Messages in a queue, those included that are being worked on."""
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    answer: Any = cloud.client("sqs").get_queue_attributes(QueueUrl=queue_url(cloud, queue), AttributeNames=counts)
    return sum(int(answer["Attributes"][count]) for count in counts)


def settle(cloud: Cloud) -> None:
    """Return when all that happened has been followed, and nothing is under way; one look may be early."""

    def pending() -> dict[str, int]:
        added = {item["report_id"]["S"]: decode(item["body"]["S"], type=Tally) for item in items(cloud, "tallies")}
        concerned = [event for event in history(cloud) if tallies.concerns(event)]
        unmarked = sum(event.number > added.get(event.subject_id, Tally()).number for event in concerned)
        return {"unmarked": unmarked} | {queue: waiting(cloud, queue) for queue in (*FOLLOWED, "photos")}

    for _ in range(2):
        patiently("quiet", pending, lambda seen: not any(seen.values()), patience=PATIENCE)


def dead(cloud: Cloud) -> dict[str, int]:
    """Messages that were given up, by queue; empty when all is well."""
    counts = {queue: waiting(cloud, f"{queue}-dlq") for queue in (*FOLLOWED, "photos")}
    counts["relay-failures"] = waiting(cloud, "relay-failures")
    return {queue: count for queue, count in counts.items() if count}
