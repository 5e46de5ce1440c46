"""Two bodies meet, through the deployed stack: minutes carried out once, and what the joint meeting agrees on."""

from datetime import UTC, datetime, timedelta

from chalicelib.domain.reference.calendar import ZONE
from demo.client import Cast, Json, Person, patiently
from infra.local.cloud import Cloud
from tests.stories.steps import act, file, history, refusal

HERE = (24.61228, 118.01718)
LONG = timedelta(minutes=3)


def day(ahead: int) -> str:
    return (datetime.now(UTC).astimezone(ZONE).date() + timedelta(days=ahead)).isoformat()


def hard_case(cast: Cast) -> Json:
    """A report that the centre gives to the committee."""
    report = file(cast["grid_member"], "0303", *HERE)
    act(cast["centre"], report, "verify", basis="on_site", outcome="to_centre")
    act(cast["centre"], report, "coordinate", reason="两个部门都说不归自己")
    return report


def called(person: Person, **fields: object) -> Json:
    meeting: Json = person.post("/meetings", {"title": "会", "day": day(3), **fields})
    return meeting


def do(person: Person, meeting: Json, action: str, **fields: object) -> Json:
    done: Json = person.post(f"/meetings/{meeting['id']}/actions", {"action": action, **fields})
    return done


def carried_out(person: Person, meeting: Json) -> dict[str, str]:
    """What became of each matter, once all is done."""
    seen = patiently(
        "the minutes",
        lambda: person.get(f"/meetings/{meeting['id']}"),
        lambda seen: seen["state"] == "published",
        patience=LONG,
    )
    return {item["id"]: item["outcome"]["result"] for item in seen["items"]}


def waiting(cast: Cast) -> set[str]:
    return {case["id"] for case in cast["committee"].get("/agenda/cases", limit=100)["cases"]}


def test_published_minutes_become_orders_once_and_what_moved_on_is_said(cast: Cast, cloud: Cloud) -> None:
    road, gone, later = (hard_case(cast) for _ in range(3))
    ids = [one["id"] for one in (road, gone, later)]
    assert set(ids) <= waiting(cast)
    committee = cast["committee"]
    meeting = called(committee, body="town", invited=["D03"])
    do(committee, meeting, "gather", items=ids)
    assert not set(ids) & waiting(cast)
    order = {"decision": "dispatch", "department": "D04", "by": day(30), "resources": "应急资金", "reason": "牵头"}
    for id in ids[:2]:
        do(committee, meeting, "decide", item=id, **order)
    do(committee, meeting, "postpone", item=later["id"], reason="等勘察")
    act(cast["centre"], gone, "cancel", reason="重复上报")
    version = committee.get(f"/meetings/{meeting['id']}")["version"]
    for _ in range(2):
        committee.post(f"/meetings/{meeting['id']}/actions", {"action": "publish"}, version=version)
    outcomes = carried_out(committee, meeting)
    assert outcomes == {road["id"]: "applied", gone["id"]: "overtaken", later["id"]: "postponed"}
    do(committee, meeting, "publish")
    lines = [line for line in history(cloud) if line.subject_id == road["id"] and line.action == "decide"]
    assert [line.details["meeting"] for line in lines] == [meeting["id"]]
    accepted = act(cast["department:D04"], road, "accept")
    assert accepted["status"] == "in_handling"
    assert later["id"] in waiting(cast)
    assert "meeting_minutes" in {one["template"] for one in cast["department:D03"].get("/inbox", limit=100)["messages"]}
    seen = cast["department:D04"].get(f"/meetings/{meeting['id']}")
    assert [item["id"] for item in seen["items"] if item["decision"]] == [road["id"], gone["id"]]
    assert refusal(lambda: cast["department:D05"].get(f"/meetings/{meeting['id']}")).status == 404


def test_the_joint_meeting_agrees_and_the_district_sees_what_is_followed_up(cast: Cast) -> None:
    need = file(cast["courier2"], "1202", *HERE, text="驿站没有投递点")
    centre, district = cast["centre"], cast["district"]
    centre.post("/agenda/topics", {"about": "report", "report": need["id"], "text": "三个村都提到"})
    (topic,) = [one for one in district.get("/agenda/topics")["topics"] if one["id"] == need["id"]]
    assert topic["report"]["excerpt"] == "驿站没有投递点" and cast["courier2"].id not in str(topic)
    meeting = called(centre, body="joint")
    do(centre, meeting, "gather", items=[need["id"]])
    do(centre, meeting, "agree", item=need["id"], who=["市场监管所"], by=day(30), text="增设投递柜")
    do(centre, meeting, "publish")
    assert carried_out(district, meeting) == {need["id"]: "applied"}
    found = district.get("/follow-ups", limit=100)["follow_ups"]
    (follow_up,) = [one for one in found if one["meeting"] == meeting["id"]]
    step = {"state": "done", "note": "已装好"}
    centre.post(f"/follow-ups/{follow_up['id']}/steps", step, version=follow_up["version"])
    assert district.get(f"/follow-ups/{follow_up['id']}")["records"][-1]["details"]["note"] == "已装好"
    lines = cast["courier2"].get(f"/reports/{need['id']}")["history"]
    assert [line["action"] for line in lines] == ["submit", "discuss"]
