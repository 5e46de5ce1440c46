"""A blocked fire lane: the centre records what the fire brigade does (代录); made safe first, repaired after."""

from datetime import UTC, datetime

from demo import pictures
from demo.case import Case
from demo.client import Json
from demo.followers import earns, hears
from demo.intake import Find, report
from demo.stage import Stage, expect

KIND, FIRE, TRAFFIC, VILLAGE = "0101", "D06", "D08", "V"
REPAIR = "D"  # the class of what remains to be done once the place is safe
SHENQING = (24.60114, 117.9945)  # 深青村第6网格


def play(stage: Stage) -> Case:
    """The whole scene; the case as it ended."""
    stage.tell.scene(
        "第八幕　消防通道被占（代录、控险）", "Scene 8: a blocked fire lane; recorded for others, made safe"
    )
    case = report(
        stage,
        Find(
            name="fire-lane",
            spot=stage.spot(*SHENQING),
            view=pictures.fire_lane_blocked,
            kind=KIND,
            text="消防通道停满了车，还砌了隔离墩。",
        ),
        by="newcomer",
        zh=f"用自己的账号上报：{stage.kind(KIND)}。",
        en="Reports it with his own account.",
    )
    expect(case.standing["class"] == "A", "a blocked fire lane is urgent")
    _dispatched(case)
    _made_safe(stage, case)
    _classed(case)
    _helped(case)
    _repaired(stage, case)
    _ends(case)
    return case


def spoke(who: str, letter: str) -> Json:
    """Who of a body without an account said so, when and by which letter: what the centre records for it."""
    return {"person": who, "phone": "0592-0000119", "at": datetime.now(UTC).isoformat(), "letter": letter}


def _dispatched(case: Case) -> None:
    case.look("grid_member")
    case.act(
        "grid_member",
        "verify",
        "到场核实：占道属实，村居无权拆墩，转分拣中心。",
        "Was there: true; the village may not remove the blocks, so it goes to the centre.",
        basis="on_site",
        outcome="to_centre",
        severity=3,
    )
    names = case.stage.departments
    case.act(
        "centre",
        "dispatch",
        f"派给{names[FIRE][0]}牵头，{names[TRAFFIC][0]}和村居协办。",
        "Dispatches to the fire brigade; traffic police and village help.",
        department=FIRE,
        co_handlers=[TRAFFIC, VILLAGE],
        instruction="立即恢复通道，查明隔离墩由谁砌筑。",
    )
    hears(case, "village", "to_help")
    case.act(
        "centre",
        "accept",
        "消防救援没有账号：电话通知后代录签收（人员、电话、时间、文号）。",
        "The fire brigade has no account: records its signing: who, which phone, when, which letter.",
        proxy=spoke("消防值班员", "灌消函〔演示〕1号"),
    )
    expect(case.look("centre")["progress"]["recorded"], "it stands there as recorded by the centre")


def _made_safe(stage: Stage, case: Case) -> None:
    stage.tell.does("centre", "消防队传来现场照片：车辆已拖离，设好警示。", "The brigade sends a photo: towed, fenced.")
    photo = case.after_photo("centre", pictures.fire_lane_fenced, "safe")
    case.act(
        "centre",
        "make_safe",
        "代录控险：急件时限已满足，隔离墩另行拆除。",
        "Records that it was made safe: the urgent limit is met, the blocks come off later.",
        measures="车辆已拖离，通道单侧可通行，设警戒带。",
        after_photos=[photo],
        proxy=spoke("消防带队员", "现场照片"),
    )
    stage.tell.notes(
        "已控险，原来的办理时限不再走；上面这个较短的时限，是留给分拣中心给后续修复定类别的。",
        "the limit for handling is met; this shorter one is for the centre, to say how urgent the repair is",
    )
    hears(case, case.courier.key, "made_safe")


def _classed(case: Case) -> None:
    """Before anything else, so that the repair has a limit of its own."""
    case.turned_away(
        "centre",
        "resolve",
        rule="class_first",
        zh="想直接办结……",
        en="Would close it at once …",
        answer="已控险。",
        no_photo_reason="同控险照片。",
        proxy=spoke("消防带队员", "现场照片"),
    )
    case.act(
        "centre",
        "reclassify",
        "先定后续修复的类别：D 类，重新计时。",
        "Says first how urgent the repair is: class D, with a limit of its own.",
        **{"class": REPAIR},
        reason="险情已控制，拆除隔离墩需施工。",
    )
    expect(case.standing["class"] == REPAIR, "the repair has a class of its own")


def _helped(case: Case) -> None:
    case.look("village")
    case.act(
        "village",
        "file_part",
        "协办反馈：已约谈砌墩的沿街商户。",
        "Files its part: has spoken with those who built the blocks.",
        department=VILLAGE,
        result="已约谈两户，同意拆除并签承诺书。",
    )
    case.look("centre")
    case.act(
        "centre",
        "file_part",
        "代录交警协办结果。",
        "Records the part of the traffic police.",
        department=TRAFFIC,
        result="已补划禁停标线。",
        proxy=spoke("交警值班员", "微信工作群回复截图"),
    )


def _repaired(stage: Stage, case: Case) -> None:
    stage.tell.does("centre", "消防队传来拆除后的照片。", "The brigade sends a photo of the free lane.")
    photo = case.after_photo("centre", pictures.fire_lane_clear)
    case.act(
        "centre",
        "resolve",
        "代录办结，公开答复。",
        "Records that it is solved, and the public answer.",
        answer="隔离墩已拆除，消防通道畅通并重划标线。",
        after_photos=[photo],
        proxy=spoke("消防带队员", "灌消函〔演示〕2号"),
    )


def _ends(case: Case) -> None:
    case.act("grid_member", "confirm", "到场核查：通道畅通。", "Re-checks on site: the lane is free.")
    expect(case.standing["status"] == "closed", "the re-check ends it")
    case.act(
        case.courier.key,
        "confirm",
        "回答三个问题：联系过 ✓　解决了 ✓　满意 ✓",
        "Answers: contacted, solved, satisfied.",
        contacted=True,
        solved=True,
        satisfied=True,
    )
    hears(case, case.courier.key, "closed")
    earns(case, "P13", "P15")
    proxies = [
        line["details"]["proxy"]["person"] for line in case.look("centre")["history"] if line["details"].get("proxy")
    ]
    case.stage.tell.notes(
        f"历史里的代录：{'、'.join(proxies)}", "whom the centre has recorded for, as the history says"
    )
