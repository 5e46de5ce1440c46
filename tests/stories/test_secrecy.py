"""Confidential matters: strangers, village and grid see nothing of them, and only the centre knows who told."""

from demo.client import Cast, Person
from infra.local.cloud import Cloud
from tests.stories.steps import act, file, hears, refusal, settle, told

SHENQING_6 = (24.60192, 117.99489)
WAGES = "0703"  # confidential, verified by the centre alone
VILLAGE = "350211102202"


def hidden(person: Person, report_id: str) -> bool:
    """Whether the report does not exist for this person: not to read, not to act on, in no list."""
    unread = refusal(lambda: person.get(f"/reports/{report_id}"))
    unmoved = refusal(lambda: person.post(f"/reports/{report_id}/actions", {"action": "comment", "text": "?"}))
    return {unread.status, unmoved.status} == {404} and report_id not in str(person.get("/inbox", limit=100))


def test_a_wage_dispute_is_hidden_from_all_but_the_reporter_the_centre_and_the_department(
    cast: Cast, cloud: Cloud
) -> None:
    report = file(cast["courier"], WAGES, *SHENQING_6, text="老板三个月没发工资")
    assert report["confidential"] is True
    hears(cast["centre"], report["id"], "to_verify")
    settle(cloud)
    for key in ("courier2", "grid_member", "village", "grid_member2", "department:D04", "department:D16"):
        assert hidden(cast[key], report["id"]), key
    listed = cast["village"].get("/reports", area=VILLAGE, limit=100)["reports"]
    assert report["id"] not in [one["id"] for one in listed]
    lat, lon = SHENQING_6
    assert cast["courier2"].get("/reports/nearby", lat=lat, lon=lon, kind=WAGES)["reports"] == []
    _told_to_the_department_only(cast, cloud, report["id"])


def _told_to_the_department_only(cast: Cast, cloud: Cloud, report_id: str) -> None:
    act(cast["centre"], {"id": report_id}, "verify", basis="phone")
    act(cast["centre"], {"id": report_id}, "dispatch", department="D16", instruction="请约谈用人单位。")
    hears(cast["department:D16"], report_id, "to_sign")
    settle(cloud)
    seen = cast["department:D16"].get(f"/reports/{report_id}")
    assert seen["text"] == "老板三个月没发工资"
    assert seen["reporter"] is None
    assert cast["courier"].id not in str(seen)
    assert hidden(cast["village"], report_id)
    assert told(cast["village"], report_id) == told(cast["grid_member"], report_id) == []
    for key in ("courier", "department:D16", "centre"):
        messages = cast[key].get("/inbox", limit=100)["messages"]
        texts = [one["text"] for one in messages if one["report_id"] == report_id]
        assert texts, key
        assert not any("工资" in text or "欠薪" in text for text in texts), "a lock screen shows no confidential word"


def test_suspected_violence_alarms_the_centre_alone(cast: Cast, cloud: Cloud) -> None:
    report = file(cast["courier2"], "0705", *SHENQING_6, text="隔壁传来哭喊声")
    assert report["emergency"] is True
    hears(cast["centre"], report["id"], "alarm_centre_only")
    settle(cloud)
    for key in ("grid_member", "village", "department:D07"):
        assert hidden(cast[key], report["id"]), key
