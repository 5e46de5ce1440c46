"""A manhole cover is missing (class E): the phone says "call 110" first, everyone is alarmed, nobody waits."""

from demo import pictures
from demo.case import Case
from demo.followers import earns, hears
from demo.intake import Find, report
from demo.stage import Stage, expect

KIND = "0301"
ROADS, HELPERS = "department:D04", ("D18", "D19")
SHENQING = (24.6121, 117.991)  # 深青村第5网格
ALARMED = {"grid_member": "alarm", "village": "alarm_guard", "centre": "alarm"}


def play(stage: Stage) -> Case:
    """The whole scene; the case as it ended."""
    stage.tell.scene("第三幕　井盖缺失（特急）", "Scene 3: a missing manhole cover, danger to life")
    spot = stage.spot(*SHENQING)
    text = "校门口路中间，井盖不见了。"
    case = report(
        stage,
        Find(name="manhole", spot=spot, view=pictures.manhole_open, kind=KIND, text=text),
        by="courier",
        zh=f"差点骑进去！立即上报：{stage.kind(KIND)}。",
        en="Nearly rode into it! Reports at once.",
    )
    expect(case.standing["emergency"], "danger to life raises the emergency notice")
    for key, template in ALARMED.items():
        hears(case, key, template)
    _guarded_and_dispatched(case)
    _covered(stage, case)
    return case


def _guarded_and_dispatched(case: Case) -> None:
    case.look("village")
    case.act("village", "comment", "派人到场值守。", "Sends someone to stand guard.", text="已派人值守并摆放锥桶。")
    hears(case, case.courier.key, "commented")
    case.act(
        "centre",
        "dispatch",
        "特急不等核实，直接派给市政园林，电力、通信协办（井属谁家尚不清楚）。",
        "Does not wait for verification: dispatches, with power and telecom to help, as the owner is unclear.",
        department="D04",
        co_handlers=list(HELPERS),
        instruction="立即加盖或围挡，并查明权属。",
    )
    expect(case.standing["status"] == "dispatched", "danger to life is dispatched unverified")
    hears(case, "department:D18", "to_help")


def _covered(stage: Stage, case: Case) -> None:
    case.act(ROADS, "accept", "签收，抢修车已出发。", "Signs; the repair team is on its way.")
    stage.tell.does(ROADS, "新井盖装好，拍照。", "A new cover is on; a photo.")
    photo = case.after_photo(ROADS, pictures.manhole_covered)
    case.act(
        ROADS,
        "resolve",
        "办结，公开答复。",
        "Says it is solved.",
        answer="已更换防坠井盖，权属为市政雨水井。",
        after_photos=[photo],
    )
    case.act("grid_member", "confirm", "到场核查：井盖牢固。", "Re-checks on site: the cover holds.")
    expect(case.standing["status"] == "closed", "the re-check ends it")
    hears(case, case.courier.key, "closed")
    for entry in earns(case, "P14", "P15"):
        wanted = "pending" if entry["rule"] == "P14" else "posted"
        expect(entry["state"] == wanted, f"{entry['rule']} is {wanted}: 20 points wait for two people to agree")
