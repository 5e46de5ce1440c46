"""A danger to life: those on duty are called by SMS, one answers through the link, and nobody further is called."""

import json
from datetime import datetime
from typing import Any

import requests

from chalicelib.domain.reference.calendar import ZONE
from demo.client import Person, patiently
from infra.local.cloud import Cloud
from tests.stories.steps import act, cast_of, dead, file, hears, settle

SHENQING_1 = (24.6085, 117.9795)
VILLAGE, CENTRE = "village:350211102202", "centre:350211102"
GAS_LEAK, LONG_AGO = "0106", "2026-01-01T00:00:00"
PHONES = {(VILLAGE, "main"): "10000009001", (CENTRE, "main"): "10000009002", (CENTRE, "deputy"): "10000009003"}


def put_on_duty(person: Person, post: str) -> None:
    """All of today, written by somebody who holds the post."""
    today = datetime.now(ZONE).date()
    shift = {
        slot: {"name": f"{post} {slot}", "phone": phone} for (where, slot), phone in PHONES.items() if where == post
    }
    person.ask("PUT", f"/rosters/{post}", json={"days": [{"day": today.isoformat(), "shifts": [shift]}]})


def inbox(cloud: Cloud, phone: str) -> list[dict[str, str]]:
    """What a phone was sent, oldest first."""
    found: list[dict[str, str]] = requests.get(f"{cloud.sms}/messages", params={"to": phone}, timeout=5).json()
    return found


def sent_to(cloud: Cloud, phone: str, count: int = 1) -> list[dict[str, str]]:
    return patiently(f"an SMS to {phone}", lambda: inbox(cloud, phone), lambda found: len(found) >= count)


def lines(person: Person, id: str) -> list[tuple[str, Any]]:
    return [(one["action"], one["details"].get("step")) for one in person.get(f"/reports/{id}")["history"]]


def test_those_on_duty_are_called_and_one_answers_through_the_link(cloud: Cloud) -> None:
    cast = cast_of(cloud)
    put_on_duty(cast["village"], VILLAGE)
    put_on_duty(cast["centre"], CENTRE)
    report = file(cast["courier"], GAS_LEAK, *SHENQING_1)
    (to_village,) = sent_to(cloud, PHONES[VILLAGE, "main"])
    (to_centre,) = sent_to(cloud, PHONES[CENTRE, "main"])
    assert "值守" in to_village["text"] and "深青村" in to_centre["text"]
    hears(cast["village"], report["id"], "alarm_guard")
    link, other = ("http" + sms["text"].rpartition("http")[2] for sms in (to_centre, to_village))
    page = requests.get(link, timeout=30).text
    assert "我已收到" in page and "深青村：燃气泄漏" in page
    assert "您已确认收到" in requests.post(link, timeout=30).text
    assert "已由他人确认收到：分拣中心" in requests.get(other, timeout=30).text
    hears(cast["village"], report["id"], "alarm_answered")
    settle(cloud)
    assert lines(cast["centre"], report["id"]) == [("submit", None), ("alarm", "main"), ("acknowledge", None)]
    assert ("alarm", "main") not in lines(cast["courier"], report["id"]), "the reporter need not know who is on duty"
    assert inbox(cloud, PHONES[CENTRE, "deputy"]) == []
    act(cast["grid_member"], report, "verify", basis="on_site", kind=GAS_LEAK)
    assert dead(cloud) == {}


def test_when_its_time_has_come_the_sweep_calls_the_deputy(cloud: Cloud) -> None:
    cast = cast_of(cloud)
    report = file(cast["centre"], GAS_LEAK, *SHENQING_1)
    sent_to(cloud, PHONES[CENTRE, "main"], count=2)
    turn_back(cloud, report["id"])
    strike(cloud, "sweep")
    assert "特急" in sent_to(cloud, PHONES[CENTRE, "deputy"])[0]["text"]
    answer = cast["centre"].post(f"/reports/{report['id']}/alarm/acknowledgement", {})
    assert (answer["step"], answer["times"], answer["acknowledged_as"]) == ("deputy", 2, CENTRE)


def strike(cloud: Cloud, function: str) -> None:
    """Let a scheduled function's time have come."""
    event = dict.fromkeys(("version", "id", "account", "time", "region", "source", "detail-type"), "")
    payload = json.dumps(event | {"resources": [], "detail": {}}).encode()
    answer = cloud.client("lambda").invoke(FunctionName=f"fenjian-local-{function}", Payload=payload)
    assert "FunctionError" not in answer, answer["Payload"].read()


def test_the_day_begins_without_a_hitch(cloud: Cloud) -> None:
    strike(cloud, "begin_day")


def turn_back(cloud: Cloud, report_id: str) -> None:
    """Let the alarm's five minutes be over."""
    client, key = cloud.client("dynamodb"), {"id": {"S": report_id}, "part": {"S": "alarm"}}
    item = client.get_item(TableName="fenjian-local-reports", Key=key, ConsistentRead=True)["Item"]
    body = json.loads(item["body"]["S"]) | {"next_at": f"{LONG_AGO}Z"}
    item["body"] = {"S": json.dumps(body, ensure_ascii=False, separators=(",", ":"))}
    item["next_at"] = {"S": f"{LONG_AGO}.000000+0000"}
    client.put_item(TableName="fenjian-local-reports", Item=item)
