"""Overflowing bins: the village clears them itself. An answer is lost on the way, and nothing is done twice."""

from demo import pictures
from demo.case import Case
from demo.followers import earns, hears
from demo.intake import Find, report
from demo.stage import Stage, expect

KIND = "0201"
TIESHAN = (24.60651, 118.01066)  # 铁山社区第3网格


def play(stage: Stage) -> Case:
    """The whole scene; the case as it ended."""
    stage.tell.scene("第五幕　垃圾满溢，村居自己解决", "Scene 5: overflowing refuse, solved by the village")
    spot = stage.spot(*TIESHAN)
    text = "两个桶都满了，袋子堆到路上。"
    case = report(
        stage,
        Find(name="refuse", spot=spot, view=pictures.refuse, kind=KIND, text=text, answer_lost=True),
        by="newcomer",
        zh=f"拍照上报：{stage.kind(KIND)}；信号差，没收到回执，手机自动重发。",
        en="Photographs it; the answer is lost in a dead spot, and the phone sends the same again.",
    )
    _verified(case)
    _cleared(stage, case)
    return case


def _verified(case: Case) -> None:
    case.look("grid_member2")
    case.act(
        "grid_member2",
        "verify",
        "看照片即可认定，严重程度 1。",
        "The photo is enough: true, severity 1.",
        basis="photo",
        severity=1,
    )
    expect(case.standing["status"] == "with_village", "the village helps with refuse, so it comes first")
    hears(case, "village2", "to_solve")


def _cleared(stage: Stage, case: Case) -> None:
    stage.tell.does("village2", "保洁员清运完毕，拍照。", "The cleaners have taken it away; a photo.")
    photo = case.after_photo("village2", pictures.refuse_cleared)
    case.act(
        "village2",
        "resolve",
        "办结，公开答复。",
        "Says it is solved.",
        answer="已清运，并增加一次午间收运。",
        after_photos=[photo],
    )
    case.act("grid_member2", "confirm", "核查：现场干净。", "Re-checks: the place is clean.")
    expect(case.standing["status"] == "closed", "the re-check ends it")
    case.act(
        case.courier.key,
        "confirm",
        "回答三个问题：联系过 ✗　解决了 ✓　满意 ✓",
        "Answers: not contacted, but solved and satisfied.",
        contacted=False,
        solved=True,
        satisfied=True,
    )
    hears(case, case.courier.key, "closed")
    earns(case, "P11", "P15")
