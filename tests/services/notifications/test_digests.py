"""Digests in the inboxes: one a person and working day, made up for where missed, never stale, at a query a post."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.people.model import Person, Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.model import Status
from chalicelib.services.notifications import digests
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox, pushes
from chalicelib.store.people import people
from chalicelib.store.reports import reports
from tests.bench.calls import counted
from tests.builders import (
    CENTRE,
    COURIER,
    GRID,
    GRID_MEMBER,
    NEXT_GRID,
    RULES,
    SANITATION,
    TOWNSHIP,
    VILLAGE,
    VILLAGER,
    report,
)

pytestmark = pytest.mark.usefixtures("rules", "staff")
S = Status
EIGHT = datetime(2026, 11, 24, 8, tzinfo=ZONE)  # a Tuesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICES = {
    GRID_MEMBER.id: [Post(Role.GRID_MEMBER, GRID), Post(Role.GRID_MEMBER, NEXT_GRID)],
    VILLAGER.id: [Post(Role.VILLAGE, VILLAGE)],
    "deputy": [Post(Role.VILLAGE, VILLAGE)],
    CENTRE.id: [Post(Role.CENTRE, TOWNSHIP)],
    SANITATION.id: [Post(Role.DEPARTMENT, "D03")],
}


@pytest.fixture
def staff(tables: str) -> None:
    for id, posts in OFFICES.items():
        people.put(Person(id=id, name=id, phone=id, posts=tuple(posts), valid_from=EIGHT))


def stored(
    id: str, status: Status, due_at: datetime, *, entered_at: datetime = EIGHT - 9 * DAY, **changes: Any
) -> None:
    made = report(status, id=id, version=1, entered_at=entered_at, **changes)
    transaction = Transaction()
    reports.put(replace(made, due_at=due_at), transaction=transaction)
    transaction.commit()


def told(person: str, now: datetime = EIGHT) -> list[str]:
    found = inbox.page(person, limit=20, before=None, now=now)
    return [one.zh for one in found if one.template == "digest"]


def test_each_person_has_one_message_for_all_his_posts() -> None:
    stored("r1", S.SUBMITTED, EIGHT - HOUR)
    stored("r2", S.SUBMITTED, EIGHT + HOUR, place=replace(report().place, grid=NEXT_GRID))
    stored("r3", S.WITH_VILLAGE, EIGHT + 3 * DAY, entered_at=EIGHT - HOUR, assignee="deputy")
    stored("r4", S.SUSPENDED, EIGHT + 9 * DAY)
    assert digests.send(now=EIGHT) == 3
    assert told(GRID_MEMBER.id) == [
        "【今日待办】新增0件，今日到期1件，逾期1件，挂账0件；其中协办0件，时限过半提醒0件。"
        "按时限先后：道路破损（2026-11-24 07:00，逾期）、道路破损（2026-11-24 09:00）。"
    ]
    assert "新增1件" in told("deputy")[0] and told(VILLAGER.id) == []
    assert "挂账1件" in told(CENTRE.id)[0]


def test_a_co_handler_hears_of_its_part() -> None:
    part = clockwork.new_part("D03", since=EIGHT - 9 * DAY, klass="B", rules=RULES)
    stored("r1", S.IN_HANDLING, EIGHT + 9 * DAY, co_handlers=("D03",), parts=(replace(part, due_at=EIGHT + HOUR),))
    digests.send(now=EIGHT)
    assert "今日到期1件" in told(SANITATION.id)[0] and "其中协办1件" in told(SANITATION.id)[0]


def test_a_confidential_matter_is_counted_and_not_named() -> None:
    nature = replace(report().nature, confidential=True)
    stored("r1", S.WITH_CENTRE, EIGHT - HOUR, nature=nature)
    digests.send(now=EIGHT)
    assert "保密事项（" in told(CENTRE.id)[0]


def test_before_eight_and_on_days_off_nothing_is_sent() -> None:
    stored("r1", S.WITH_CENTRE, EIGHT - HOUR)
    saturday, holiday = EIGHT + 4 * DAY, datetime(2026, 10, 1, 8, tzinfo=ZONE)
    for now in (EIGHT - HOUR, saturday, holiday):
        assert digests.send(now=now) == 0
    make_up = datetime(2026, 10, 10, 8, tzinfo=ZONE)  # a Saturday on which people work
    assert digests.send(now=make_up) == 1


def test_sent_again_it_is_there_once_and_costs_one_read() -> None:
    stored("r1", S.WITH_CENTRE, EIGHT - HOUR)
    rulebook.in_force(now=EIGHT)
    assert [digests.send(now=EIGHT + number * HOUR) for number in range(3)] == [1, 0, 0]
    rulebook.in_force(now=EIGHT + 3 * HOUR)
    with counted() as calls:
        digests.send(now=EIGHT + 3 * HOUR)
    assert calls.names == ["BatchGetItem"] and len(told(CENTRE.id)) == 1


def test_a_morning_that_broke_off_goes_on_with_who_was_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for number, status in enumerate((S.SUBMITTED, S.WITH_VILLAGE, S.WITH_CENTRE)):
        stored(f"r{number}", status, EIGHT - HOUR)
    real = inbox.leave
    left: list[str] = []

    def leave(message: Any) -> None:
        if len(left) == 2:
            raise RuntimeError("out of time")
        left.append(message.person_id)
        real(message)

    with monkeypatch.context() as broken, pytest.raises(ExceptionGroup):
        broken.setattr(inbox, "leave", leave)
        digests.send(now=EIGHT)
    with counted() as calls:
        assert digests.send(now=EIGHT + HOUR) == 2
    assert [len(told(person)) for person in (GRID_MEMBER.id, VILLAGER.id, "deputy", CENTRE.id)] == [1] * 4
    read = [given["ExpressionAttributeValues"] for name, given in calls.made if given.get("IndexName") == "by_holder"]
    assert f"centre:{TOWNSHIP}" not in str(read), "who was told is not looked up again"


def test_one_whose_digest_fails_keeps_nobody_else_from_his_and_has_it_when_it_can_be_made(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for number, status in enumerate((S.SUBMITTED, S.WITH_VILLAGE, S.WITH_CENTRE)):
        stored(f"r{number}", status, EIGHT - HOUR)
    real = inbox.leave

    def leave(message: Any) -> None:
        if message.person_id == VILLAGER.id:
            raise RuntimeError("broken")
        real(message)

    people_of = (GRID_MEMBER.id, "deputy", CENTRE.id, VILLAGER.id)
    with monkeypatch.context() as broken, pytest.raises(ExceptionGroup):
        broken.setattr(inbox, "leave", leave)
        digests.send(now=EIGHT)
    assert [len(told(person)) for person in people_of] == [1, 1, 1, 0]
    assert f"digest of {VILLAGER.id} failed" in caplog.text
    assert digests.send(now=EIGHT + HOUR) == 1, "the morning was not marked as done"
    assert [len(told(person)) for person in people_of] == [1] * 4


def test_a_missed_morning_is_made_up_for_the_same_day_as_things_stand_then_and_never_later() -> None:
    stored("r1", S.WITH_CENTRE, EIGHT + HOUR)
    assert digests.send(now=EIGHT + 5 * HOUR) == 1
    assert "逾期1件" in told(CENTRE.id, EIGHT + DAY)[0]
    for days in (2, 3):
        digests.send(now=EIGHT + days * DAY)
    assert len(told(CENTRE.id, EIGHT + 3 * DAY)) == 3, "one each day that it was sent, none for the day between"


def test_new_is_what_came_since_the_last_digest_that_was_sent() -> None:
    stored("r1", S.WITH_CENTRE, EIGHT + 9 * DAY, entered_at=EIGHT - HOUR)
    digests.send(now=EIGHT)
    stored("r2", S.WITH_CENTRE, EIGHT + 9 * DAY, entered_at=EIGHT + HOUR)
    digests.send(now=EIGHT + 3 * DAY)
    newest, first = told(CENTRE.id, EIGHT + 3 * DAY)
    assert "新增1件" in first and "新增1件" in newest


def test_it_costs_a_query_for_who_holds_a_post_and_one_for_what_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        stored(f"r{number:02}", S.WITH_VILLAGE, EIGHT - HOUR - number * timedelta(minutes=1))
    places, book = areas.listing(now=EIGHT)[0], rulebook.in_force(now=EIGHT)
    posts = len(places.grids) + len(places.villages) + 2 + len(book.departments.by_code) - 2
    with counted() as calls:
        assert digests.send(now=EIGHT) == 2
    of_index = Counter(str(given.get("IndexName")) for name, given in calls.made if name == "Query")
    held = len({post for own in OFFICES.values() for post in own})
    assert of_index == {"by_scope": posts, "by_holder": held, "None": digests.BACK + 1}
    assert Counter(calls.names) == {
        "Query": posts + held + digests.BACK + 1,
        "BatchGetItem": 3,  # was it done, when was it last, who has his message
        "TransactWriteItems": 2,
        "PutItem": 1,
    }
    assert "逾期60件" in told(VILLAGER.id)[0]


def test_beyond_so_many_it_says_that_it_did_not_count_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "MOST", 3)
    for number in range(5):
        stored(f"r{number}", S.WITH_CENTRE, EIGHT - number * HOUR - HOUR)
    digests.send(now=EIGHT)
    assert "逾期3件" in told(CENTRE.id)[0] and "只统计了最急的3件" in told(CENTRE.id)[0]


def test_a_courier_who_was_asked_something_is_reminded_also_where_he_is_staff_besides() -> None:
    for courier in (COURIER.id, VILLAGER.id):
        nature = replace(report().nature, confidential=False)
        made = replace(report(S.NEEDS_INFO, id=f"of-{courier}", version=1, nature=nature), reporter_id=courier)
        transaction = Transaction()
        reports.put(replace(made, holder=Post(Role.COURIER, courier), due_at=EIGHT + 9 * DAY), transaction=transaction)
        transaction.commit()
        pushes.add_to_digest(EIGHT.date(), courier, f"needs_info#of-{courier}")
    assert digests.send(now=EIGHT) == 2
    assert ["时限过半提醒1件" in told(courier)[0] for courier in (COURIER.id, VILLAGER.id)] == [True, True]
