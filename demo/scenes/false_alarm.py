"""A report that is not true: the grid member asks, then ends it, and the courier learns why."""

from demo import pictures
from demo.case import Case
from demo.followers import earns, hears
from demo.intake import Find, report
from demo.stage import Stage, expect

KIND = "0305"
SHANGTOUTING = (24.60123, 118.00961)  # 上头亭社区第3网格


def play(stage: Stage) -> Case:
    """The whole scene; the case as it ended."""
    stage.tell.scene("第六幕　补充情况；不属实的上报", "Scene 6: a question, and a report that is not true")
    case = report(
        stage,
        Find(name="lamp", spot=stage.spot(*SHANGTOUTING), view=pictures.lamp, kind=KIND, text="路灯坏了。"),
        by="newcomer",
        zh=f"上报：{stage.kind(KIND)}。",
        en="Reports a street lamp that does not shine.",
    )
    _asked(case)
    case.act(
        "grid_member3",
        "reject",
        "昨晚巡查时灯是亮的，照片是中午拍的：不属实。",
        "The lamp shone last night, and the photo was taken at noon: not true.",
        reason="false",
        note="昨晚巡查路灯正常，照片为白天所摄。",
    )
    expect(case.standing["status"] == "invalid", "a rejected report has ended")
    message = hears(case, case.courier.key, "rejected_false")
    expect("照片为白天所摄" in message["text"], "the courier learns why")
    earns(case)
    stage.tell.notes(
        "没有积分；只有分拣中心确认为故意，才可能扣分。", "no points; and a penalty only if the centre finds intent"
    )
    return case


def _asked(case: Case) -> None:
    """The reporter is asked; the clock stops till he answers."""
    case.look("grid_member3")
    case.act(
        "grid_member3",
        "ask_info",
        "问上报人：哪一盏？几点看到的？",
        "Asks: which one, and when?",
        question="哪一盏？几点？",
    )
    expect(case.standing["status"] == "needs_info", "it waits for its reporter")
    hears(case, case.courier.key, "info_asked")
    case.look(case.courier.key)
    case.act(
        case.courier.key,
        "supply_info",
        "答：路口那盏，中午送件时看到的。",
        "The one at the corner; at noon.",
        text="路口那盏，中午。",
    )
    expect(case.standing["status"] == "submitted", "it goes on where it was")
    case.look("grid_member3")
