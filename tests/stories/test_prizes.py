"""Prizes through the deployed stack: sixty-four want one of fifty; a code is good once; unclaimed, all comes back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from demo.client import Cast, Json, NotRunning, Person, Refused, download, patiently, upload
from infra.local.cloud import Cloud
from tests.pictures import jpeg
from tests.stories.riders import pay, riders, time_passes
from tests.stories.steps import PATIENCE, at_once, dead, items, refusal, settle

CROWD, PIECES, POOL, PRICE, POINTS = 64, 50, 16, 10, 30
VILLAGE = "350211102202"
PLACE = {"place": "党群服务中心", "place_en": "Service centre", "village": VILLAGE}
UMBRELLA = {"kind": "goods", "name": "雨伞", "name_en": "Umbrella", "price": PRICE, "pick_up": PLACE, "state": "open"}
BUSY, TRIES = 503, 10


def offered(cast: Cast, pieces: int, **fields: object) -> Json:
    """A prize with so many in stock."""
    prize: Json = cast["centre"].post("/prizes", UMBRELLA | fields, key=uuid4().hex)
    cast["centre"].post(f"/prizes/{prize['id']}/stock", {"cause": "purchased", "count": pieces})
    return prize


def answered[T](ask: Callable[[], T]) -> T | str:
    """The answer, or the rule that refused it; who is told to try again does."""
    for _ in range(TRIES):
        try:
            return ask()
        except NotRunning:
            continue
        except Refused as refused:
            if refused.status != BUSY:
                return refused.rule
    return "busy"


def redeem(courier: Person, prize: Json) -> Json | str:
    """The redemption, or the rule that refused it; tried again, it is under the same key."""
    key = uuid4().hex
    return answered(lambda: courier.post(f"/prizes/{prize['id']}/redemptions", {"price": PRICE}, key=key))


def stock(cast: Cast, prize: Json) -> Json:
    held: Json = cast["centre"].get(f"/prizes/{prize['id']}")["stock"]
    return held


def balance(person: Person) -> int:
    points: int = person.get("/points")["balance"]
    return points


def heard(person: Person) -> list[str]:
    return [one["template"] for one in person.get("/inbox", limit=100)["messages"]]


def test_of_sixty_four_who_want_one_of_fifty_exactly_fifty_get_it(cast: Cast, cloud: Cloud) -> None:
    prize = offered(cast, PIECES)
    couriers = riders(cloud, f"crowd-{uuid4().hex[:6]}", CROWD, POINTS)
    at_once(lambda number: answered(lambda: couriers[number].get(f"/prizes/{prize['id']}")), POOL)
    with ThreadPoolExecutor(POOL) as pool:
        found = list(pool.map(lambda courier: redeem(courier, prize), couriers))
    served = [one for one in found if not isinstance(one, str)]
    assert {one for one in found if isinstance(one, str)} == {"out_of_stock"}
    assert len(served) == len({one["code"] for one in served}) == PIECES
    assert stock(cast, prize) == {"free": 0, "reserved": PIECES, "handed": 0}
    with ThreadPoolExecutor(POOL) as pool:
        left = list(pool.map(lambda courier: answered(lambda: balance(courier)), couriers))
    assert left == [POINTS if isinstance(one, str) else POINTS - PRICE for one in found]
    rows = [
        item for item in items(cloud, "redemptions") if item.get("prize_state", {}).get("S", "").startswith(prize["id"])
    ]
    assert len(rows) == PIECES


def test_a_code_is_good_once_however_often_it_is_confirmed(cast: Cast, cloud: Cloud) -> None:
    prize, courier = offered(cast, 1), riders(cloud, f"one-{uuid4().hex[:6]}", 1, POINTS)[0]
    made = courier.post(f"/prizes/{prize['id']}/redemptions", {}, key=uuid4().hex)
    shown = courier.get(f"/redemptions/{made['id']}/code")
    assert shown["code"] == made["code"] and shown["qr"].startswith("<?xml") and "<svg" in shown["qr"]
    assert refusal(lambda: cast["courier2"].get(f"/redemptions/{made['id']}")).rule == "no_such_redemption"
    counters = [cast["village"], cast["centre"]]
    answers = at_once(lambda number: counters[number % 2].post("/redemptions/confirmation", {"code": made["code"]}), 4)
    assert all(one == answers[0] for one in answers) and answers[0]["state"] == "handed"
    assert stock(cast, prize) == {"free": 0, "reserved": 0, "handed": 1}
    assert refusal(lambda: courier.post(f"/redemptions/{made['id']}/cancellation", {})).rule == "redemption_over"
    assert heard(courier)[:2] == ["prize_handed", "prize_redeemed"]
    assert [one["cause"] for one in cast["auditor"].get(f"/prizes/{prize['id']}/movements")["movements"]] == [
        "handed",
        "reserved",
        "purchased",
        "made",
    ]


def test_what_nobody_fetches_comes_back_by_itself(cast: Cast, cloud: Cloud) -> None:
    prize, courier = offered(cast, 1), riders(cloud, f"late-{uuid4().hex[:6]}", 1, POINTS)[0]
    made = courier.post(f"/prizes/{prize['id']}/redemptions", {}, key=uuid4().hex)
    assert balance(courier) == POINTS - PRICE
    time_passes(cloud, made["id"])
    patiently(
        "returned", lambda: courier.get("/redemptions")["redemptions"][0]["state"], "returned".__eq__, patience=PATIENCE
    )
    assert balance(courier) == POINTS and stock(cast, prize) == {"free": 1, "reserved": 0, "handed": 0}
    assert heard(courier)[0] == "prize_returned"


def test_a_photo_of_a_prize_is_shown_to_couriers_without_what_the_camera_wrote(cast: Cast, cloud: Cloud) -> None:
    prize = offered(cast, 1)
    form = cast["centre"].post(f"/prizes/{prize['id']}/photos", {"photos": ["image/jpeg"]}, key=uuid4().hex)
    assert upload(form["uploads"][0], jpeg()) == 201

    def seen() -> list[Json]:
        photos: list[Json] = cast["courier"].get(f"/prizes/{prize['id']}")["photos"]
        return photos

    shown = patiently("the photo", seen, lambda photos: bool(photos) and photos[0]["state"] == "ready")
    assert b"Exif" not in download(shown[0]["links"][0]["url"]).content
    assert prize["id"] in [one["id"] for one in cast["courier"].get("/prizes", limit=100)["prizes"]]
    settle(cloud)
    assert dead(cloud) == {}


def test_cancelling_gives_back_and_a_second_try_at_the_last_one_gets_it(cast: Cast, cloud: Cloud) -> None:
    pay(cloud, cast["courier"].id, PRICE)
    prize, other = offered(cast, 1), riders(cloud, f"two-{uuid4().hex[:6]}", 1, POINTS)[0]
    before = balance(cast["courier"])
    made = cast["courier"].post(f"/prizes/{prize['id']}/redemptions", {}, key=uuid4().hex)
    assert redeem(other, prize) == "out_of_stock"
    cast["courier"].post(f"/redemptions/{made['id']}/cancellation", {})
    assert balance(cast["courier"]) == before
    assert not isinstance(redeem(other, prize), str)
