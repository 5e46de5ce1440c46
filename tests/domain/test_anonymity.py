"""What is left of a report when its time is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain import anonymity
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.running import Part
from tests.builders import COURIER, GRID_MEMBER, NOW, report
from tests.lines import event, standing

OWN = Post(Role.COURIER, COURIER.id).key


def test_a_report_loses_its_reporter_and_its_words_and_nothing_else() -> None:
    part = Part(department="D03", since=NOW, hours=8, due_at=NOW, return_by=NOW, result="老王家门口")
    before = report(Status.CLOSED, excerpt="老王家门口", parts=(part,))
    after = anonymity.anonymous(before)
    assert (after.reporter_id, after.excerpt, after.parts[0].result) == ("nobody#r1", "", "")
    assert (
        replace(
            after, reporter_id=before.reporter_id, excerpt=before.excerpt, parts=before.parts, version=before.version
        )
        == before
    )
    assert after.version == before.version + 1
    assert anonymity.is_anonymous(after) and not anonymity.is_anonymous(before)


def test_no_two_reports_of_one_courier_can_be_laid_side_by_side() -> None:
    assert anonymity.nobody("r1") != anonymity.nobody("r2") and COURIER.id not in anonymity.nobody("r1")


@pytest.mark.parametrize(
    ("detail", "stays"),
    [
        ({"outcome": "to_village", "severity": 2, "solved": True, "service": "110"}, True),
        ({"co_handlers": ["D03", "D06"], "department": "D04"}, True),
        ({"phone": "13800000000"}, False),
        ({"plan": "to_village"}, False),  # a field of words, whatever it says this time
        ({"outcome": "找老王"}, False),
        ({"reason": "call 13800000000"}, False),
        ({"service": "a" * 41}, False),
        ({"anything_new": 1}, False),
    ],
)
def test_only_what_can_be_counted_stays_of_a_lines_details(detail: dict[str, object], stays: bool) -> None:
    line = event(Action.VERIFY, standing(Status.SUBMITTED), standing(Status.WITH_VILLAGE), details=detail, note="老王")
    assert anonymity.wordless(line).details == (detail if stays else {})
    assert anonymity.wordless(line).note == ""


def test_the_reporter_is_nobody_wherever_he_stood() -> None:
    asked = standing(Status.NEEDS_INFO, holder=OWN)
    line = event(Action.SUPPLY_INFO, asked, standing(Status.SUBMITTED), actor_id=COURIER.id)
    after = anonymity.wordless(line)
    assert (after.reporter_id, after.actor_id) == ("nobody#r1", "nobody#r1")
    assert after.was and after.was.holder == "courier:nobody#r1" and after.standing == line.standing
    assert anonymity.wordless(after) == after


def test_staff_times_and_numbers_stay() -> None:
    line = event(Action.VERIFY, standing(Status.SUBMITTED), standing(Status.WITH_VILLAGE), at=NOW + timedelta(hours=1))
    after = anonymity.wordless(line)
    assert (after.actor_id, after.at, after.id, after.number) == (GRID_MEMBER.id, line.at, line.id, line.number)
    assert (after.was, after.standing) == (line.was, line.standing)
