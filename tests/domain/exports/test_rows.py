"""A report as a row: words, local times, and headings that match."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.exports import rows
from chalicelib.domain.exports.covers import Cover, Shown
from chalicelib.domain.exports.rows import COLUMNS, Entry, Person, Words
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.terms import Source
from chalicelib.services.exports.labels import labels
from tests.builders import GRID, NOW, RULES, TOWNSHIP, VILLAGE, report
from tests.domain.exports.test_cells import read
from tests.domain.exports.test_covers import job

WORDS = Words(
    labels=labels(),
    kinds={code: kind.zh for code, kind in RULES.taxonomy.kinds.items()},
    areas={GRID: "深青第一网格", VILLAGE: "深青村", TOWNSHIP: "灌口镇"},
    departments={code: one.zh for code, one in RULES.departments.by_code.items()},
)
CLEAR = Cover(Shown.CLEAR, Shown.CLEAR, Shown.CLEAR)
HIDDEN = Cover(Shown.HIDDEN, Shown.HIDDEN, Shown.HIDDEN)


def cells(cover: Cover = CLEAR, text: str = "路面有个大坑", **changes: Any) -> dict[str, str]:
    """The row of a report in handling, by column."""
    given: dict[str, Any] = {
        "source": Source.HOTLINE,
        "co_handlers": ("D03", "D02"),
        "due_at": NOW + timedelta(hours=1),
    }
    model = report(Status.IN_HANDLING, **given | changes)
    entry = Entry(report=model, text=text, reporter=Person(name="陈小明", phone="13800000001"), cover=cover)
    (found,) = read(rows.row(entry, WORDS))
    return dict(zip(COLUMNS, found, strict=True))


def test_a_row_says_words_and_local_times() -> None:
    assert cells() == {
        "id": "r1",
        "created_at": "2026-11-23 09:00",
        "observed_at": "2026-11-23 09:00",
        "source": "12345热线",
        "kind": RULES.taxonomy.kinds["0303"].zh,
        "class": labels()[f"class.{RULES.taxonomy.kinds['0303'].klass}"],
        "severity": str(RULES.taxonomy.kinds["0303"].severity),
        "confidential": "否",
        "village": "深青村",
        "grid": "深青第一网格",
        "lat": "24.608500",
        "lon": "117.979500",
        "status": "办理中",
        "holder": "职能部门 · 市政园林",
        "department": "市政园林",
        "co_handlers": "环卫站、城市管理（市容）",
        "due_at": "2026-11-23 10:00",
        "ended_at": "",
        "reopened": "0",
        "text": "路面有个大坑",
        "reporter": "陈小明",
        "phone": "13800000001",
    }


def test_what_is_hidden_says_so() -> None:
    found = cells(HIDDEN)
    assert {found[name] for name in ("text", "lat", "lon", "reporter", "phone")} == {"（不显示）"}


def test_what_is_not_known_is_said_or_left_empty() -> None:
    nowhere = Place(point=None, township=TOWNSHIP)
    found = cells(kind=None, place=nowhere, due_at=None, ended_at=NOW + timedelta(hours=16), department="D99")
    assert (found["kind"], found["village"], found["grid"], found["lat"]) == ("未分类", "村居以外", "", "")
    assert (found["due_at"], found["ended_at"], found["department"]) == ("", "2026-11-24 01:00", "D99")
    gone = cells(place=replace(nowhere, grid="350211102999001", village="350211102999"))
    assert (gone["village"], gone["grid"]) == ("350211102999", "350211102999001")


def test_every_heading_and_word_is_chinese() -> None:
    headings = read(rows.opening(WORDS))[0]
    assert headings[0] == "编号" and len(headings) == len(COLUMNS)
    assert not any(heading.startswith("column.") for heading in headings)
    named = [f"status.{one}" for one in Status] + [f"source.{one}" for one in Source] + [f"role.{one}" for one in Role]
    named += [f"class.{klass}" for klass in RULES.limits.by_class] + ["word.yes", "word.no", "ground.none"]
    assert [key for key in named if key not in labels()] == []


def test_the_file_begins_with_the_mark_that_excel_looks_for() -> None:
    assert rows.opening(WORDS).startswith(b'\xef\xbb\xbf"')


def test_the_last_line_says_who_took_what_when_and_why() -> None:
    (only,) = read(rows.closing(job("centre+", purpose="=月度回访"), 7, WORDS))[0]
    for part in ("centre（分拣中心）", "2026-11-23 09:00", "=月度回访", "回访上报人", "e1", "行数：7"):
        assert part in only
    assert "已脱敏" in read(rows.closing(job("village"), 0, WORDS))[0][0]


@pytest.mark.parametrize(
    ("post", "said"),
    [
        (Post(Role.GRID_MEMBER, GRID), "网格员 · 深青第一网格"),
        (Post(Role.CENTRE, TOWNSHIP), "分拣中心 · 灌口镇"),
        (Post(Role.VILLAGE, "1"), "村居"),
        (None, ""),
    ],
)
def test_a_post_is_a_role_and_a_place(post: Post | None, said: str) -> None:
    assert WORDS.post(post) == said
