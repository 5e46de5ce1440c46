"""Who may export what, and which days that means."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.exports import asking
from chalicelib.domain.exports.asking import Terms, Township, Wish
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.exports.terms import Ground
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference.calendar import instants, local_day, months
from tests.api.people import PEOPLE
from tests.builders import ADMIN, AUDITOR, CENTRE, COMMITTEE, NOW, TOWNSHIP, VILLAGE, VILLAGER, actor

OTHER = "350211102003"
AREAS = Township(code=TOWNSHIP, villages=(OTHER, VILLAGE))
TERMS = Terms(longest=400, writing=timedelta(hours=24), kept_days=3, remembered=timedelta(days=1095))


def asked(by: Actor, **changes: Any) -> Job:
    fields: dict[str, Any] = {"first": "2026-11", "last": "2026-11", "purpose": "月度分析"}
    return asking.asked("e1", Wish(**(fields | changes)), by=by, township=AREAS, terms=TERMS, now=NOW)


def refusal(by: Actor, **changes: Any) -> str:
    with pytest.raises((Forbidden, Invalid)) as refused:
        asked(by, **changes)
    return refused.value.rule


MAY = {"centre", "committee", "auditor", "admin", "village", "village'"}


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "nobody"])
def test_who_may_export(name: str) -> None:
    person = PEOPLE[name]
    assert person
    if name in MAY:
        assert asked(person).requester_id == person.id
    else:
        elsewhere = name.endswith("'") and any(post.role in asking.EXPORTERS for post in person.posts)
        assert refusal(person) == ("not_your_area" if elsewhere else "exports_for_staff")


@pytest.mark.parametrize("person", [COMMITTEE, AUDITOR, VILLAGER])
def test_only_centre_and_admin_take_personal_data(person: Actor) -> None:
    assert refusal(person, ground=Ground.CONTACT) == "personal_not_yours"
    for may in (CENTRE, ADMIN):
        assert asked(may, ground=Ground.CONTACT).ground == "contact"


def test_of_several_roles_the_first_that_can_counts() -> None:
    both = actor("x", (Role.VILLAGE, VILLAGE), (Role.AUDITOR, TOWNSHIP), (Role.ADMIN, TOWNSHIP))
    assert asked(both).role is asked(both, ground=Ground.REWARD).role is Role.ADMIN
    assert asked(replace(both, posts=both.posts[:2])).role is Role.AUDITOR


def test_no_villages_means_all_that_are_the_askers() -> None:
    assert asked(CENTRE).villages == (OTHER, VILLAGE, "outside")
    assert asked(VILLAGER).villages == (VILLAGE,)
    two = actor("x", (Role.VILLAGE, VILLAGE), (Role.VILLAGE, OTHER))
    assert asked(two).villages == (OTHER, VILLAGE)


def test_villages_are_named_once_within_ones_area() -> None:
    assert asked(CENTRE, villages=(VILLAGE, OTHER, VILLAGE)).villages == (OTHER, VILLAGE)
    assert asked(CENTRE, villages=(f"{TOWNSHIP}999",)).villages == (f"{TOWNSHIP}999",), "dropped by the last edition"
    assert refusal(CENTRE, villages=("350211103001",)) == "not_your_area"
    for village in (OTHER, "outside", f"{VILLAGE[:11]}"):
        assert refusal(VILLAGER, villages=(village,)) == "not_your_area"


def test_a_purpose_of_blanks_is_none() -> None:
    assert refusal(CENTRE, purpose=" \n") == "export_purpose"
    assert asked(CENTRE, purpose=" 月报 ").purpose == "月报"


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11", "2026-11", ("2026-11-01", "2026-11-30")),
        ("2026-12", "2027-02", ("2026-12-01", "2027-02-28")),
        ("2028-02", "2028-02", ("2028-02-01", "2028-02-29")),
        ("2026-11-05", "2026-11", ("2026-11-05", "2026-11-30")),
        ("2026-11", "2026-11-05", ("2026-11-01", "2026-11-05")),
        ("2026-11-05", "2026-11-05", ("2026-11-05", "2026-11-05")),
    ],
)
def test_months_and_days_become_days(first: str, last: str, days: tuple[str, str]) -> None:
    assert asking.span(first, last, longest=400) == days


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-12", "2026-11"),
        ("2026-02-30", "2026-03"),
        ("2026-13", "2026-13"),
        ("2020-01", "2026-01"),
        ("0000-01", "1"),
    ],
)
def test_what_is_no_span_is_refused(first: str, last: str) -> None:
    with pytest.raises(Invalid) as refused:
        asking.span(first, last, longest=400)
    assert refused.value.rule == "export_span"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_instants_and_months_hold_just_the_days(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    start, end = instants(first.isoformat(), last.isoformat())
    moment = timedelta(microseconds=1)
    assert local_day(start) == first.isoformat() and local_day(start - moment) < first.isoformat()
    assert local_day(end - moment) == last.isoformat() and local_day(end) > last.isoformat()
    touched = months(first.isoformat(), last.isoformat())
    assert touched == sorted({(first + timedelta(days=day)).isoformat()[:7] for day in range(length + 1)})


def test_a_local_day_begins_at_sixteen_utc() -> None:
    assert instants("2026-11-23", "2026-11-23")[0] == datetime(2026, 11, 22, 16, tzinfo=UTC)
