"""A closing looked at once more: a courier who is not told whose it was finds it undone, and it is open again."""

from demo import pictures
from demo.case import JPEG, Case
from demo.client import Json, Person, patiently, upload
from demo.followers import entries, hears
from demo.stage import Stage, expect, new_key

KIND, DEPARTMENT = "0302", "D04"
FILER, VERIFIER, ROADS = "village3", "grid_member3", "department:D04"
COURIERS = ("courier", "courier2")
SHANGTOUTING = (24.59634, 118.01482)  # 上头亭社区第5网格
TOLD = {"reporter", "history", "holder", "by"}  # what would say whose report or closing it was


def play(stage: Stage) -> Case:
    """The whole scene; the case as it ended."""
    stage.tell.scene("第十二幕　办结以后，再看一眼", "Scene 12: closed, and looked at once more")
    stage.tell.notes(
        "演示期间，井盖类办结全部抽中盲查；平时按风险抽取。",
        "while the demo runs every closing of a manhole cover is drawn; otherwise some are, by risk",
    )
    case = _filed(stage)
    _said_to_be_solved(stage, case)
    courier = _offered(stage, case)
    _found_undone(stage, case, courier)
    _mended(stage, case)
    return case


def _filed(stage: Stage) -> Case:
    filer, spot = stage.cast[FILER], stage.spot(*SHANGTOUTING)
    stage.tell.does(FILER, f"巡查发现：{stage.kind(KIND)}。", "Finds it on patrol.")
    body = {"kind": KIND, "location": spot.body, "source": "patrol", "photos": [JPEG]}
    accepted: Json = filer.post("/reports", body, key=new_key())
    case = Case(stage=stage, courier=filer, spot=spot, name="cover", standing=accepted)
    case.photographed(accepted["uploads"][0], pictures.manhole_open, "before-1")
    return case


def _said_to_be_solved(stage: Stage, case: Case) -> None:
    case.look(VERIFIER)
    case.act(VERIFIER, "verify", "现场核实，严重程度 3。", "Was there: true.", basis="on_site", severity=3)
    case.look("centre")
    name = " ".join(stage.departments[DEPARTMENT])
    case.act("centre", "dispatch", f"派给 {name}。", "Dispatches.", department=DEPARTMENT)
    _resolved(case, "已更换井盖。")
    case.act("centre", "confirm", "凭照片确认办结。", "Confirms by the photo.", basis="on_site")
    expect(case.standing["status"] == "closed", "it is closed")


def _resolved(case: Case, answer: str) -> None:
    case.look(ROADS)
    if case.standing["status"] == "dispatched":
        case.act(ROADS, "accept", "签收。", "Signs.")
    photo = case.after_photo(ROADS, pictures.manhole_covered)
    case.act(ROADS, "resolve", f"办结：{answer}", "Says it is solved.", answer=answer, after_photos=[photo])


def _offered(stage: Stage, case: Case) -> Person:
    """The courier on whose round it lies hears of it."""

    def look() -> list[str]:
        return [key for key in COURIERS if any(one["id"] == case.id for one in _tasks(stage.cast[key]))]

    return stage.cast[patiently("the offer of a blind re-check", look, bool)[0]]


def _tasks(courier: Person) -> list[Json]:
    found: list[Json] = courier.get("/rechecks")["rechecks"]
    return found


def _found_undone(stage: Stage, case: Case, courier: Person) -> None:
    stage.tell.does(courier.key, "顺路接下：去看看还在不在。", "Takes it on his way: is it still there?")
    task = courier.post(f"/rechecks/{case.id}/acceptance", {}, key=new_key())
    expect(not TOLD & task.keys(), "he sees the place and what it looked like, and nobody's name")
    stage.tell.notes(f"只问一句：{task['question']}", task["question_en"])
    answer = {"answer": "not_solved", "photos": [JPEG]}
    form = courier.post(f"/rechecks/{case.id}/answer", answer, key=new_key())["uploads"][0]
    expect(upload(form, case.spot.picture(pictures.manhole_open)) == 201, "S3 takes the photo")
    stage.tell.does(courier.key, "没解决，拍照为证。", "Not solved; a photo shows it.")
    hears(case, "centre", "false_closing")
    case.look("centre")
    expect(case.standing["status"] not in ("closed", "resolved"), "a false closing is open again by itself")
    stage.tell.moved(case.standing)

    def paid() -> list[Json]:
        return [one for one in entries(courier) if one["report_id"] == case.id and one["rule"] == "P18"]

    entry = patiently("points of the re-check", paid, bool)[0]
    stage.tell.notes(f"积分 +{entry['points']}：{entry['text']}", entry["text_en"])


def _mended(stage: Stage, case: Case) -> None:
    _resolved(case, "已重新更换并加固。")
    case.look(VERIFIER)
    case.act(VERIFIER, "confirm", "到现场踩过：稳了。", "Stood on it: it holds.", basis="on_site")
    expect(case.standing["status"] == "closed", "now it is solved")
