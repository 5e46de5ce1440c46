"""A patrol through the deployed stack: nobody is in two slots at once, the next one comes in, hours become points."""

from datetime import UTC, datetime, timedelta
from typing import Any

from demo.client import Cast, Json, Person, patiently
from infra.local.cloud import Cloud
from tests.stories.steps import PATIENCE, refusal, settle

VILLAGE = "350211102202"
SQUARE = {"lat": 24.6085, "lon": 117.9795}
GATE = {"lat": 24.6087, "lon": 117.9797}
HOUR = timedelta(hours=1)


def terms(start: datetime, **fields: Any) -> Json:
    """Two hours for one volunteer, past two check points."""
    route = [{"name": "东门", "point": GATE}, {"name": "广场", "point": SQUARE}]
    times = {"start": start.isoformat(), "end": (start + 2 * HOUR).isoformat()}
    return times | {"place": {"name": "村口广场", "point": SQUARE}, "route": route, "capacity": 1} | fields


def called(village: Person, *slots: Json) -> list[str]:
    """The village asks for volunteers, of all the township; the ids of its slots."""
    body = {"kind": "patrol", "village": VILLAGE, "title": "夜间巡查", "open_to": "township", "slots": list(slots)}
    return [one["id"] for one in village.post("/volunteering/calls", body)["slots"]]


def scanned(who: Person, staff: Person, slot: str, direction: str) -> Json:
    """He reads the code that the village's screen shows at this moment."""
    token = staff.get(f"/slots/{slot}/code", direction=direction)["token"]
    standing: Json = who.post(f"/slots/{slot}/scans", {"token": token, "location": SQUARE})
    return standing


def served(who: Person, staff: Person, slot: str) -> None:
    """He comes, passes the check points, and goes."""
    scanned(who, staff, slot, "in")
    for number, point in enumerate((GATE, SQUARE), start=1):
        who.post(f"/slots/{slot}/check-points", {"number": number, "location": point})
    scanned(who, staff, slot, "out")


def heard(person: Person) -> list[str]:
    return [one["template"] for one in person.get("/inbox", limit=100)["messages"]]


def balance(person: Person) -> int:
    points: int = person.get("/points")["balance"]
    return points


def test_a_patrol_with_a_clash_a_waiting_list_and_hours_that_become_points(cast: Cast, cloud: Cloud) -> None:
    village, first, second = cast["village"], cast["courier"], cast["courier2"]
    start = datetime.now(UTC) + timedelta(minutes=10)
    slot, same_time = called(village, terms(start), terms(start + HOUR))

    first.post(f"/slots/{slot}/sign-up", {})
    assert refusal(lambda: first.post(f"/slots/{same_time}/sign-up", {})).rule == "slot_clash"
    assert second.post(f"/slots/{slot}/sign-up", {})["own"]["state"] == "waiting"
    first.post(f"/slots/{slot}/withdrawal", {"reason": "临时加班"})
    patiently(
        "the next one hears of it", lambda: heard(second), lambda seen: "slot_promoted" in seen, patience=PATIENCE
    )

    earlier = balance(second)
    served(second, village, slot)
    said = {"minutes": 120, "reason": "全程在场"}
    village.post(f"/slots/{slot}/sign-ups/{second.id}/confirmation", said)
    patiently("an hour's points, twice", lambda: balance(second), lambda now: now == earlier + 10, patience=PATIENCE)
    assert refusal(lambda: second.post(f"/slots/{slot}/sign-ups/{second.id}/confirmation", said)).status == 403

    second.post(f"/slots/{slot}/dispute", {"reason": "少了一半人手，请再看"})
    patiently(
        "the centre hears of it", lambda: heard(cast["centre"]), lambda seen: "slot_disputed" in seen, patience=PATIENCE
    )
    cast["centre"].post(f"/slots/{slot}/sign-ups/{second.id}/settlement", {"minutes": 60, "reason": "签到表为准"})
    patiently("what was too much goes", lambda: balance(second), lambda now: now == earlier + 5, patience=PATIENCE)
    hours = second.get(f"/me/hours/{start.astimezone(UTC):%Y}")
    assert [(one["kind"], one["minutes"]) for one in hours["sums"]] == [("patrol", 60)]
    settle(cloud)
