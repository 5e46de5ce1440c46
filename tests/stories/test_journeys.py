"""The journeys of the demo's day, through the deployed stack: what became of them, and what followed from them."""

from demo.case import Case
from demo.client import Cast
from infra.local.cloud import Cloud
from tests.stories.steps import dead, flows, settle, told

type Steps = list[tuple[str, str, str]]


def steps(case: Case) -> Steps:
    """Each line of a report's history: what, as whom, to which status."""
    lines = case.stage.cast["centre"].get(f"/reports/{case.id}")["history"]
    return [(line["action"], line["as_role"], line["status"]) for line in lines]


def effects(case: Case) -> list[str]:
    """What the clock did to it, in order."""
    lines = case.stage.cast["centre"].get(f"/reports/{case.id}")["history"]
    return [line["details"]["effect"] for line in lines if line["action"] == "fall_due"]


def paid(case: Case) -> list[tuple[str, int, str]]:
    entries = case.courier.get("/points", limit=100)["entries"]
    return sorted((one["rule"], one["points"], one["state"]) for one in entries if one["report_id"] == case.id)


def test_a_road_hole_goes_to_the_department_and_comes_back_solved(day: dict[str, Case]) -> None:
    case = day["road-hole"]
    assert steps(case) == [
        ("submit", "reporter", "submitted"),
        ("verify", "grid_member", "with_centre"),
        ("add_info", "reporter", "with_centre"),
        ("dispatch", "centre", "dispatched"),
        ("return", "department", "with_centre"),
        ("dispatch", "centre", "dispatched"),
        ("accept", "department", "in_handling"),
        ("resolve", "department", "resolved"),
        ("publish_photo", "grid_member", "resolved"),
        ("publish_photo", "grid_member", "resolved"),
        ("confirm", "grid_member", "closed"),
        ("confirm", "reporter", "closed"),
    ]
    assert paid(case) == [("P12", 5, "posted"), ("P15", 2, "posted")]
    assert told(case.courier, case.id) == ["verified", "dispatched", "dispatched", "accepted", "resolved", "closed"]


def test_overflowing_refuse_is_solved_by_the_village(day: dict[str, Case]) -> None:
    case = day["refuse"]
    assert steps(case) == [
        ("submit", "reporter", "submitted"),
        ("verify", "grid_member", "with_village"),
        ("resolve", "village", "resolved"),
        ("confirm", "grid_member", "closed"),
        ("confirm", "reporter", "closed"),
    ]
    assert paid(case) == [("P11", 2, "posted"), ("P15", 2, "posted")]


def test_a_missing_manhole_cover_calls_one_after_the_other_and_waits_for_nobody(
    day: dict[str, Case], cast: Cast
) -> None:
    case = day["manhole"]
    assert steps(case)[:6] == [
        ("submit", "reporter", "submitted"),
        ("alarm", "timer", "submitted"),
        ("alarm", "timer", "submitted"),
        ("acknowledge", "centre", "submitted"),
        ("comment", "village", "submitted"),
        ("dispatch", "centre", "dispatched"),
    ]
    assert paid(case) == [("P14", 20, "pending"), ("P15", 2, "posted")]
    assert told(cast["centre"], case.id)[0] == "alarm"
    assert told(cast["village"], case.id)[0] == "alarm_guard"
    assert told(cast["department:D19"], case.id) == ["to_help", "taken_off"]


def test_a_false_report_ends_without_points_and_says_why(day: dict[str, Case]) -> None:
    case = day["lamp"]
    assert steps(case) == [
        ("submit", "reporter", "submitted"),
        ("ask_info", "grid_member", "needs_info"),
        ("supply_info", "reporter", "submitted"),
        ("reject", "grid_member", "invalid"),
    ]
    assert paid(case) == []
    assert told(case.courier, case.id) == ["info_asked", "rejected_false"]


def test_what_nobody_touches_is_carried_up_the_ladder_step_by_step(day: dict[str, Case]) -> None:
    case = day["earth-heap"]
    assert steps(case) == [
        ("submit", "reporter", "submitted"),
        *[("fall_due", "timer", "submitted")] * 4,
        ("verify", "centre", "closed"),
    ]
    assert effects(case) == ["remind_holder", "remind_holder", "village_may_verify", "centre_may_verify"]


def test_what_nobody_signs_counts_as_signed(day: dict[str, Case]) -> None:
    case = day["shed"]
    assert effects(case) == ["remind_holder", "remind_holder", "sign_by_default"]
    assert ("fall_due", "timer", "in_handling") in steps(case) and steps(case)[-1][2] == "closed"
    assert "accept" not in [action for action, _, _ in steps(case)]


def test_what_a_body_without_an_account_does_is_recorded_for_it(day: dict[str, Case]) -> None:
    case = day["fire-lane"]
    assert steps(case) == [
        ("submit", "reporter", "submitted"),
        ("verify", "grid_member", "with_centre"),
        ("dispatch", "centre", "dispatched"),
        ("accept", "centre", "in_handling"),
        ("make_safe", "centre", "in_handling"),
        ("reclassify", "centre", "in_handling"),
        ("file_part", "co_handler", "in_handling"),
        ("file_part", "centre", "in_handling"),
        ("resolve", "centre", "resolved"),
        ("confirm", "grid_member", "closed"),
        ("confirm", "reporter", "closed"),
    ]
    parts = case.stage.cast["centre"].get(f"/reports/{case.id}")["progress"]["parts"]
    assert {(part["department"], part["state"], part["recorded"]) for part in parts} == {
        ("D08", "filed", True),
        ("V", "filed", False),
    }
    assert paid(case) == [("P13", 10, "posted"), ("P15", 2, "posted")]


def test_figures_count_what_entered_and_left_each_status(day: dict[str, Case], cloud: Cloud) -> None:
    settle(cloud)
    once_through, twice_through = (1, 1), (2, 2)
    assert flows(cloud, "350211102202004", "0303") == {
        "submitted": once_through,
        "with_centre": twice_through,
        "dispatched": twice_through,
        "in_handling": once_through,
        "resolved": once_through,
        "closed": (1, 0),
        "duplicate": (1, 0),  # the colleague who joined
    }
    assert flows(cloud, "350211102003003", "0305") == {
        "submitted": twice_through,
        "needs_info": once_through,
        "invalid": (1, 0),
    }
    assert dead(cloud) == {}


def test_everyone_sees_of_a_journey_what_is_his_to_see(day: dict[str, Case], cast: Cast) -> None:
    case = day["road-hole"]
    name = cast["centre"].get(f"/reports/{case.id}")["reporter"]
    assert name == case.courier.get("/me")["name"]
    for key in ("grid_member", "village", "department:D04"):
        seen = cast[key].get(f"/reports/{case.id}")
        assert seen["reporter"] is None
        assert name not in str(seen)
        assert case.courier.id not in str(seen)
