"""`python -m demo`: plays a morning in the pilot against the running API, and says whether it came out as told."""

import argparse
import sys
from http import HTTPStatus
from pathlib import Path

from demo.case import Case
from demo.client import Cast, NotRunning, Refused, Surprise
from demo.intake import COURIERS, DayIsFull, tidy
from demo.scenes import false_alarm, manhole, refuse, road_hole
from demo.stage import Stage
from demo.telling import MARGIN, Teller

ROOT = Path(__file__).parent.parent
FACTS, ALBUM = ROOT / ".local" / "demo.json", ROOT / ".local" / "demo"
SCENES = (road_hole.play, refuse.play, manhole.play, false_alarm.play)
NOT_RUNNING = """分拣没有在运行：请先在另一个终端执行 make run，再执行 make demo。
Fenjian is not running: start `make run` in another terminal first, then `make demo` again.
({})"""
EXPIRED = """令牌已过期（12 小时）：请重新执行 make run。
The tokens have expired after 12 hours: start `make run` again."""
DAY_IS_FULL = """两位试点快递员今天都已达到上报上限（每人每天 20 件，待核实不超过 10 件），故事到此为止。
Both pilot couriers have reached their caps (20 reports a day, 10 awaiting verification): the story ends here.
重来：停止 make run，执行 make clean，再 make run。
To begin anew: stop `make run`, `make clean`, and `make run` again; or come back tomorrow."""


def main() -> None:
    """Exits with 1 when the story came out otherwise, with 2 when it could not be told."""
    tell = Teller()
    arguments = _arguments()
    try:
        play(Stage(cast=Cast.read(arguments.people, api=arguments.api), tell=tell, album=ALBUM))
    except NotRunning as missing:
        tell.plain(NOT_RUNNING.format(missing))
        sys.exit(2)
    except DayIsFull:
        tell.plain("", DAY_IS_FULL)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except (Surprise, Refused) as surprise:
        expired = isinstance(surprise, Refused) and surprise.status == HTTPStatus.UNAUTHORIZED
        tell.plain("", EXPIRED if expired else f"故事没有按预期发展 The story came out otherwise: {surprise}")
        sys.exit(1)


def play(stage: Stage) -> None:
    """All scenes, one after the other. Raises NotRunning, DayIsFull, Surprise, Refused."""
    stage.open()
    stage.tell.plain("分拣试点的一个早晨 · A morning in the Fenjian pilot")
    try:
        cases = [scene(stage) for scene in SCENES]
    except (Surprise, Refused, DayIsFull, KeyboardInterrupt):
        tidy(stage)
        raise
    _sum_up(stage, cases)


def _sum_up(stage: Stage, cases: list[Case]) -> None:
    stage.tell.scene("小结", "What became of it")
    for case in cases:
        seen = case.courier.get(f"/reports/{case.id}")
        stage.tell.plain(f"{MARGIN}{stage.kind(seen['kind'])}")
        stage.tell.moved(seen)
    for courier in COURIERS:
        balance, pending, honour = (stage.cast[courier].get("/points")[of] for of in ("balance", "pending", "honour"))
        stage.tell.notes(
            f"{stage.tell.names[courier]}：积分 {balance}，待确认 {pending}，荣誉分 {honour}",
            f"points {balance}, pending {pending}, honour {honour}",
        )
    stage.tell.plain(f"\n照片在 {stage.album}：原片与处理后的副本 · the pictures, as taken and as served")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--api", help="the API's address before /v1, if not the one in the file of people")
    parser.add_argument("--people", type=Path, default=FACTS, help=f"ids and tokens by part (default: {FACTS})")
    return parser.parse_args()


if __name__ == "__main__":
    main()
