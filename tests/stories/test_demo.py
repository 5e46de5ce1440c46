"""The demo as a newcomer meets it: readable, and plain about what is missing."""

import sys
from io import StringIO
from pathlib import Path

import pytest

from demo import pictures
from demo.__main__ import main
from demo.case import Case
from demo.client import Cast
from demo.intake import Find, report, tidy
from demo.stage import Stage
from demo.telling import Teller

SHANGTOUTING_1 = (24.5952, 117.9994)


def test_the_story_names_people_steps_deadlines_refusals_and_points(morning: dict[str, Case]) -> None:
    written = morning["road-hole"].stage.tell.out
    assert isinstance(written, StringIO)
    story = written.getvalue()
    for said in (
        "深青村网格员",
        "→ 待分拣 with the sorting centre",
        "in 4 h",
        "412 stale_version",
        "规则P12",
        "拨打 110",
    ):
        assert said in story
    assert "\x1b[" not in story, "no colours where no person watches"


def test_what_a_broken_off_story_began_does_not_stay_awaiting(cast: Cast, tmp_path: Path) -> None:
    stage = Stage(cast=cast, tell=Teller(out=StringIO()), album=tmp_path)
    stage.open()
    find = Find(name="begun", spot=stage.spot(*SHANGTOUTING_1), view=pictures.lamp, kind="0305")
    begun = report(stage, find, by="courier2", zh="上报", en="reports")
    tidy(stage)
    assert begun.look(begun.courier.key)["status"] == "withdrawn"


def test_it_says_so_when_nothing_is_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["demo", "--people", str(tmp_path / "demo.json")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "make run" in capsys.readouterr().out
