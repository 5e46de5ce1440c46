"""Who rides, or is at the peak of his kind, is not pushed to; what was held back comes afterwards as one push."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.people.model import Person, Role
from chalicelib.domain.people.model import Post as Office
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.notifications import inbox, notices, peaks, pushes
from chalicelib.store.people import people
from tests.bench.calls import counted
from tests.builders import COURIER, GRID, GRID_MEMBER, NOW
from tests.lines import told
from tests.outbox import MINUTE, Post, post

pytestmark = pytest.mark.usefixtures("rules")
__all__ = ["post"]
NOON = datetime(2026, 11, 23, 12, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def rider(rules: None) -> None:
    """A courier who brings meals and looks after a grid as well."""
    posts = (Office(Role.GRID_MEMBER, GRID), Office(Role.COURIER, GRID_MEMBER.id))
    known = Person(id=GRID_MEMBER.id, name="n", phone="1", posts=posts, valid_from=NOW, employer="美团灌口站")
    people.put(known)


def tell(number: int, now: datetime, **changes: Any) -> None:
    notices.tell(told(subject=f"r{number}", at=now, **changes)[0], now=now)


def test_at_noon_who_brings_meals_is_not_pushed_to_and_afterwards_once(post: Post) -> None:
    for number in range(3):
        tell(number, NOON)
        post.work(NOON)
    assert post.sent == [] and inbox.unread(GRID_MEMBER.id, now=NOON) == 3
    post.work(NOON + 76 * MINUTE)
    assert len(post.sent) == 1 and "您有3条新消息" in post.sent[0][2]


def test_danger_to_life_does_not_wait_for_the_end_of_a_peak(post: Post) -> None:
    tell(0, NOON, kind="0106")
    post.work(NOON)
    assert len(post.sent) == 1


def test_who_rides_hears_when_he_stands_still(post: Post) -> None:
    pushes.keep_moving(by=GRID_MEMBER, now=NOW + 40 * MINUTE)
    tell(0, NOW + 41 * MINUTE)
    post.work(NOW + 41 * MINUTE)
    assert post.sent == []
    pushes.stand_still(by=GRID_MEMBER)
    post.work(NOW + 42 * MINUTE)
    assert len(post.sent) == 1


def test_moving_lapses_by_itself_and_is_prolonged_once_a_minute(post: Post) -> None:
    from chalicelib.store.notifications import pushes as store

    start = NOW + 40 * MINUTE
    first = pushes.keep_moving(by=COURIER, now=start)
    pushes.keep_moving(by=COURIER, now=start + timedelta(seconds=30))
    assert store.outbox(COURIER.id).moving_until == first
    pushes.keep_moving(by=COURIER, now=start + MINUTE)
    assert store.outbox(COURIER.id).moving_until == first + MINUTE


def test_saying_so_is_one_write_and_looking_at_peaks_a_read_only_while_there_is_one() -> None:
    peaks.over_at(COURIER.id, now=NOON)
    with counted() as calls:
        pushes.keep_moving(by=COURIER, now=NOON)
        pushes.stand_still(by=COURIER)
        assert calls.names == ["UpdateItem", "UpdateItem"]
        calls.made.clear()
        assert peaks.over_at(GRID_MEMBER.id, now=NOON) == NOON + 75 * MINUTE
        assert calls.names == ["GetItem"]
    evening = NOON.replace(hour=21)
    assert peaks.over_at(GRID_MEMBER.id, now=evening) == evening


def test_who_is_no_courier_or_works_for_nobody_listed_has_no_peak() -> None:
    people.put(
        Person(id="p", name="n", phone="2", posts=(Office(Role.GRID_MEMBER, GRID),), valid_from=NOW, employer="美团")
    )
    assert peaks.over_at("p", now=NOON) == NOON and peaks.over_at("nobody", now=NOON) == NOON
