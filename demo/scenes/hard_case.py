"""A hard case: the committee's meeting decides who leads and by when, and the published minutes become the order."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from demo import pictures
from demo.case import Case
from demo.client import Json, patiently
from demo.intake import Find, report
from demo.stage import Stage, expect, new_key

KIND, LEAD = "0305", "D04"
TIESHAN = (24.60702, 118.01105)  # 铁山社区第3网格
IN_DAYS = 14


def play(stage: Stage) -> Case:
    """The whole scene; the case as it ended."""
    stage.tell.scene("第十幕　提交镇党委协调，会议纪要变成派单", "Scene 10: a hard case; the minutes become the order")
    case = report(
        stage,
        Find(name="hard-case", spot=stage.spot(*TIESHAN), view=pictures.lamp, kind=KIND, text="两边都说不归自己管。"),
        by="newcomer",
        zh=f"拍照上报：{stage.kind(KIND)}。",
        en="Photographs it.",
    )
    case.look("grid_member2")
    case.act(
        "grid_member2",
        "verify",
        "属实，两家都不认。",
        "True; two owners deny it.",
        basis="on_site",
        outcome="to_centre",
    )
    case.act("centre", "coordinate", "提请镇党委协调。", "Hands it to the committee.", reason="权属长期不清")
    _met(stage, case)
    _ordered(stage, case)
    return case


def _met(stage: Stage, case: Case) -> None:
    """The committee gathers the case, decides, and publishes twice."""
    by = (datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=IN_DAYS)).isoformat()
    stage.tell.does("committee", f"开会：列入议题，议定牵头单位，{by} 前办结。", f"Meets: who leads, and done by {by}.")
    meeting: Json = stage.cast["committee"].post(
        "/meetings", {"body": "town", "title": "疑难事项协调会", "day": by, "invited": [LEAD]}, key=new_key()
    )
    _do(stage, meeting, "gather", items=[case.id])
    decided = {"decision": "dispatch", "department": LEAD, "by": by, "resources": "应急维修资金", "reason": "由其牵头"}
    _do(stage, meeting, "decide", item=case.id, **decided)
    for _ in range(2):
        _do(stage, meeting, "publish")
    seen = patiently(
        "the minutes", lambda: stage.cast["committee"].get(f"/meetings/{meeting['id']}"), lambda one: _carried_out(one)
    )
    expect(seen["items"][0]["outcome"]["result"] == "applied", "the decision is an order")
    stage.tell.notes("纪要发布两次，派单只有一张。", "published twice, it is one order")


def _carried_out(meeting: Json) -> bool:
    return bool(meeting["state"] == "published")


def _do(stage: Stage, meeting: Json, action: str, **fields: object) -> None:
    path = f"/meetings/{meeting['id']}/actions"
    stage.cast["committee"].post(path, {"action": action, **fields}, key=new_key())


def _ordered(stage: Stage, case: Case) -> None:
    case.look(f"department:{LEAD}")
    case.act(f"department:{LEAD}", "accept", "签收；时限按会议定的日子。", "Signs; it is due on the day decided.")
    photo = case.after_photo(f"department:{LEAD}", pictures.road_mended)
    case.act(
        f"department:{LEAD}", "resolve", "办结。", "Says it is solved.", answer="灯杆已修复移交。", after_photos=[photo]
    )
    case.act("grid_member2", "confirm", "核查：灯亮了。", "Re-checks: it shines.")
    expect(case.standing["status"] == "closed", "the re-check ends it")
