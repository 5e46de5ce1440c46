"""Where a courier stands this month: the board is ranked when it is first looked at, and every few minutes after."""

from datetime import UTC, datetime, timedelta, timezone

from demo.client import Json, Person, patiently
from demo.stage import Stage, expect
from demo.words import clock

LOCAL = timezone(timedelta(hours=8))


def play(stage: Stage) -> None:
    """The board of this month, as a courier reads it and as the centre does. Raises Surprise."""
    stage.tell.scene("第十六幕　本月谁走在前面", "Scene 16: who is first this month")
    courier, month = stage.cast["courier"], datetime.now(UTC).astimezone(LOCAL).strftime("%Y-%m")
    found = patiently(
        "the board of this month", lambda: _read(courier, month), lambda board: board["as_of"] is not None
    )
    stage.tell.does("courier", f"看本月（{month}）排名。", f"Looks at the ranking of {month}.")
    as_of = clock(datetime.fromisoformat(found["as_of"]))
    stage.tell.notes(f"排名截至 {as_of}，共 {found['ranked']} 人。", f"As of {as_of}, {found['ranked']} on it.")
    for place in found["around"]:
        _tell(stage, place)
    if found["me"] is None:  # he earned after it was ranked, and it is ranked at most every five minutes
        stage.tell.notes("本人刚得的积分将在下次排名中计入。", "What he has just earned is on the next one.")
    masked = all("*" in one["name"] for one in found["top"] if len(one["name"]) > 1)
    expect(masked, "couriers do not read each other's names")
    for one in _read(stage.cast["centre"], month)["top"][:1]:
        stage.tell.notes(
            f"分拣中心看到姓名：第一名是{one['name']}。", f"The centre reads names: {one['name']} is first."
        )


def _read(reader: Person, month: str) -> Json:
    found: Json = reader.get(f"/rankings/{month}")
    return found


def _tell(stage: Stage, place: Json) -> None:
    own = ("（本人）", " (himself)") if place["own"] else ("", "")
    zh = f"第{place['rank']}名　{place['name']}{own[0]}　荣誉分 {place['honour']}，办结 {place['solved']} 件"
    stage.tell.notes(zh, f"Number {place['rank']}{own[1]}: honour {place['honour']}, {place['solved']} solved")
