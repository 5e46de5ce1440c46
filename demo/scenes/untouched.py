"""One that nobody touches: the clock reminds, lets the village verify it, then calls in the centre, which does."""

from demo.case import Case
from demo.editions import CLASS, VERIFY
from demo.followers import earns, hears, rungs
from demo.intake import Find, report
from demo.stage import Stage, expect

KIND = "0502"
TIESHAN = (24.61815, 118.00683)  # 铁山社区第2网格


def begin(stage: Stage) -> Case:
    """It is reported, and lies there."""
    seconds = VERIFY.total_seconds()
    stage.tell.scene("第二幕（上）　一件没人理的事", "Scene 2, part one: what nobody touches")
    stage.tell.notes(
        f"演示期间，{CLASS} 类时限以秒计：核实 {seconds:.0f} 秒，昼夜连续计时，系统每分钟查一次到期；结束后恢复原表。",
        f"while the demo runs, class {CLASS} is to be verified within {seconds:.0f} s, day and night; "
        "the clock looks once a minute what is due",
    )
    case = report(
        stage,
        Find(name="earth-heap", spot=stage.spot(*TIESHAN), kind=KIND, text="溪边菜地被渣土占了一大块。"),
        by="courier2",
        zh=f"上报：{stage.kind(KIND)}。网格员今天没有看手机……",
        en="Reports it. The grid member does not look at his phone today …",
    )
    expect(case.standing["class"] == CLASS, f"{KIND} is of class {CLASS}")
    return case


def end(stage: Stage, case: Case) -> None:
    """What the clock did meanwhile and does next; then the centre ends it."""
    stage.tell.scene("第二幕（下）　时钟一级一级往上催", "Scene 2, part two: the clock carries it up the ladder")
    rungs(case, "centre_may_verify")
    hears(case, "grid_member2", "reminder")
    hears(case, "village2", "may_verify")
    hears(case, "centre", "may_verify")
    seen = case.look("centre")
    expect(seen["holder"].startswith("centre:") and "verify" in seen["breaches"], "the centre has it, and it is late")
    case.act(
        "centre",
        "verify",
        "电话核实：属实，当事人已自行清走。逾期记录在案。",
        "Verifies by phone: true, and gone by now. That it was late stays on record.",
        basis="phone",
        outcome="already_gone",
    )
    expect(case.standing["status"] == "closed", "what is gone has ended")
    hears(case, case.courier.key, "verified_gone")
    earns(case, "P13")
