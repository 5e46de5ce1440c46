"""Monday morning: eighty new reports, verified and dispatched in four calls, with a colleague in between."""

from datetime import UTC, datetime, timedelta
from itertools import batched, cycle, islice

from demo.client import Json
from demo.stage import Stage, expect, new_key

MANY, AT_ONCE, LONGEST = 80, 40, timedelta(minutes=20)
KINDS = ("0303", "0305", "0311")
SHANGTOUTING = (24.59634, 118.01482)  # 上头亭社区第5网格
CENTRE, GRID, FILER = "centre", "grid_member3", "village3"


def play(stage: Stage) -> None:
    """The whole scene."""
    stage.tell.scene("第十一幕　周一早上的八十件", "Scene 11: Monday morning, eighty new reports")
    filed = _filed(stage)
    begun = datetime.now(UTC)
    _verified(stage, filed)
    _dispatched(stage, filed)
    taken = datetime.now(UTC) - begun
    expect(taken < LONGEST, "eighty reports are sorted within twenty minutes")
    stage.tell.notes(
        f"{MANY} 件从核实到派发共用时 {taken.total_seconds():.0f} 秒，网格员和分拣中心各点两次。",
        f"{MANY} reports verified and dispatched in {taken.total_seconds():.0f} s, by two clicks each",
    )


def _filed(stage: Stage) -> list[Json]:
    stage.tell.does(FILER, f"周末巡查记录集中录入，共 {MANY} 件。", f"Enters {MANY} finds of the weekend's patrol.")
    return [
        stage.cast[FILER].post(
            "/reports",
            {"text": "巡查发现", "kind": kind, "location": stage.spot(*SHANGTOUTING).body, "source": "patrol"},
            key=new_key(),
        )
        for kind in islice(cycle(KINDS), MANY)
    ]


def _verified(stage: Stage, filed: list[Json]) -> None:
    stage.tell.does(GRID, "成批核实，送分拣中心。", "Verifies them in bulk, to the centre.")
    action = {"action": "verify", "basis": "photo", "outcome": "to_centre"}
    for some in batched(filed, AT_ONCE, strict=False):
        done = _bulk(stage, GRID, action, [{"id": one["id"], "version": one["version"]} for one in some])
        expect(done["done"] == len(some), f"all are verified, not {done['refused']} refused")


def _dispatched(stage: Stage, filed: list[Json]) -> None:
    """As the routing suggests; one was looked at by a colleague meanwhile, and the answer says what he did."""
    changed = filed[0]["id"]
    stage.cast[CENTRE].post(
        f"/reports/{changed}/actions", {"action": "comment", "text": "先电话问过", "internal": True}
    )
    stage.tell.does(CENTRE, "按建议成批派发，不用逐件填部门。", "Dispatches in bulk, as the routing suggests.")
    refused: list[Json] = []
    for some in batched(filed, AT_ONCE, strict=False):
        named = [{"id": one["id"], "version": one["version"] + 1} for one in some]
        done = _bulk(stage, CENTRE, {"action": "dispatch"}, named)
        refused += [one for one in done["results"] if one["result"] == "refused"]
    expect([one["report"] for one in refused] == [changed], f"one alone is refused, not {refused}")
    meanwhile = refused[0]["problem"]["meanwhile"]
    stage.tell.notes(
        f"一件未派：有人刚改过（{meanwhile['changes'][0]['action']}），看过再派。",
        "one was not sent: somebody has just changed it, and the answer says how; looked at, it goes as well",
    )
    last = _bulk(stage, CENTRE, {"action": "dispatch"}, [{"id": changed, "version": meanwhile["version"]}])
    expect(last["done"] == 1, "looked at, it goes as well")


def _bulk(stage: Stage, key: str, action: Json, named: list[Json]) -> Json:
    answer: Json = stage.cast[key].post("/reports/actions", {"reports": named, "action": action}, key=new_key())
    return answer
