"""The demo as a newcomer meets it: readable, tidy whatever happens, and plain about what is missing."""

import re
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from demo import pictures
from demo.__main__ import main
from demo.case import Case
from demo.client import Cast
from demo.editions import CHANGES, in_minutes
from demo.intake import Find, report, tidy
from demo.stage import Stage
from demo.telling import Teller
from demo.words import deadline, span

SHANGTOUTING_1 = (24.5952, 117.9994)
DATA = Path(__file__).parents[2] / "chalicelib" / "data"
CSV = {"Content-Type": "text/csv"}


@pytest.fixture
def stage(cast: Cast, tmp_path: Path) -> Stage:
    """Where a story may begin."""
    stage = Stage(cast=cast, tell=Teller(out=StringIO()), album=tmp_path)
    stage.open()
    return stage


def in_force(cast: Cast) -> dict[str, bytes]:
    """The tables that the demo changes, as they are now."""
    return {name: cast["admin"].ask("GET", f"/reference/{name}").content for name in CHANGES}


def shipped() -> dict[str, bytes]:
    return {name: (DATA / f"{name}.csv").read_bytes() for name in CHANGES}


def test_the_story_names_people_steps_deadlines_refusals_and_points(day: dict[str, Case]) -> None:
    written = day["road-hole"].stage.tell.out
    assert isinstance(written, StringIO)
    story = written.getvalue()
    for said in (
        "【分拣】验证码",
        "401 code_wrong",
        "深青村网格员",
        "→ 待分拣 with the sorting centre",
        "412 stale_version",
        "规则P12",
        "拨打 110",
        "分拣中心副班（",
        "409 class_first",
        "留给分拣中心给后续修复定类别的",
        "历史里的代录：消防值班员",
        "时限已过 100%：逾期视为签收",
        "409 no_such_step",
        "时限已过 150%：仍无人核实",
        "表头：编号 上报时间",
        "水印：【导出水印】",
        "疑点 → 分拣中心：1张照片此前已用于其他上报",
        "只发放一次：第二次得到的是同一个答复",
        "分拣中心看到姓名：第一名是",
    ):
        assert said in story
    assert re.search(r"限 [\d:]+ 前（60 秒）· due [\d:]+, in 60 s", story)
    assert re.search(r"限 .* 前（24 小时）· due .*, in 24 h", story)
    assert not re.search(r"（0 小时|\d\.\d+ 小时", story)
    assert "\x1b[" not in story, "no colours where no person watches"


def test_all_that_was_earned_that_day_was_told(day: dict[str, Case]) -> None:
    story = day["road-hole"].stage.tell.out
    assert isinstance(story, StringIO)
    entries = [entry for case in day.values() for entry in case.courier.get("/points", limit=100)["entries"]]
    texts = {entry["text"] for entry in entries if entry["report_id"] in {case.id for case in day.values()}}
    assert len(texts) > 4 and all(text in story.getvalue() for text in texts)


@pytest.mark.parametrize(
    ("time", "zh", "en"),
    [
        (timedelta(seconds=29.7), "30 秒", "30 s"),
        (timedelta(seconds=60), "60 秒", "60 s"),
        (timedelta(minutes=29.99), "30 分钟", "30 min"),
        (timedelta(minutes=59.99), "1 小时", "1 h"),
        (timedelta(hours=3, minutes=20), "3 小时 20 分", "3 h 20 min"),
        (timedelta(hours=24), "24 小时", "24 h"),
        (timedelta(hours=502.2), "约 21 天", "some 21 days"),
    ],
)
def test_how_long_is_said_as_one_would(time: timedelta, zh: str, en: str) -> None:
    assert span(time) == (zh, en)


def test_a_short_deadline_is_told_to_the_second_and_a_past_one_is_called_past() -> None:
    now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    due = {gap: (now + timedelta(seconds=gap)).isoformat() for gap in (30, 3600, -1)}
    assert deadline(due[30], now=now) == "限 12:00:30 前（30 秒）· due 12:00:30, in 30 s"
    assert deadline(due[3600], now=now) == "限 13:00 前（1 小时）· due 13:00, in 1 h"
    assert deadline(due[-1], now=now) == "限 11:59:59 前（已过）· due 11:59:59, past"


def test_the_townships_own_limits_are_back_after_the_day(day: dict[str, Case], cast: Cast) -> None:
    assert in_force(cast) == shipped()


def test_they_come_back_where_the_day_breaks_off(stage: Stage) -> None:
    with pytest.raises(KeyboardInterrupt), in_minutes(stage):
        assert in_force(stage.cast) != shipped()
        raise KeyboardInterrupt
    assert in_force(stage.cast) == shipped()


def test_they_come_back_with_the_next_day_where_one_was_killed(stage: Stage) -> None:
    killed = in_minutes(stage)
    killed.__enter__()
    with in_minutes(stage):
        assert in_force(stage.cast) != shipped()
    assert in_force(stage.cast) == shipped()


def test_what_somebody_publishes_meanwhile_stays(stage: Stage) -> None:
    own, admin = shipped()["limits"], stage.cast["admin"]
    other = own.replace("特急".encode(), "最急".encode())
    with in_minutes(stage):
        admin.ask("PUT", "/reference/limits", data=other, headers=CSV)
    assert in_force(stage.cast)["limits"] == other
    admin.ask("PUT", "/reference/limits", data=own, headers=CSV)


def test_what_a_broken_off_story_began_does_not_stay_open(stage: Stage) -> None:
    find = Find(name="begun", spot=stage.spot(*SHANGTOUTING_1), view=pictures.lamp, kind="0305")
    begun = [report(stage, find, by="courier2", zh="上报", en="reports") for _ in range(2)]
    begun[1].act("grid_member3", "verify", "属实", "true", basis="photo")
    tidy(stage)
    for case in begun:
        assert case.look(case.courier.key)["status"] == "withdrawn"


def test_it_says_so_when_nothing_is_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["demo", "--people", str(tmp_path / "demo.json")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "make run" in capsys.readouterr().out
