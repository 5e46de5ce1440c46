"""One's own inbox, page by page."""

from datetime import timedelta

import pytest

from chalicelib.services.notifications import inbox
from tests.builders import NOW
from tests.store.notifications.test_inbox import LATER, deliver, happened

pytestmark = pytest.mark.usefixtures("tables")


def test_pages_follow_each_other_to_the_end() -> None:
    for number in range(5):
        deliver(happened(number, NOW + timedelta(days=number)))
    seen, cursor = [], None
    for _ in range(3):
        page = inbox.page("p1", limit=2, cursor=cursor, now=LATER)
        seen += [message.report_id for message in page.messages]
        cursor = page.cursor
    assert seen == ["r004", "r003", "r002", "r001", "r000"] and cursor is None


def test_all_up_to_a_message_are_read_and_what_came_later_is_not() -> None:
    for number in range(4):
        deliver(happened(number, NOW + timedelta(hours=12 * number)))
    third = inbox.page("p1", limit=9, cursor=None, now=LATER).messages[1]
    for _ in range(2):
        inbox.read_all("p1", up_to=third.id, now=LATER)
        assert inbox.unread("p1", now=LATER) == 1
    newest, *rest = inbox.page("p1", limit=9, cursor=None, now=LATER).messages
    assert newest.unread and not any(message.unread for message in rest)


def test_what_is_told_late_is_unread_though_all_was_read_before() -> None:
    deliver(happened(2, NOW + timedelta(hours=2)))
    newest = inbox.page("p1", limit=1, cursor=None, now=LATER).messages[0]
    inbox.read_all("p1", up_to=newest.id, now=LATER)
    deliver(happened(1))
    assert inbox.unread("p1", now=LATER) == 1


@pytest.mark.parametrize("up_to", ["", "0", "nothing", "zzz"])
def test_reading_all_up_to_nonsense_does_no_harm(up_to: str) -> None:
    deliver(happened())
    inbox.read_all("p1", up_to=up_to, now=LATER)
    assert inbox.unread("p1", now=LATER) in (0, 1)


def test_more_than_a_transaction_takes_is_read_in_parts() -> None:
    for number in range(60):
        deliver(happened(number))
    inbox.read_all("p1", up_to="9", now=LATER)
    assert inbox.unread("p1", now=LATER) == 0


def test_single_messages_are_read() -> None:
    deliver(happened(1))
    deliver(happened(2))
    inbox.read("p1", [inbox.page("p1", limit=1, cursor=None, now=LATER).messages[0].id])
    assert inbox.unread("p1", now=LATER) == 1
