"""Points become a rain cape: the centre puts it into the catalogue, a courier redeems it and fetches it with a code."""

from demo.client import Json, Person, Refused
from demo.stage import VILLAGES, Stage, expect, new_key

PRICE = 2
PRIZE: Json = {
    "kind": "goods",
    "name": "骑行雨披",
    "name_en": "Rain cape",
    "text": "反光条，适合骑行",
    "text_en": "With reflectors, made for riding",
    "price": PRICE,
    "limits": {"day": 1},
    "pick_up": {
        "place": "深青村党群服务中心",
        "place_en": "Shenqing service centre",
        "opening": "每天9:00–17:00",
        "opening_en": "daily 9:00–17:00",
        "village": VILLAGES[0],
    },
    "cost": {"price": 1980, "budget_line": "2026-党建-07"},
    "state": "open",
}


def play(stage: Stage) -> None:
    """The whole scene; told only where a courier has the points for it."""
    stage.tell.scene("第十五幕　积分换雨披", "Scene 15: points become a rain cape")
    courier = _with_points(stage)
    expect(courier is not None, "a courier has earned the points")
    if courier is None:
        return
    prize = _offered(stage)
    had = courier.get("/points")["balance"]
    stage.tell.does(courier.key, f"用{PRICE}分兑换“{PRIZE['name']}”。", "Redeems it for two points.")
    made = courier.post(f"/prizes/{prize['id']}/redemptions", {"price": PRICE}, key=new_key())
    shown = courier.get(f"/redemptions/{made['id']}/code")
    expect(courier.get("/points")["balance"] == had - PRICE, "the points are spent")
    stage.tell.notes(
        f"领取码 {shown['code']}（也可出示二维码），七天内有效。", "a code to read out or to show as a QR code"
    )
    stage.keep("pick-up-code.svg", shown["qr"].encode())
    _fetched(stage, courier, made)
    _accounted(stage, prize)


def _with_points(stage: Stage) -> Person | None:
    """The courier who has most, if that is enough."""
    found = [(stage.cast[key].get("/points")["balance"], key) for key in ("courier", "courier2")]
    most, key = max(found)
    return stage.cast[key] if most >= PRICE else None


def _offered(stage: Stage) -> Json:
    centre = stage.cast["centre"]
    stage.tell.does(
        "centre", f"上架“{PRIZE['name']}”，{PRICE}分，入库3件。", "Offers a rain cape for two points; three came."
    )
    prize: Json = centre.post("/prizes", PRIZE, key=new_key())
    bought = {"cause": "purchased", "count": 3, "cost": PRIZE["cost"], "reason": "第四季度采购"}
    centre.post(f"/prizes/{prize['id']}/stock", bought, key=new_key())
    return prize


def _fetched(stage: Stage, courier: Person, made: Json) -> None:
    """At the counter of the village, where the code is typed twice."""
    village, code = stage.cast["village"], made["code"]
    typed = {"code": f"{code[:4]}-{code[4:]}".lower()}
    stage.tell.does(
        "village", "输入领取码，发放雨披；手一抖，又按了一次。", "Types the code, hands it over, and presses twice."
    )
    first, again = (village.post("/redemptions/confirmation", typed) for _ in range(2))
    expect(first == again and first["state"] == "handed", "twice is once")
    stage.tell.notes("只发放一次：第二次得到的是同一个答复。", "handed over once: the second answer is the first")
    stage.tell.does(courier.key, "已经领了，又想取消。", "Has fetched it, and would cancel now.")
    try:
        courier.post(f"/redemptions/{made['id']}/cancellation", {})
    except Refused as refusal:
        expect(refusal.rule == "redemption_over", f"cancelling was refused by {refusal.rule}")
        stage.tell.refused(refusal.problem)
        return
    expect(False, "what was fetched cannot be cancelled")


def _accounted(stage: Stage, prize: Json) -> None:
    movements = stage.cast["auditor"].get(f"/prizes/{prize['id']}/movements")["movements"]
    causes = [one["cause"] for one in reversed(movements)]
    expect(causes == ["made", "purchased", "reserved", "handed"], f"the stock's movements are {causes}")
    stage.tell.notes(
        "审计员看得到采购价和每一次库存变动。", "the auditor reads what it cost and every movement of the stock"
    )
