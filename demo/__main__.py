"""`python -m demo`: plays a day in the pilot against the running API, and says whether it came out as told."""

import argparse
import signal
import sys
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from demo.case import Case
from demo.client import Cast, NotRunning, Refused, Surprise
from demo.editions import await_known, in_minutes
from demo.intake import COURIERS, DayIsFull, tidy
from demo.scenes import (
    export,
    false_alarm,
    figures,
    fire_lane,
    hard_case,
    look_again,
    manhole,
    monday,
    prize,
    ranking,
    refuse,
    road_hole,
    sign_up,
    taken_back,
    unsigned,
    untouched,
)
from demo.stage import Stage
from demo.telling import MARGIN, Teller

ROOT = Path(__file__).parent.parent
FACTS, ALBUM = ROOT / ".local" / "demo.json", ROOT / ".local" / "demo"
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


def play(stage: Stage) -> list[Case]:
    """All scenes, and what they came to, by scene. Raises NotRunning, DayIsFull, Surprise, Refused."""
    stage.open()
    stage.tell.plain("分拣试点的一天 · A day in the Fenjian pilot")
    with in_minutes(stage) as known_at:
        try:
            cases = _day(stage, known_at)
        except (Surprise, Refused, DayIsFull, KeyboardInterrupt):
            tidy(stage)
            raise
    _sum_up(stage, cases)
    return cases


def _day(stage: Stage, known_at: datetime) -> list[Case]:
    """What waits for the clock begins early, the rest is played meanwhile."""
    applicant = sign_up.begin(stage)
    left_alone, never_signed = untouched.begin(stage), unsigned.begin(stage)
    sign_up.end(stage, applicant)
    hole = road_hole.play(stage)
    quick = [hole, refuse.play(stage), false_alarm.play(stage)]
    await_known(known_at)
    urgent = manhole.begin(stage)
    quick.append(fire_lane.play(stage))
    unsigned.end(stage, never_signed)
    manhole.end(stage, urgent)
    untouched.end(stage, left_alone)
    export.play(stage)
    quick.append(hard_case.play(stage))
    monday.play(stage)
    again = look_again.play(stage)
    figures.play(stage)
    fake = taken_back.play(stage, hole)
    prize.play(stage)
    ranking.play(stage)
    return [left_alone, never_signed, *quick, urgent, again, fake]


def _sum_up(stage: Stage, cases: list[Case]) -> None:
    stage.tell.scene("小结", "What became of it")
    for case in cases:
        seen = case.courier.get(f"/reports/{case.id}")
        stage.tell.plain(f"{MARGIN}{stage.kind(seen['kind'])}")
        stage.tell.moved(seen)
    for courier in (*COURIERS, sign_up.KEY):
        balance, pending, honour = (stage.cast[courier].get("/points")[of] for of in ("balance", "pending", "honour"))
        stage.tell.notes(
            f"{stage.tell.names[courier]}：积分余额 {balance}（含此前所得），待确认 {pending}，荣誉分 {honour}",
            f"{balance} points to spend, earlier ones included; pending {pending}, honour {honour}",
        )
    stage.tell.plain(f"\n照片在 {stage.album}：原片与处理后的副本 · the pictures, as taken and as served")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--api", help="the API's address before /v1, if not the one in the file of people")
    parser.add_argument("--people", type=Path, default=FACTS, help=f"ids and tokens by part (default: {FACTS})")
    return parser.parse_args()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it tidies up, however it is ended
    main()
