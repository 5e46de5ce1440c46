"""What a morning's digest counts, and what it names."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.notifications import digests
from chalicelib.domain.notifications.digests import Digest, Morning, Waiting
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.model import Status
from tests.builders import GRID_MEMBER, RULES, VILLAGE, report

MORNING = Morning(
    day=date(2026, 11, 24),
    since=datetime(2026, 11, 23, 8, tzinfo=ZONE),
    now=datetime(2026, 11, 24, 8, tzinfo=ZONE),
)
HOUR = timedelta(hours=1)
YESTERDAY, TONIGHT, TOMORROW = MORNING.now - 9 * HOUR, MORNING.now + 10 * HOUR, MORNING.now + 26 * HOUR
LONG_AGO = MORNING.now - timedelta(days=9)


def matter(id: str, due_at: datetime | None = TOMORROW, **changes: Any) -> Waiting:
    fields: dict[str, Any] = {
        "report_id": id,
        "kind": "0303",
        "confidential": False,
        "status": Status.WITH_VILLAGE,
        "assignee": None,
        "entered_at": LONG_AGO,
        "due_at": due_at,
        "part": False,
    }
    return Waiting(**fields | changes)


def made(*matters: Waiting, reminded: tuple[str, ...] = (), person: str = "p") -> Digest | None:
    return digests.digest(person, matters, reminded, MORNING)


def test_each_is_counted_by_its_deadline_and_what_came_since_the_last_digest_as_new() -> None:
    found = made(
        matter("late", YESTERDAY),
        matter("today", TONIGHT),
        matter("new", entered_at=MORNING.since),
        matter("held", TONIGHT, status=Status.SUSPENDED),
        matter("part", YESTERDAY, part=True, entered_at=YESTERDAY),
    )
    assert found is not None
    counts = (found.new, found.today, found.overdue, found.suspended, found.parts, found.half)
    assert counts == (2, 1, 2, 1, 1, 0)
    assert [one.report_id for one in found.named] == ["late", "part", "today", "new", "held"]


def test_who_has_nothing_that_is_new_due_or_late_is_left_alone() -> None:
    assert made() is None
    assert made(matter("r1"), matter("r2")) is None


def test_what_was_given_to_a_colleague_is_not_counted() -> None:
    assert made(matter("r1", YESTERDAY, assignee="another")) is None
    assert made(matter("r1", YESTERDAY, assignee="p")) is not None


def test_what_lies_in_two_of_ones_inboxes_is_counted_once() -> None:
    found = made(matter("r1", YESTERDAY), matter("r1", YESTERDAY))
    assert found is not None and found.overdue == 1


def test_a_reminder_counts_while_the_matter_stands_as_it_stood() -> None:
    found = made(matter("r1"), reminded=("with_village#r1",))
    assert found is not None and found.half == 1
    assert made(matter("r1"), reminded=("submitted#r1", "with_village#r2")) is None


def test_what_is_suspended_is_neither_overdue_nor_due() -> None:
    found = made(matter("r1", YESTERDAY, status=Status.SUSPENDED))
    assert found is not None and (found.overdue, found.today, found.suspended) == (0, 0, 1)


def test_five_are_named_by_deadline_and_the_rest_is_counted() -> None:
    late = [matter(f"r{number}", YESTERDAY - number * HOUR) for number in range(9)]
    found = made(*late)
    assert found is not None and found.overdue == 9
    assert [one.report_id for one in found.named] == ["r8", "r7", "r6", "r5", "r4"]


def test_a_co_handler_hears_of_its_part_and_the_lead_of_the_whole() -> None:
    led = report(Status.IN_HANDLING, co_handlers=("D03",), assignee="worker")
    part = clockwork.new_part("D03", since=led.entered_at, klass=led.nature.klass, rules=RULES)
    shared = replace(led, parts=(part,))
    own, whole = digests.waiting(shared, "department:D03"), digests.waiting(shared, "department:D04")
    assert (own.part, own.due_at, own.assignee) == (True, part.due_at, None)
    assert (whole.part, whole.due_at, whole.assignee) == (False, led.due_at, "worker")


def test_every_post_with_an_inbox_is_named_once() -> None:
    from chalicelib.domain.areas.model import Area, Areas

    areas = Areas(
        township="350211102",
        name="",
        villages=(Area(code=VILLAGE, name="", name_en="", parent="", outline=()),),
        grids=(Area(code=GRID_MEMBER.posts[0].scope, name="", name_en="", parent="", outline=()),),
        cells={},
    )
    posts = digests.posts(areas, RULES.departments)
    assert len(posts) == len(set(posts))
    assert {post.role for post in posts} == {
        Role.GRID_MEMBER,
        Role.VILLAGE,
        Role.CENTRE,
        Role.COMMITTEE,
        Role.DEPARTMENT,
    }
    assert Post(Role.DEPARTMENT, "V") not in posts


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-11-24", "2026-11-23"), ("2026-11-23", "2026-11-20"), ("2026-10-10", "2026-10-09")],
)
def test_the_morning_before_is_that_of_the_last_working_day(day: str, last: str) -> None:
    before = digests.previous_workdays(date.fromisoformat(day), RULES.calendar, within=14)
    assert before[0] == date.fromisoformat(last)
