"""What simply happened to a report, on the day on which it did, for whom."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.figures import bodies
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import RejectReason, ReturnReason, Service, Source, Watch
from tests.builders import CENTRE, COMMITTEE, COURIER, GRID, GRID_MEMBER, NOW, VILLAGE, VILLAGER, WORKS, report
from tests.counting import columns
from tests.deeds import PHOTO, PROXY
from tests.lines import event, standing
from tests.lives import HOUR, Life

A, S = Action, Status
TODAY = "11-23"


def of(life: Life, column: str) -> list[tuple[str, str]] | None:
    return life.columns.get(column)


@pytest.mark.parametrize(
    ("action", "by", "fields", "column", "body"),
    [
        (A.REJECT, GRID_MEMBER, {"reason": RejectReason.NOT_FOUND}, "invalid", "V"),
        (A.WITHDRAW, COURIER, {}, "withdrawn", "V"),
        (A.CANCEL, CENTRE, {"text": "重复录入"}, "cancelled", "V"),
        (A.URGE, CENTRE, {"text": "请尽快"}, "urged", "V"),
        (A.SUPERVISE, COMMITTEE, {"watch": Watch.RED, "text": "督办"}, "supervised", "V"),
    ],
)
def test_while_it_is_to_be_verified(action: Action, by: Any, fields: Any, column: str, body: str) -> None:
    assert of(Life().does(action, by, **fields), column) == [(TODAY, body)]


@pytest.mark.parametrize(
    ("action", "by", "fields", "column"),
    [
        (A.SUSPEND, CENTRE, {"text": "等材料", "plan": "下月"}, "suspended"),
        (A.URGE, COMMITTEE, {"text": "请尽快"}, "urged"),
        (A.CANCEL, CENTRE, {"text": "撤销"}, "cancelled"),
    ],
)
def test_while_a_department_has_it(action: Action, by: Any, fields: Any, column: str) -> None:
    assert of(Life().handled().does(action, by, **fields), column) == [(TODAY, "D04")]


def test_what_staff_file_for_someone_is_filed_and_told_apart() -> None:
    life = Life(source=Source.PHONE)
    assert of(life, "filed") == of(life, "filed_by_staff") == [(TODAY, "V")]
    assert of(Life(), "filed_by_staff") is None


def test_transferred_returned_extended_and_merged_count_for_who_had_it() -> None:
    assert of(Life().verified().does(A.TRANSFER, CENTRE, service=Service.HOTLINE, number="7"), "transferred")
    returned = Life().verified().dispatched().does(A.RETURN, WORKS, return_reason=ReturnReason.NOT_OURS, text="非")
    assert of(returned, "returned") == [(TODAY, "D04")]
    longer = Life().handled().does(A.REQUEST_EXTENSION, WORKS, hours=4.0, text="缺料")
    assert of(longer, "extended") is None
    assert of(longer.does(A.GRANT, CENTRE), "extended") == [(TODAY, "D04")]


def test_urged_twice_on_a_day_is_one_report_urged_that_day() -> None:
    life = Life().handled().does(A.URGE, CENTRE, text="一").does(A.URGE, CENTRE, NOW + HOUR, text="二")
    assert of(life, "urged") == [(TODAY, "D04")]
    life.does(A.URGE, CENTRE, NOW + timedelta(days=1), text="三")
    assert of(life, "urged") == [(TODAY, "D04"), ("11-24", "D04")]


def test_the_ladder_supervises_too() -> None:
    life = Life().handled()
    assert of(life.rings(life.due()), "supervised") == [("11-26", "D04")]


def test_what_the_centre_records_for_a_body_is_recorded() -> None:
    life = Life().verified().dispatched(department="D06")
    assert of(life, "recorded") is None
    assert of(life.does(A.ACCEPT, CENTRE, proxy=PROXY), "recorded") == [(TODAY, "D06")]


def test_a_recurrence_counts_against_who_had_closed_it_and_there() -> None:
    closed = report(S.CLOSED, id="old")
    assert bodies.closing(closed) == {"closed_by": "D04", "closed_in": GRID}
    by_village = replace(closed, origin=Post(Role.VILLAGE, VILLAGE), place=replace(closed.place, grid=None))
    assert bodies.closing(by_village) == {"closed_by": "V", "closed_in": VILLAGE}
    assert bodies.closing(replace(closed, origin=None, department=None))["closed_by"] == "C"
    came = standing(S.SUBMITTED)
    details = {"recurrence_of": "old", **bodies.closing(closed)}
    linked = event(A.LINK_RECURRENCE, came, came, as_role="timer", details=details)
    assert columns([*Life().lines, linked])["recurred"] == [(TODAY, "D04")]


def test_a_part_is_late_once_whether_the_clock_tells_it_or_the_helper() -> None:
    life = Life().verified().dispatched(co_handlers=("D03", "V")).does(A.ACCEPT, WORKS)
    parts = {part.department: part for part in life.report.parts}
    life.rings(parts["D03"].due_at)
    day = f"{parts['D03'].due_at + timedelta(hours=8):%m-%d}"
    assert sorted(of(life, "parts_late") or []) == [(day, "D03"), (day, "V")]
    life.does(A.FILE_PART, VILLAGER, parts["V"].due_at + HOUR, text="已配合", after_photos=PHOTO)
    assert of(life, "parts_filed") == [(day, "V")]
    assert sorted(of(life, "parts_late") or []) == [(day, "D03"), (day, "V")]


def test_a_part_that_is_filed_a_moment_late_needs_no_bell() -> None:
    life = Life().verified().dispatched(co_handlers=("V",)).does(A.ACCEPT, WORKS)
    due = life.report.parts[0].due_at
    life.does(A.FILE_PART, VILLAGER, due + timedelta(seconds=1), text="已配合")
    assert of(life, "parts_late") == of(life, "parts_filed")


def test_who_joins_an_open_report_files_a_duplicate_that_is_due_once_it_stands_alone() -> None:
    joined = event(A.SUBMIT, None, standing(S.DUPLICATE), number=1)
    found = columns([joined])
    assert set(found) == {"filed", "duplicates"}
    alone = event(A.UNMERGE, standing(S.DUPLICATE), standing(S.SUBMITTED, due_at=NOW + HOUR), at=NOW)
    rejected = event(A.REJECT, alone.standing, standing(S.INVALID), number=3, at=NOW + 2 * HOUR)
    assert {"due"} == set(columns([joined, alone, rejected])) - {"filed", "duplicates", "invalid"}
