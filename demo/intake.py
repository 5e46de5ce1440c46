"""How a courier's report begins: look around, send it, put the photo up. Caps are met as a courier meets them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from demo.case import JPEG, Case
from demo.client import Json, Person, Refused
from demo.stage import Spot, Stage, View, expect, new_key

COURIERS = ("courier", "courier2")
CAPS = ("submissions_per_day", "awaiting_verification")


class DayIsFull(Exception):
    """Raised when no courier may submit any more: the caps of the township, met by playing too often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """What a courier comes across, with a photo or without. `answer_lost`: his phone hears nothing back, and sends the
    same once more."""

    name: str
    spot: Spot
    view: View | None = None
    kind: str
    text: str = ""
    answer_lost: bool = False

    def body(self) -> Json:
        """As his phone sends it."""
        seen_at = datetime.now(UTC).isoformat()
        filled: Json = {"text": self.text} if self.text else {}
        if self.view:
            filled["photos"] = [JPEG]
        return {"kind": self.kind, "location": self.spot.body, "observed_at": seen_at} | filled


def report(stage: Stage, find: Find, *, by: str, zh: str, en: str) -> Case:
    """One courier reports what he sees; where his cap is reached, a colleague does. Raises DayIsFull."""
    for key in dict.fromkeys((by, *COURIERS)):
        stage.tell.does(key, zh, en)
        try:
            accepted = _sent(stage, stage.cast[key], find)
        except Refused as refusal:
            if refusal.rule not in CAPS:
                raise
            stage.tell.refused(refusal.problem)
            continue
        return _begun(stage, stage.cast[key], find, accepted)
    raise DayIsFull


def _sent(stage: Stage, courier: Person, find: Find) -> Json:
    body, key = find.body(), new_key()
    accepted: Json = courier.post("/reports", body, key=key)
    stage.begun.append((courier, accepted["id"]))
    if find.answer_lost:
        again: Json = courier.post("/reports", body, key=key)
        expect(again["id"] == accepted["id"], "the same request with the same key is the same report")
        stage.tell.notes("重发的是同一件，没有重复上报。", "sent twice, it is one report")
        return again
    return accepted


def _begun(stage: Stage, courier: Person, find: Find, accepted: Json) -> Case:
    if accepted["emergency"]:
        stage.tell.notes(f"【手机先弹出】{accepted['notice']}", accepted["notice_en"])
    stage.tell.moved(accepted)
    expect(accepted["status"] == "submitted", "a new report waits to be verified")
    case = Case(stage=stage, courier=courier, spot=find.spot, name=find.name, standing=accepted)
    if find.view:
        case.photographed(accepted["uploads"][0], find.view, "before")
    return case


def join(stage: Stage, case: Case, key: str, near: Json, view: View) -> Case | None:
    """A colleague says "me too", with a photo of his own; None where his day is full."""
    courier, find = stage.cast[key], Find(name=f"{case.name}-too", spot=case.spot, view=view, kind=near["kind"])
    try:
        accepted: Json = courier.post("/reports", find.body() | {"joins": near["id"]}, key=new_key())
    except Refused as refusal:
        expect(refusal.rule in CAPS, f"joining was refused by {refusal.rule}")
        stage.tell.refused(refusal.problem)
        return None
    expect(accepted["status"] == "duplicate", "who joins makes no work")
    joined = Case(stage=stage, courier=courier, spot=case.spot, name=find.name, standing=accepted)
    joined.photographed(accepted["uploads"][0], view, "before")
    return joined


def nearby(stage: Stage, key: str, spot: Spot, kind: str) -> list[Json] | None:
    """What somebody at this place is told to lie nearby already; None when his look-ups of this hour are used up."""
    try:
        answer = stage.cast[key].get("/reports/nearby", lat=spot.lat, lon=spot.lon, kind=kind)
    except Refused as refusal:
        expect(refusal.rule == "look_ups_per_hour", f"looking nearby was refused by {refusal.rule}")
        stage.tell.refused(refusal.problem)
        return None
    found: list[Json] = answer["reports"]
    return found


def tidy(stage: Stage) -> None:
    """Take back what would stay open after a story that broke off: its reporter may, until it is verified; then the
    centre cancels it."""
    for courier, id in stage.begun:
        seen = courier.get(f"/reports/{id}")
        if "withdraw" in seen["actions"]:
            courier.post(f"/reports/{id}/actions", {"action": "withdraw"}, version=seen["version"])
            continue
        centre = stage.cast["centre"]
        seen = centre.get(f"/reports/{id}")
        if "cancel" in seen["actions"]:
            cancelled = {"action": "cancel", "reason": "演示中断。"}
            centre.post(f"/reports/{id}/actions", cancelled, version=seen["version"])
