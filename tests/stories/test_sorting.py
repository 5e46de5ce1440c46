"""What comes back, and what several people report, through the deployed stack."""

from demo.client import Cast, Json, patiently, upload
from tests.pictures import jpeg
from tests.stories.steps import act, file, hears, place, refusal

ON_THE_WAY = (24.61201, 117.98702)
AT_THE_GATE = (24.61644, 117.98126)
AT_THE_BRIDGE = (24.61733, 117.98091)
CREATED = 201


def returned(cast: Cast, report: Json, department: str) -> None:
    """Dispatched to a department, and back."""
    act(cast["centre"], report, "dispatch", department=department)
    lead = cast[f"department:{department}"]
    act(lead, report, "return", reason="not_ours", explanation=f"{department}：不属于我单位职责")


def test_an_order_that_two_bodies_sent_back_is_kept_by_the_third(cast: Cast) -> None:
    report = file(cast["grid_member"], "0303", *ON_THE_WAY)
    act(cast["centre"], report, "verify", basis="photo", outcome="to_centre")
    for department in ("D04", "D02"):
        returned(cast, report, department)
    whole = cast["centre"].get(f"/reports/{report['id']}")
    assert [(one["department"], one["reason"]) for one in whole["progress"]["returns"]] == [
        ("D04", "not_ours"),
        ("D02", "not_ours"),
    ]
    assert whole["progress"]["final"] and not whole["progress"]["binding"]
    act(cast["centre"], report, "dispatch", department="D03")
    lead = cast["department:D03"]
    refused = refusal(lambda: act(lead, report, "return", reason="not_ours", explanation="也不属于我们"))
    assert refused.problem["rule"] == "assignment_is_final"
    assert act(lead, report, "accept")["status"] == "in_handling"


def test_who_reports_the_same_joins_hears_of_it_and_is_paid_for_it(cast: Cast) -> None:
    first, second = cast["courier"], cast["courier2"]
    report = first.post("/reports", {"text": "健身器材坏了", "kind": "0311", "location": place(*AT_THE_GATE)})
    (near,) = second.get("/reports/nearby", lat=AT_THE_GATE[0], lon=AT_THE_GATE[1], kind="0311")["reports"]
    joined = second.post(
        "/reports",
        {"kind": "0311", "location": place(*AT_THE_GATE), "photos": ["image/jpeg"], "joins": near["id"]},
    )
    assert joined["status"] == "duplicate" and upload(joined["uploads"][0], jpeg()) == CREATED
    patiently("the photo", lambda: _photo(cast, joined), lambda state: state == "ready")
    act(cast["grid_member"], report, "verify", basis="on_site", outcome="to_village", severity=2)
    hears(second, joined["id"], "verified")
    act(cast["village"], report, "resolve", answer="器材已修好", no_photo_reason="夜间施工")
    hears(second, joined["id"], "resolved")
    patiently("the point", lambda: _earned(second, joined), lambda rules: rules == ["P16"])
    whole = cast["centre"].get(f"/reports/{report['id']}")
    assert [one["id"] for one in whole["progress"]["merged"]] == [joined["id"]]


def test_where_the_first_report_is_none_the_second_takes_its_place(cast: Cast) -> None:
    report = file(cast["grid_member"], "0305", *AT_THE_BRIDGE)
    others = [file(cast["village"], "0305", *AT_THE_BRIDGE) for _ in range(2)]
    likely = cast["centre"].get(f"/reports/{others[1]['id']}/duplicates")["reports"]
    assert {one["report"]["id"] for one in likely} == {report["id"], others[0]["id"]}
    for other in others:
        act(cast["centre"], other, "merge", main=report["id"])
    act(cast["centre"], report, "reject", reason="not_found", note="现场未见")
    patiently("the second", lambda: _status(cast, others[0]), lambda status: status == "submitted")
    patiently("the third", lambda: _main(cast, others[0]), lambda merged: merged == [others[1]["id"]])


def _photo(cast: Cast, report: Json) -> str:
    state: str = cast["centre"].get(f"/reports/{report['id']}")["photos"][0]["state"]
    return state


def _earned(person: object, report: Json) -> list[str]:
    entries = person.get("/points", limit=100)["entries"]  # type: ignore[attr-defined]
    return [one["rule"] for one in entries if one["report_id"] == report["id"]]


def _status(cast: Cast, report: Json) -> str:
    status: str = cast["centre"].get(f"/reports/{report['id']}")["status"]
    return status


def _main(cast: Cast, report: Json) -> list[str]:
    merged = cast["centre"].get(f"/reports/{report['id']}")["progress"]["merged"]
    return [one["id"] for one in merged]
