"""How a report comes in."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.places import Point
from chalicelib.domain.reports.intake import Intake, is_emergency, observed, submit
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Report
from chalicelib.domain.reports.terms import Source
from tests.builders import COURIER, GRID, GRID_MEMBER, NOW, RULES, TOWNSHIP, VILLAGE

HERE = Place(point=Point(lat=24.6, lon=117.98), grid=GRID, village=VILLAGE, township=TOWNSHIP)
NOWHERE = Place(point=None, township=TOWNSHIP)


def take_in(by: Actor = COURIER, **changes: Any) -> Report:
    fields: dict[str, Any] = {"text": "坑", "kind": "0303", "place": HERE, "observed_at": None, "photos": 0}
    return submit("r1", Intake(**(fields | changes)), by=by, now=NOW, rules=RULES).report


def test_a_text_alone_or_a_place_and_a_photo_alone_is_enough() -> None:
    assert take_in(place=NOWHERE).holder == Post(Role.CENTRE, TOWNSHIP)
    assert take_in(text="", photos=1).holder == Post(Role.GRID_MEMBER, GRID)
    for nothing in ({"text": "  "}, {"text": "", "photos": 1, "place": NOWHERE}):
        with pytest.raises(Invalid) as refusal:
            take_in(**nothing)
        assert refusal.value.rule == "nothing_reported"


def test_without_a_kind_it_is_class_b_and_confidential() -> None:
    nature = take_in(kind=None).nature
    assert (nature.klass, nature.confidential, nature.kind) == ("B", True, None)


def test_it_is_due_by_its_class_in_working_hours() -> None:
    assert take_in().due_at == NOW + timedelta(hours=6)  # from 09:00, four hours and the lunch break
    assert take_in(kind="0301").due_at == NOW + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("stated", "taken", "skewed"),
    [
        (None, NOW, False),
        (NOW - timedelta(days=7), NOW - timedelta(days=7), False),
        (NOW + timedelta(seconds=1), NOW, True),
        (NOW + timedelta(hours=24), NOW, True),
    ],
)
def test_a_late_report_is_taken_and_a_fast_clock_is_corrected(stated: Any, taken: Any, skewed: bool) -> None:
    assert observed(stated, NOW) == (taken, skewed)


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        (NOW - timedelta(days=7, seconds=1), "observed_too_long_ago"),
        (NOW + timedelta(hours=24, seconds=1), "observed_in_future"),
    ],
)
def test_too_late_and_too_far_ahead_is_refused(stated: Any, rule: str) -> None:
    with pytest.raises(Invalid) as refusal:
        observed(stated, NOW)
    assert refusal.value.rule == rule


def test_staff_name_a_source_and_couriers_none() -> None:
    filed = take_in(GRID_MEMBER, source=Source.PATROL)
    assert filed.filed_by == GRID_MEMBER.id and not filed.counted
    for by, source, rule in (
        (GRID_MEMBER, Source.APP, "staff_name_a_source"),
        (COURIER, Source.PHONE, "source_for_staff"),
        (Actor(id="x", posts=()), Source.APP, "couriers_report"),
    ):
        with pytest.raises(Forbidden) as refusal:
            take_in(by, source=source)
        assert refusal.value.rule == rule


def test_danger_to_life_counts_against_no_cap() -> None:
    assert take_in().counted and not take_in(kind="0301").counted


def test_the_emergency_prompt_is_raised_by_kind_or_by_word() -> None:
    assert is_emergency(RULES.taxonomy.nature("0301"), "", RULES)
    assert is_emergency(RULES.taxonomy.nature(None), "楼道着火了", RULES)
    assert not is_emergency(RULES.taxonomy.nature("0303"), "坑", RULES)
