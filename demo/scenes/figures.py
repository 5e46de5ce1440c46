"""What the day comes to: figures that anyone can follow down to the reports behind them, and a map."""

from datetime import UTC, datetime
from typing import Any

from demo.camera import LOCAL
from demo.client import Json, patiently
from demo.stage import Stage, expect

COLUMN, PAGE = "filed", 100
BY = "village"


def play(stage: Stage) -> None:
    """The whole scene."""
    stage.tell.scene("第十三幕　数字从哪里来", "Scene 13: where the figures come from")
    today = datetime.now(UTC).astimezone(LOCAL).date().isoformat()
    days = {"first": today, "last": today}
    stage.tell.does("committee", "看今天的数字，按村居。", "Looks at the day's figures, by village.")
    found = patiently("figures that their reports bear out", lambda: _both(stage, days), _agree)
    for row in found["figures"]["rows"]:
        _told(stage, row)
    stage.tell.notes(
        f"点开“收到 {len(found['behind'])} 件”：就是这 {len(found['behind'])} 件，一件不多，一件不少。",
        f"behind the {len(found['behind'])} filed lie exactly these reports",
    )
    _mapped(stage)


def _both(stage: Stage, days: dict[str, str]) -> Json:
    """The figures, and the reports behind one of them; counted a moment after it happened."""
    committee = stage.cast["committee"]
    figures = committee.get("/statistics/indicators", by=BY, **days)
    behind: list[Json] = []
    hidden, cursor, more = 0, "", True
    while more:
        asked: dict[str, Any] = {"column": COLUMN, "limit": PAGE, **days} | ({"cursor": cursor} if cursor else {})
        page = committee.get("/statistics/indicators/reports", **asked)
        behind += page["counted"]
        hidden, cursor = hidden + page["hidden"], page["cursor"]
        more = bool(cursor)
    return {"figures": figures, "behind": behind, "hidden": hidden}


def _agree(found: Json) -> bool:
    counted = found["figures"]["total"]["counts"].get(COLUMN, 0)
    return bool(counted) and counted == len(found["behind"]) + found["hidden"]


def _told(stage: Stage, row: Json) -> None:
    counts, rate = row["counts"], row["on_time_rate"]
    on_time = "—" if rate is None else f"{rate:.0%}"
    stage.tell.notes(
        f"{row['name']}：收到 {counts.get(COLUMN, 0)} 件，派出后退单 {counts.get('returned', 0)} 件，按时率 {on_time}",
        f"{row['name_en']}: filed {counts.get(COLUMN, 0)}, returned {counts.get('returned', 0)}, on time {on_time}",
    )


def _mapped(stage: Stage) -> None:
    """The centre sees the running month; all others the months that are over, and there no cell of a few."""
    seen = {key: stage.cast[key].get("/map/cells") for key in ("centre", "committee")}
    expect(seen["centre"]["exact"] and not seen["committee"]["exact"], "the centre alone sees small numbers")
    expect(seen["committee"]["until"] < seen["centre"]["until"], "nobody else sees the month that still grows")
    cells = sum(one["count"] for one in seen["centre"]["cells"])
    stage.tell.notes(
        f"地图：分拣中心看到本月 {cells} 件；书记看到截至 {seen['committee']['until']} 的月份，"
        "件数少的格子不显示，免得认出是谁家。",
        f"the map shows the centre {cells} reports of this month, and the committee the months up to "
        f"{seen['committee']['until']}: a cell of a few, or one watched as it grows, would point at a door",
    )
