"""A photo sent twice: what the second report gave is taken back, by a person, and its courier learns why."""

from demo.case import JPEG, Case
from demo.client import Json, patiently, upload
from demo.followers import entries, messages
from demo.intake import Find, report
from demo.stage import Stage, expect, new_key

SHANGTOUTING = (24.59634, 118.01482)  # 上头亭社区第5网格
VERIFIER = "grid_member3"


def play(stage: Stage, earlier: Case) -> Case:
    """The whole scene, with the photo of an earlier case; the case as it ended. Raises Surprise."""
    stage.tell.scene("第十四幕　一张照片报了两次", "Scene 14: one photo, reported twice")
    case = _reported_again(stage, earlier)
    _believed(case)
    finding = _found(stage, case, earlier)
    _decided(stage, case, finding)
    case.look("centre")
    case.act("centre", "cancel", "撤销这件上报。", "Cancels the report.", reason="照片与此前上报相同。")
    return case


def _reported_again(stage: Stage, earlier: Case) -> Case:
    """The very file of the earlier case, sent from elsewhere; without a view, as the demo draws none."""
    kind = earlier.look("centre")["kind"]
    case = report(
        stage,
        Find(name="same-photo", spot=stage.spot(*SHANGTOUTING), kind=kind, text="路上有坑。"),
        by=earlier.courier.key,
        zh="换了个地方，又报一处坑洞，用的是上次的照片。",
        en="Reports another hole elsewhere, with the photo of the last one.",
    )
    asked = {"files": [{"content_type": JPEG, "purpose": "before"}]}
    form = case.courier.post(f"/reports/{case.id}/photos", asked, key=new_key())["uploads"][0]
    sent = (stage.album / f"{earlier.name}-before.jpg").read_bytes()
    expect(upload(form, sent) == 201, "S3 takes the photo")
    return case


def _believed(case: Case) -> None:
    case.look(VERIFIER)
    case.act(
        VERIFIER, "verify", "凭照片核实，严重程度 2。", "Takes it for true by the photo.", basis="photo", severity=2
    )
    _points(case, "P12")


def _found(stage: Stage, case: Case, earlier: Case) -> Json:
    """What the centre reads about it: which file, and where it had been sent before."""
    centre = stage.cast["centre"]

    def look() -> list[Json]:
        found: list[Json] = centre.get("/findings", limit=50)["findings"]
        return [one for one in found if one["signal"] == "photo_same" and case.id in one["reports"]]

    card = patiently("the finding", look, bool)[0]
    finding: Json = centre.get(f"/findings/{card['id']}")
    expect(finding["evidence"][0]["other_report"] == earlier.id, "it names where the photo was sent before")
    stage.tell.notes(f"疑点 → 分拣中心：{finding['text']}", finding["text_en"])
    return finding


def _decided(stage: Stage, case: Case, finding: Json) -> None:
    stage.tell.does(
        "centre",
        "看过两件上报和照片：首次，作提醒，并取消这件上报的积分。",
        "Compares both: the first time, so a warning; what this report gave is taken back.",
    )
    decision = {"action": "warn", "reason": "同一张照片用于两件上报", "forfeit": [case.id]}
    path = f"/findings/{finding['id']}/actions"
    decided = stage.cast["centre"].post(path, decision, key=new_key(), version=finding["version"])
    expect(decided["state"] == "warned", "nothing is decided by itself: the centre did")
    _told(stage, case, decided)
    given, taken = _points(case, "P12", "P12")
    expect(given["points"] + taken["points"] == 0, "what was given is gone, in an entry of its own")


def _told(stage: Stage, case: Case, decided: Json) -> None:
    """He hears of it with the reason, and may appeal."""
    at = decided["decisions"][-1]["at"]
    told = [one for one in messages(case.courier) if one["template"] == "finding_warned_you" and one["at"] == at]
    expect(len(told) == 1, "the courier is told once")
    stage.tell.notes(f"消息 → {stage.tell.names[case.courier.key]}：{told[0]['text']}", told[0]["text_en"])
    own = next(one for one in case.courier.get("/me/findings")["findings"] if one["id"] == decided["id"])
    expect(own["appeal_until"] is not None, "he may appeal")


def _points(case: Case, *rules: str) -> list[Json]:
    """Exactly these entries for the report, oldest first; the newest is told."""

    def look() -> list[Json]:
        return [entry for entry in entries(case.courier) if entry["report_id"] == case.id]

    wanted = list(rules)
    found = patiently(f"points {wanted}", look, lambda seen: [entry["rule"] for entry in seen] == wanted)
    newest = found[0]
    case.stage.tell.notes(f"积分 {newest['points']:+d}：{newest['text']}", newest["text_en"])
    return found[::-1]
