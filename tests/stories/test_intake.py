"""Reports come in over HTTP: late, from Chinese maps, twice, and from places that no grid covers."""

from datetime import UTC, datetime, timedelta
from math import cos, hypot, radians

from demo.client import Cast, Json
from demo.stage import new_key
from infra.local.cloud import Cloud
from tests.stories.steps import at_once, file, history, place, refusal

SHENQING_1 = (24.60755, 117.9788)
OUTSIDE = (24.66, 118.09)
METRES = 111_195


def metres_apart(a: Json, b: Json) -> float:
    return hypot(a["lat"] - b["lat"], (a["lon"] - b["lon"]) * cos(radians(a["lat"]))) * METRES


def test_what_was_seen_offline_six_days_ago_is_taken_and_eight_days_ago_is_not(cast: Cast) -> None:
    now = datetime.now(UTC)
    six, eight = (now - timedelta(days=days) for days in (6, 8))
    late = file(cast["grid_member"], "0313", *SHENQING_1, observed_at=six.isoformat())
    assert datetime.fromisoformat(late["observed_at"]) == six
    assert datetime.fromisoformat(late["created_at"]) >= now - timedelta(minutes=1)
    too_late = refusal(lambda: file(cast["grid_member"], "0313", *SHENQING_1, observed_at=eight.isoformat()))
    assert (too_late.status, too_late.rule) == (400, "observed_too_long_ago")


def test_a_place_stated_on_a_chinese_map_comes_back_the_same_on_it_and_shifted_on_the_globe(cast: Cast) -> None:
    stated = place(24.60755, 117.9788, "gcj02")
    filed = cast["grid_member"].post("/reports?crs=gcj02", {"text": "路灯", "source": "patrol", "location": stated})
    assert metres_apart(filed["location"], stated) < 1
    on_globe = cast["grid_member"].get(f"/reports/{filed['id']}", crs="wgs84")["location"]
    assert 400 < metres_apart(on_globe, stated) < 700
    on_map = cast["grid_member"].get(f"/reports/{filed['id']}", crs="gcj02")["location"]
    assert metres_apart(on_map, stated) < 1


def test_what_no_grid_covers_waits_for_the_centre(cast: Cast) -> None:
    filed = file(cast["centre"], "0303", *OUTSIDE)
    assert filed["location"]["grid"] is None
    assert filed["holder"] == "centre:350211102"
    waiting = cast["centre"].get("/reports/inbox", limit=100)["reports"]
    assert filed["id"] in [report["id"] for report in waiting]


def test_one_key_sent_eight_times_at_once_is_one_report(cast: Cast, cloud: Cloud) -> None:
    key, body = (
        new_key(),
        {"text": "同一件", "source": "phone", "location": place(*SHENQING_1), "photos": ["image/png"]},
    )
    answers = at_once(lambda _: cast["grid_member"].post("/reports", body, key=key))
    assert len({answer["id"] for answer in answers}) == 1
    assert all(answer["uploads"][0]["fields"]["policy"] for answer in answers), "each answer carries a fresh form"
    assert sum(event.subject_id == answers[0]["id"] for event in history(cloud)) == 1
    other = refusal(lambda: cast["grid_member"].post("/reports", {**body, "text": "另一件"}, key=key))
    assert (other.status, other.rule) == (422, "key_reused")
