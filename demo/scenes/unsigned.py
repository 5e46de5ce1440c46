"""An order that nobody signs: it counts as signed, and can no longer be returned (逾期视为签收)."""

from demo.case import Case
from demo.editions import SIGN
from demo.followers import earns, hears, rungs
from demo.intake import Find, report
from demo.stage import Stage, expect

KIND, DEPARTMENT = "0501", "D01"
ENFORCERS = "department:D01"
SHANGTOUTING = (24.59634, 118.01482)  # 上头亭社区第5网格


def begin(stage: Stage) -> Case:
    """It is dispatched, and not signed."""
    stage.tell.scene("第三幕（上）　一张没人签收的派单", "Scene 3, part one: an order that nobody signs")
    case = report(
        stage,
        Find(name="shed", spot=stage.spot(*SHANGTOUTING), kind=KIND, text="楼顶在搭铁皮棚。"),
        by="courier",
        zh=f"上报：{stage.kind(KIND)}。",
        en="Reports that somebody builds a shed on a roof.",
    )
    case.act(
        "grid_member3",
        "verify",
        "到场核实，属实，转分拣中心。",
        "Was there: true; it goes to the centre.",
        basis="on_site",
    )
    seconds = SIGN.total_seconds()
    case.act(
        "centre",
        "dispatch",
        f"派给镇综合执法队，演示签收时限 {seconds:.0f} 秒。",
        f"Dispatches; for the demo it is to be signed within {seconds:.0f} s.",
        department=DEPARTMENT,
        instruction="请依法查处。",
    )
    expect(case.standing["status"] == "dispatched", "the department has it, to sign")
    return case


def end(stage: Stage, case: Case) -> None:
    """The clock has signed, or does now; then it goes on like any other."""
    stage.tell.scene("第三幕（下）　逾期视为签收", "Scene 3, part two: signed by default")
    rungs(case, "sign_by_default")
    expect(case.look(ENFORCERS)["status"] == "in_handling", "it is being handled, whether signed or not")
    hears(case, ENFORCERS, "signed_by_default")
    hears(case, case.courier.key, "accepted_by_default")
    case.turned_away(
        ENFORCERS,
        "return",
        rule="no_such_step",
        zh="这时才想退单：“不归我们管”。",
        en='Only now would return it: "not ours".',
        reason="not_ours",
        explanation="应由住建部门处理。",
    )
    _taken_down(case)


def _taken_down(case: Case) -> None:
    case.act(
        ENFORCERS,
        "resolve",
        "已拆除，办结；没有拍照，说明原因。",
        "It is taken down; says why there is no photo.",
        answer="铁皮棚已自行拆除。",
        no_photo_reason="楼顶为住户私人区域，不便拍照。",
    )
    case.act("grid_member3", "confirm", "到场核查：已拆除。", "Re-checks on site: it is gone.")
    expect(case.standing["status"] == "closed", "the re-check ends it")
    hears(case, case.courier.key, "closed")
    earns(case, "P12", "P15")
