"""The four journeys of the demo, through the deployed stack: what became of them, and what followed from them."""

from demo.case import Case
from demo.client import Cast
from infra.local.cloud import Cloud
from tests.stories.steps import dead, flows, settle, told

type Steps = list[tuple[str, str, str]]


def steps(case: Case) -> Steps:
    """Each line of a report's history: what, as whom, to which status."""
    lines = case.stage.cast["centre"].get(f"/reports/{case.id}")["history"]
    return [(line["action"], line["as_role"], line["status"]) for line in lines]


def paid(case: Case) -> list[tuple[str, int, str]]:
    entries = case.courier.get("/points", limit=100)["entries"]
    return sorted((one["rule"], one["points"], one["state"]) for one in entries if one["report_id"] == case.id)


def test_a_road_hole_goes_to_the_department_and_comes_back_solved(morning: dict[str, Case]) -> None:
    case = morning["road-hole"]
    assert steps(case) == [
        ("submit", "reporter", "submitted"),
        ("verify", "grid_member", "with_centre"),
        ("add_info", "reporter", "with_centre"),
        ("dispatch", "centre", "dispatched"),
        ("accept", "department", "in_handling"),
        ("resolve", "department", "resolved"),
        ("confirm", "grid_member", "closed"),
        ("confirm", "reporter", "closed"),
    ]
    assert paid(case) == [("P12", 5, "posted"), ("P15", 2, "posted")]
    assert told(case.courier, case.id) == ["verified", "dispatched", "accepted", "resolved", "closed"]


def test_overflowing_refuse_is_solved_by_the_village(morning: dict[str, Case]) -> None:
    case = morning["refuse"]
    assert steps(case) == [
        ("submit", "reporter", "submitted"),
        ("verify", "grid_member", "with_village"),
        ("resolve", "village", "resolved"),
        ("confirm", "grid_member", "closed"),
        ("confirm", "reporter", "closed"),
    ]
    assert paid(case) == [("P11", 2, "posted"), ("P15", 2, "posted")]


def test_a_missing_manhole_cover_alarms_everyone_and_waits_for_nobody(morning: dict[str, Case], cast: Cast) -> None:
    case = morning["manhole"]
    assert steps(case)[:3] == [
        ("submit", "reporter", "submitted"),
        ("comment", "village", "submitted"),
        ("dispatch", "centre", "dispatched"),
    ]
    assert paid(case) == [("P14", 20, "pending"), ("P15", 2, "posted")]
    assert told(cast["centre"], case.id)[0] == "alarm"
    assert told(cast["village"], case.id)[0] == "alarm_guard"
    assert told(cast["department:D19"], case.id) == ["to_help"]


def test_a_false_report_ends_without_points_and_says_why(morning: dict[str, Case]) -> None:
    case = morning["lamp"]
    assert steps(case) == [("submit", "reporter", "submitted"), ("reject", "grid_member", "invalid")]
    assert paid(case) == []
    assert told(case.courier, case.id) == ["rejected_false"]


def test_figures_count_what_entered_and_left_each_status(morning: dict[str, Case], cloud: Cloud) -> None:
    settle(cloud)
    once_through = (1, 1)
    assert flows(cloud, "350211102202004", "0303") == {
        "submitted": once_through,
        "with_centre": once_through,
        "dispatched": once_through,
        "in_handling": once_through,
        "resolved": once_through,
        "closed": (1, 0),
    }
    assert flows(cloud, "350211102003003", "0305") == {"submitted": once_through, "invalid": (1, 0)}
    assert dead(cloud) == {}


def test_everyone_sees_of_a_journey_what_is_his_to_see(morning: dict[str, Case], cast: Cast) -> None:
    case = morning["road-hole"]
    name = cast["centre"].get(f"/reports/{case.id}")["reporter"]
    assert name == cast[case.courier.key].get("/me")["name"]
    for key in ("grid_member", "village", "department:D04"):
        seen = cast[key].get(f"/reports/{case.id}")
        assert seen["reporter"] is None
        assert name not in str(seen)
        assert case.courier.id not in str(seen)
