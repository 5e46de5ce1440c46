"""A hole in the road: to the grid member, the centre, a department that returns it, the one that mends it."""

from demo import pictures
from demo.case import Case
from demo.followers import earns, hears
from demo.intake import Find, join, nearby, report
from demo.scenes import outcome
from demo.stage import Spot, Stage, expect

KIND, DEPARTMENT, WRONG = "0303", "D04", "D13"
ROADS, HOUSING = "department:D04", "department:D13"
SHENQING = (24.60304, 117.98741)  # 深青村第4网格


def play(stage: Stage) -> Case:
    """The whole scene; the case as it ended."""
    stage.tell.scene(
        "第四幕　路面坑洞，退单后改派市政园林",
        "Scene 4: a hole in the road; one department returns it, another mends it",
    )
    spot = stage.spot(*SHENQING)
    _looks_around(stage, spot)
    case = _reports(stage, spot)
    joined = _others(stage, case)
    _verified(case)
    _dispatched(case)
    _returned(case)
    photo = _mended(stage, case)
    outcome.shown(stage, case, "before-1", photo)
    _ends(stage, case)
    outcome.told(stage, case)
    if joined:
        hears(joined, joined.courier.key, "closed")
        earns(joined, "P16")
    return case


def _looks_around(stage: Stage, spot: Spot) -> None:
    stage.tell.does(
        "newcomer",
        "送件路上见到一个大坑，先看附近有没有人报过。",
        "Sees a hole on his round; has anybody told already?",
    )
    found = nearby(stage, "newcomer", spot, KIND)
    if found is not None:
        stage.tell.notes(f"附近 50 米、72 小时内：{len(found)} 件", f"within 50 m and 72 h: {len(found)}")


def _reports(stage: Stage, spot: Spot) -> Case:
    case = report(
        stage,
        Find(name="road-hole", spot=spot, view=pictures.road_hole, kind=KIND),
        by="newcomer",
        zh=f"一张照片、一个位置，不用打字：{stage.kind(KIND)}。",
        en="A photo and a place, nothing to type.",
    )
    hears(case, "grid_member", "to_verify")
    return case


def _others(stage: Stage, case: Case) -> Case | None:
    """A colleague passes and joins; and the reporter himself cannot judge."""
    colleague = "courier2" if case.courier.key == "courier" else "courier"
    stage.tell.does(colleague, "路过同一个坑，也想上报。", "Passes the same hole and would report it too.")
    found, joined = nearby(stage, colleague, case.spot, KIND), None
    if found is not None:
        expect(bool(found), "the report of a moment ago lies nearby")
        stage.tell.notes(
            f"提示：{found[0]['distance_m']} 米处 {found[0]['age_s']} 秒前已有人报过；点“我也看到了”，自己拍一张。",
            "hint: somebody has just reported the same here; he says “me too”, with a photo of his own",
        )
        joined = join(stage, case, colleague, found[0], pictures.road_hole)
    case.turned_away(
        case.courier.key,
        "verify",
        rule="nobody_judges_his_own",
        zh="想自己给自己核实。",
        en="Tries to verify his own report.",
        basis="on_site",
    )
    return joined


def _verified(case: Case) -> None:
    case.look("grid_member")
    case.act(
        "grid_member",
        "verify",
        "到现场看过：坑深约 10 厘米，属实，严重程度 2。",
        "Was there: some 10 cm deep; true, severity 2.",
        basis="on_site",
        severity=2,
    )
    expect(case.standing["status"] == "with_centre", "a road is beyond the village: it goes to the centre")
    hears(case, case.courier.key, "verified")


def _dispatched(case: Case) -> None:
    """The centre's click comes from a page that is no longer true; it looks again."""
    seen = case.look("centre")
    case.adds(case.courier.key, "晚上没有路灯，更危险。", "no lamp shines there at night.")
    expect(seen["version"] < case.standing["version"], "more information is a new version")
    case.standing = seen
    order: dict[str, object] = {"department": WRONG, "instruction": "请三日内修补，先设警示。"}
    case.turned_away(
        "centre",
        "dispatch",
        rule="stale_version",
        zh="照着几分钟前的页面派发……",
        en="Dispatches from a page of a few minutes ago …",
        **order,
    )
    case.look("centre")
    name = " ".join(case.stage.departments[WRONG])
    case.act("centre", "dispatch", f"看过补充，派给 {name}。", "Has read what was added; dispatches.", **order)
    expect(case.standing["status"] == "dispatched", "the department has it, to sign")


def _returned(case: Case) -> None:
    """Not theirs: back to the centre in time, which finds the right one."""
    case.look(HOUSING)
    case.act(
        HOUSING,
        "return",
        "签收时限内退单：权属不清，疑为市政道路。",
        "Returns it in time: ownership unclear, it seems to be a municipal road.",
        reason="ownership_unclear",
        explanation="该路段不在我办管养清单，请核实权属。",
    )
    expect(case.standing["status"] == "with_centre", "what is returned is with the centre again")
    hears(case, "centre", "returned")
    case.look("centre")
    name = " ".join(case.stage.departments[DEPARTMENT])
    case.act(
        "centre", "dispatch", f"查明权属，改派 {name}。", "Looks up who owns it; dispatches.", department=DEPARTMENT
    )


def _mended(stage: Stage, case: Case) -> str:
    hears(case, ROADS, "to_sign")
    seen = case.look(ROADS)
    expect(seen["reporter"] is None, "a department never learns who reported")
    case.act(ROADS, "accept", "签收。（看不到上报人是谁）", "Signs. (It cannot see who reported.)")
    stage.tell.does(ROADS, "铺好了，拍照回传。", "It is paved; takes a photo.")
    photo = case.after_photo(ROADS, pictures.road_mended)
    case.act(
        ROADS,
        "resolve",
        "办结，并公开答复。",
        "Says it is solved, and answers in public.",
        answer="已清底并重铺沥青，可正常通行。",
        after_photos=[photo],
    )
    expect(case.standing["status"] == "resolved", "it waits to be re-checked")
    return photo


def _ends(stage: Stage, case: Case) -> None:
    case.act("grid_member", "confirm", "再到现场，确已修好。", "Goes there once more: it is mended.")
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
    for template in ("dispatched", "accepted", "resolved", "closed"):
        hears(case, case.courier.key, template)
    earns(case, "P12", "P15")
