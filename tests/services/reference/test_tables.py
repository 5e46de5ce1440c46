"""A township's admin replaces a reference table: checked as a whole, noted, in force at once."""

import re
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import Busy, DomainError, Forbidden, Invalid, NotFound, StaleVersion, TooLarge
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.services.reference import area_editions, rulebook
from chalicelib.services.reference import tables as reference
from chalicelib.services.reports import timers
from chalicelib.store.people import access
from chalicelib.store.reports.reports import DUE_SHARDS
from tests.api.people import ELSEWHERE
from tests.area_files import SHIPPED
from tests.builders import ADMIN, CENTRE, DATA, NOW, actor

CALENDAR = (DATA / "calendar.csv").read_bytes()
RETENTION = (DATA / "retention.csv").read_bytes()
NEXT_YEAR = CALENDAR + "year,2027,,\noff,2027-01-01,元旦,New Year's Day\n".encode()

pytestmark = pytest.mark.usefixtures("rules", "asked")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When open deadlines were to be computed anew."""
    seen: list[datetime] = []

    def recompute_all(*, now: datetime) -> int:
        seen.append(now)
        return DUE_SHARDS

    monkeypatch.setattr(timers, "recompute_all", recompute_all)
    return seen


def replace(name: str, body: bytes, base: int | None = None, by: Actor = ADMIN) -> int:
    return reference.replace_table(name, body, base=base, by=by, now=NOW)


def test_a_new_calendar_is_in_force_at_once() -> None:
    new_year = NOW + timedelta(days=40)
    assert rulebook.in_force(now=NOW).calendar.provisional(new_year)
    assert replace("calendar", NEXT_YEAR, base=1) == 2
    calendar = rulebook.in_force(now=NOW).calendar
    assert not calendar.provisional(new_year) and calendar.announced >= {2026, 2027}


def test_who_published_what_is_in_the_access_record() -> None:
    replace("calendar", NEXT_YEAR)
    [entry] = access.of("calendar", limit=5)
    assert (entry.actor_id, entry.what, entry.details) == (ADMIN.id, What.CHANGED_REFERENCE, {"version": 2})


def test_who_imported_areas_is_too_and_who_was_refused_is_not() -> None:
    with pytest.raises(StaleVersion):
        area_editions.replace_all(SHIPPED, base=7, by=ADMIN, now=NOW)
    assert access.of("areas", limit=5) == []
    assert area_editions.replace_all(SHIPPED, base=None, by=ADMIN, now=NOW) == 2
    [entry] = access.of("areas", limit=5)
    assert (entry.actor_id, entry.what, entry.details) == (ADMIN.id, What.CHANGED_REFERENCE, {"version": 2})


def with_number(name: str, number: str) -> bytes:
    """The shipped numbers, but for this one."""
    lines = (DATA / "numbers.csv").read_text(encoding="utf-8").splitlines()
    return "\n".join(re.sub(rf"^{name},[^,]*", f"{name},{number}", line) for line in lines).encode()


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("retention", RETENTION.replace(b"access_log,1095", b"access_log,1"), ("access_log", "1", 1095, 36_499)),
        ("numbers", with_number("alarm_calls", "4"), ("alarm_calls", "4", 5, 100)),
        ("numbers", with_number("login_code_tries", "1000000"), ("login_code_tries", "1000000", 1, 10)),
    ],
)
def test_a_table_that_breaks_a_promise_is_refused_with_row_value_and_bounds(
    name: str, body: bytes, told: tuple[object, ...]
) -> None:
    with pytest.raises(Invalid) as refusal:
        replace(name, body)
    assert refusal.value.rule == "reference_bounds"
    row, value, least, most = told
    assert refusal.value.facts == {"table": name, "name": row, "value": value, "least": least, "most": most}
    assert reference.read(name, now=NOW).version == 1


@pytest.mark.parametrize(
    ("name", "body", "base", "error", "rule"),
    [
        ("calendar", CALENDAR.replace(b"08:00-12:00", b"12:00-08:00"), None, Invalid, "reference_cell"),
        ("calendar", b"x" * (reference.LARGEST + 1), None, TooLarge, "body_too_large"),
        ("calendar", NEXT_YEAR, 7, StaleVersion, "changed_meanwhile"),
        ("calendar", NEXT_YEAR, -1, StaleVersion, "changed_meanwhile"),
        ("limits", b"\n".join((DATA / "limits.csv").read_bytes().splitlines()[:-1]), None, Invalid, "reference_lacks"),
        ("retention", b"kind,days,from,then\n", None, Invalid, "reference_lacks"),
        ("areas", b"{}", None, NotFound, "reference_missing"),
        ("secrets", b"", None, NotFound, "reference_missing"),
    ],
)
def test_what_is_wrong_is_refused_and_changes_nothing(
    name: str, body: bytes, base: int | None, error: type[DomainError], rule: str
) -> None:
    with pytest.raises(error) as refusal:
        replace(name, body, base)
    assert refusal.value.rule == rule
    assert access.of(name, limit=5) == []
    assert {reference.read(known, now=NOW).version for known in reference.READERS} == {1}


@pytest.mark.parametrize(
    ("by", "rule"), [(CENTRE, "role_needed"), (actor("a", (Role.ADMIN, ELSEWHERE)), "not_your_area")]
)
def test_only_the_townships_admin_may(by: Actor, rule: str) -> None:
    with pytest.raises(Forbidden) as refusal:
        replace("calendar", NEXT_YEAR, by=by)
    assert refusal.value.rule == rule


def test_two_at_once_are_not_both_taken() -> None:
    replace("calendar", NEXT_YEAR, base=1)
    with pytest.raises(StaleVersion):
        replace("calendar", CALENDAR, base=1)
    assert reference.read("calendar", now=NOW).body == NEXT_YEAR


def test_a_new_calendar_and_a_new_ladder_move_open_deadlines_and_nothing_else_does(asked: list[datetime]) -> None:
    for name in ("calendar", "ladder", "danger_words", "limits"):
        replace(name, (DATA / f"{name}.csv").read_bytes() + (b"" if name != "danger_words" else "漏水\n".encode()))
    assert asked == [NOW, NOW]


def test_sent_again_it_is_in_force_already_and_deadlines_are_computed_once_more(asked: list[datetime]) -> None:
    assert replace("calendar", NEXT_YEAR, base=1) == replace("calendar", NEXT_YEAR, base=1) == 2
    assert len(asked) == 2 and len(access.of("calendar", limit=5)) == 1


def test_when_the_queue_takes_nothing_the_edition_is_in_force_and_busy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timers, "recompute_all", lambda *, now: 3)
    with pytest.raises(Busy):
        replace("calendar", NEXT_YEAR)
    assert reference.read("calendar", now=NOW).version == 2
