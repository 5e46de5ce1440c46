"""The inbox: told once, counted rightly, whatever comes twice, late or at once."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.notifications.inbox import Message
from chalicelib.domain.notifications.notices import message_id
from chalicelib.store.notifications import inbox
from chalicelib.store.notifications.inbox import InboxItem
from tests.builders import NOW
from tests.lines import told

pytestmark = pytest.mark.usefixtures("tables")
LATER = NOW + timedelta(days=10)


def happened(number: int = 1, at: datetime = NOW) -> Event:
    return told(subject=f"r{number:03}", at=at)[0]


def message(event: Event, person: str = "p1") -> Message:
    return Message(
        person_id=person,
        id=message_id(event, "to_verify"),
        template="to_verify",
        event_id=event.id,
        report_id=event.subject_id,
        at=event.at,
        zh="待核实",
        en="To verify",
    )


def deliver(event: Event, people: Iterable[str] = ("p1",)) -> None:
    inbox.deliver(event, [message(event, person) for person in people])


def unread(person: str = "p1") -> int:
    return sum(inbox.unread(person, now=LATER).values())


def ids(person: str = "p1", before: str | None = None) -> list[str]:
    return [each.id for each in inbox.page(person, limit=10, before=before, now=LATER)]


def test_a_message_comes_back_as_it_was_told() -> None:
    deliver(event := happened())
    assert inbox.page("p1", limit=10, before=None, now=LATER) == [message(event)]
    assert inbox.unread("p1", now=LATER) == {"20261123": 1}


def test_what_is_told_twice_stands_once() -> None:
    for _ in range(2):
        deliver(happened(), ["p1", "p2"])
    assert (unread("p1"), unread("p2"), len(ids())) == (1, 1, 1)


def test_what_is_told_twice_stays_read() -> None:
    deliver(happened())
    inbox.read("p1", ids())
    deliver(happened())
    assert unread() == 0


def test_who_came_to_a_pool_since_is_not_told_of_the_past() -> None:
    deliver(happened(), ["p1"])
    deliver(happened(), ["p1", "p2"])
    assert (unread("p1"), unread("p2")) == (1, 0)


def test_a_pool_larger_than_a_transaction_is_told_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "AT_ONCE", 2)
    everyone = [f"p{number}" for number in range(5)]
    deliver(happened(), everyone)
    deliver(happened(), everyone)
    assert [unread(person) for person in everyone] == [1] * 5


def test_who_moved_to_another_part_between_two_tellings_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "AT_ONCE", 2)
    deliver(happened(), ["p2", "p3"])
    deliver(happened(), ["p1", "p2", "p3", "p4"])
    assert [unread(f"p{number}") for number in (2, 3, 4)] == [1, 1, 1]


def test_ninety_eight_people_take_two_transactions() -> None:
    everyone = [f"p{number}" for number in range(98)]
    deliver(happened(), everyone)
    assert [unread(person) for person in everyone] == [1] * 98


def test_the_newest_stands_first_and_late_ones_find_their_place() -> None:
    events = [happened(number, NOW + timedelta(hours=number)) for number in range(5)]
    for number in (3, 0, 4, 1, 2):
        deliver(events[number])
    newest_first = [message_id(event, "to_verify") for event in reversed(events)]
    assert ids() == newest_first
    assert ids(before=newest_first[1]) == newest_first[2:] and ids(before=newest_first[-1]) == []


@pytest.mark.parametrize("cursor", ["zzz", "unread#20261123", "\x7f", "长" * 2000, "2"])
def test_a_made_up_cursor_moves_only_within_ones_own(cursor: str) -> None:
    deliver(happened())
    assert set(ids(before=cursor)) <= {message_id(happened(), "to_verify")}


def test_reading_twice_counts_once_and_never_below_nothing() -> None:
    deliver(happened(1))
    deliver(happened(2, NOW + timedelta(days=1)))
    for _ in range(2):
        inbox.read("p1", [ids()[0], ids()[0]])
    assert unread() == 1
    inbox.read("p1", ids())
    inbox.read("p1", ids())
    assert unread() == 0 and not any(each.unread for each in inbox.page("p1", limit=9, before=None, now=LATER))


@pytest.mark.parametrize("id", ["", "unread#20261123", "nothing", "2" * 5000, "20261123T010000000000#r9#to_verify"])
def test_reading_what_is_no_message_of_ones_own_changes_nothing(id: str) -> None:
    deliver(happened())
    inbox.read("p1", [id])
    inbox.read("p2", ids("p1"))
    assert unread() == 1 and ids("p2") == [] and unread("p2") == 0


def test_reading_at_once_counts_once() -> None:
    events = [happened(number) for number in range(4)]
    for event in events:
        deliver(event)
    every = ids()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda part: inbox.read("p1", part), [every, every[:2], every[1:], every[::-1]]))
    assert unread() == 0


def test_telling_and_reading_at_once_end_in_the_right_count() -> None:
    first, more = [happened(number) for number in range(3)], [happened(number) for number in range(3, 6)]
    for event in first:
        deliver(event)
    known = ids()
    with ThreadPoolExecutor(4) as pool:
        told_ = [pool.submit(deliver, event) for event in more * 2]
        read = pool.submit(inbox.read, "p1", known)
        for done in (*told_, read):
            done.result()
    assert unread() == 3 and len(ids()) == 6


def test_the_unread_of_a_day_up_to_a_message() -> None:
    for number in range(3):
        deliver(happened(number, NOW + timedelta(minutes=number)))
    newest, middle, oldest = ids()
    inbox.read("p1", [oldest])
    assert inbox.unread_ids("p1", "20261123", up_to=middle) == [middle]
    assert inbox.unread_ids("p1", "20261123", up_to=newest) == [middle, newest]


def test_messages_and_their_count_lapse_together() -> None:
    deliver(happened())
    expiries = {item.expires_at for item in InboxItem.query("p1")}
    last_day = NOW.replace(hour=0) + timedelta(days=180)
    assert expiries == {int((last_day + timedelta(days=1)).timestamp())}
    for now, standing in ((last_day + timedelta(hours=23), 1), (last_day + timedelta(days=1), 0)):
        assert len(inbox.page("p1", limit=5, before=None, now=now)) == standing
        assert sum(inbox.unread("p1", now=now).values()) == standing
