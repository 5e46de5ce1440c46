"""The access log: who did what to whom, found by each of the three, kept for three years."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.services.people import access
from chalicelib.store import cursors
from chalicelib.store.base import Transaction
from chalicelib.store.people.access import AccessItem, stamp
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, COURIER, EVERYONE, NOW, actor

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)


def look(subject: str = "p1", by: Actor = CENTRE, *, day: int = 0, what: What = What.SAW_PERSON) -> None:
    access.record(by, what, subject, purpose="回访", now=NOW + day * DAY)


def read(**given: str) -> list[tuple[str, str]]:
    page = access.page(**given, by=AUDITOR, now=NOW + 99 * DAY, limit=50, cursor=None)
    return [(line.actor_id, line.subject) for line in page.entries if line.what is not What.READ_ACCESS_LOG]


def test_a_line_is_found_by_subject_by_actor_and_by_day() -> None:
    look("p1")
    look("p2", day=1)
    look("p1", ADMIN, day=2)
    assert read(subject="p1") == [("admin", "p1"), ("centre", "p1")]
    assert read(actor="centre") == [("centre", "p2"), ("centre", "p1")]
    assert read(day="2026-11-24") == [("centre", "p2")]
    assert read(day="2026-11-30") == []


def test_a_day_is_the_townships_own() -> None:
    access.record(CENTRE, What.SAW_PERSON, "p1", now=NOW.replace(hour=16))  # midnight in Guankou
    assert read(day="2026-11-24") == [("centre", "p1")]


def test_reading_the_log_is_in_the_log() -> None:
    look("p1")
    for _ in range(2):
        access.page(subject="p1", by=AUDITOR, now=NOW, limit=9, cursor=None)
    lines = access.about("p1", now=NOW + 99 * DAY, limit=9, cursor=None).entries
    assert {(line.what, line.roles) for line in lines} == {
        (What.SAW_PERSON, (Role.CENTRE,)),
        (What.READ_ACCESS_LOG, (Role.AUDITOR,)),
    }


def test_the_auditor_of_the_township_alone_reads_it() -> None:
    elsewhere = actor("auditor2", (Role.AUDITOR, "350211103"))
    for by in (*[one for one in EVERYONE if one != AUDITOR], elsewhere):
        with pytest.raises(Forbidden):
            access.page(subject="p1", by=by, now=NOW, limit=9, cursor=None)
    assert access.about("p1", now=NOW + 99 * DAY, limit=9, cursor=None).entries == []


@pytest.mark.parametrize("given", [{}, {"subject": "a", "actor": "b"}, {"subject": "a", "actor": "b", "day": "c"}])
def test_just_one_is_asked_for(given: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refusal:
        read(**given)
    assert refusal.value.rule == "one_filter_needed"


def test_a_line_is_kept_for_three_years() -> None:
    look()
    (item,) = AccessItem.query("p1")
    assert item.expires_at == int((NOW + 1095 * DAY).timestamp())


def test_what_is_noted_twice_at_once_is_one_line() -> None:
    for _ in range(2):
        look()
    assert len(access.about("p1", now=NOW + 99 * DAY, limit=9, cursor=None).entries) == 1
    look(what=What.CHANGED_PERSON)
    look(day=1)
    assert len(access.about("p1", now=NOW + 99 * DAY, limit=9, cursor=None).entries) == 3


def test_a_line_of_a_transaction_that_fails_is_not_written() -> None:
    transaction = Transaction()
    access.record(CENTRE, What.CHANGED_PERSON, "p1", now=NOW, transaction=transaction)
    refusal = Conflict("phone_taken")
    transaction.check(AccessItem, "p0", "0", condition=AccessItem.subject.exists(), refusal=refusal)
    with pytest.raises(Conflict):
        transaction.commit()
    assert access.about("p1", now=NOW + 99 * DAY, limit=9, cursor=None).entries == []


def test_who_holds_several_posts_is_noted_with_each_role_once() -> None:
    both = replace(CENTRE, posts=(*CENTRE.posts, *ADMIN.posts, *ADMIN.posts))
    look(by=both)
    assert access.about("p1", now=NOW + 99 * DAY, limit=9, cursor=None).entries[0].roles == (Role.CENTRE, Role.ADMIN)


def test_pages_follow_each_other_in_every_order() -> None:
    for day in range(5):
        look("p1", day=day)
        look("p2", day=0, what=What.CHANGED_PERSON if day else What.SAW_PERSON)
    for given, most in (({"subject": "p1"}, 5), ({"actor": "centre"}, 7), ({"day": "2026-11-23"}, 3)):
        seen: list[str] = []
        cursor = None
        while cursor or not seen:
            page = access.page(**given, by=AUDITOR, now=NOW + 99 * DAY, limit=2, cursor=cursor)
            seen += [line.id + line.subject for line in page.entries if line.what is not What.READ_ACCESS_LOG]
            if not (cursor := page.cursor):
                break
        assert len(seen) == len(set(seen)) == most, given
    with pytest.raises(Invalid):
        access.page(subject="p1", by=AUDITOR, now=NOW, limit=2, cursor="%%")


def test_lines_of_one_instant_are_each_told_once_whatever_the_page() -> None:
    access.record_all(CENTRE, What.SAW_PERSON, [f"p{number}" for number in range(7)], now=NOW)
    look("p8", day=0, what=What.CHANGED_PERSON)
    for limit in (1, 2, 3, 7):
        seen, cursor, pages = list[str](), None, 0
        while pages == 0 or cursor:
            page = access.page(actor=CENTRE.id, by=AUDITOR, now=NOW + DAY, limit=limit, cursor=cursor)
            seen, cursor, pages = seen + [f"{one.what} {one.subject}" for one in page.entries], page.cursor, pages + 1
        assert len(seen) == len(set(seen)) == 8, limit


def test_no_cursor_tells_whom_a_line_hides_nor_when_it_was() -> None:
    for number in range(3):
        at = NOW + timedelta(seconds=number)
        access.record(CENTRE, What.SAW_REPORTER, COURIER.id, now=at, details={"report": f"r{number}"})
    asked = NOW + DAY
    ask: dict[str, Any] = {"by": AUDITOR, "now": asked, "limit": 2}
    of_person = access.page(subject=COURIER.id, **ask, cursor=None)  # his own look at it comes first
    assert [one.what for one in of_person.entries] == [What.READ_ACCESS_LOG, What.SAW_REPORTER]
    assert cursors.opened(of_person.cursor or "", Any) == [stamp(asked), 2]
    for page in (access.page(actor=CENTRE.id, **ask, cursor=None), access.page(day="2026-11-23", **ask, cursor=None)):
        assert cursors.opened(page.cursor or "", Any) == [stamp(page.entries[-1].at), 1]


def test_a_look_at_many_is_one_call_and_a_read_one_query() -> None:
    look()
    with counted() as calls:
        access.record_all(CENTRE, What.SAW_PERSON, [f"p{number}" for number in range(100)], now=NOW)
        access.record(CENTRE, What.SAW_PERSON, "p1", now=NOW)
        access.about("p1", now=NOW + 99 * DAY, limit=9, cursor=None)
    assert calls.names == ["TransactWriteItems", "PutItem", "Query"]


def test_nobody_looked_at_is_nothing_written() -> None:
    look()
    with counted() as calls:
        access.record_all(CENTRE, What.SAW_PERSON, [], now=NOW)
    assert calls.names == []


def test_an_auditor_reads_who_was_looked_at_or_at_which_report_but_never_both() -> None:
    access.record(CENTRE, What.SAW_REPORTER, COURIER.id, now=NOW, details={"report": "r1"})
    of_person = access.page(subject=COURIER.id, by=AUDITOR, now=NOW, limit=5, cursor=None).entries
    (seen,) = [one for one in of_person if one.what is What.SAW_REPORTER]
    assert (seen.subject, seen.details, seen.id) == (COURIER.id, {}, "2026-11-23") and seen.at < NOW
    by_centre = access.page(actor=CENTRE.id, by=AUDITOR, now=NOW, limit=5, cursor=None).entries
    that_day = access.page(day="2026-11-23", by=AUDITOR, now=NOW, limit=5, cursor=None).entries
    for found in (by_centre, that_day):
        (looked,) = [one for one in found if one.what is What.SAW_REPORTER]
        assert (looked.subject, looked.details) == ("", {"report": "r1"})
        assert "#" not in looked.id  # a digest of the subject could be guessed
