"""A photo is held against those sent before and against its report, on a real store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from chalicelib.domain.errors import Busy, NotFound, StaleVersion
from chalicelib.domain.fraud.terms import Signal
from chalicelib.domain.photos import Media, Photo, Purpose
from chalicelib.domain.queues import Queue
from chalicelib.gateways import queues
from chalicelib.services.fraud import photo_checks
from chalicelib.store import base, history
from tests.builders import CENTRE, COURIER, COURIER2, NOW
from tests.suspects import HOUR, away, photo
from tests.suspicions import LATER, arrived, found, hear, messages, only, stored

pytestmark = pytest.mark.usefixtures("staffed")
ALIKE = "b3f1c2d4e5b69788"  # one bit off
FAR = (away(9000).lat, away(9000).lon)


def check(one: Photo) -> None:
    photo_checks.check(one.report_id, one.id, now=LATER)


def three_reports() -> list[Photo]:
    """A photo, the same file for another report, and nearly the same picture for a third, taken elsewhere."""
    for id in ("a", "b", "c"):
        stored(id)
    return [
        arrived(photo("a")),
        arrived(photo("b", declared_at=NOW + HOUR, by=COURIER2.id)),
        arrived(photo("c", declared_at=NOW + 2 * HOUR, found={"sha256": "c0", "dhash": ALIKE, "taken_point": FAR})),
    ]


EXPECTED = {
    ("photo_same", "b#courier2"): {("b", "a")},
    ("photo_alike", "c#courier"): {("c", "a"), ("c", "b")},
    ("photo_place", "c#courier"): {("c", "")},
}


def rows() -> dict[tuple[str, str], set[tuple[str, str]]]:
    return {key: {(row.report, row.other_report) for row in one.evidence} for key, one in found().items()}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_photos_are_checked_the_same_looks_wrong(order: tuple[int, ...]) -> None:
    made = three_reports()
    for number in (*order, *order):
        check(made[number])
    assert rows() == EXPECTED
    assert len(messages()) == 3


def test_photos_that_are_checked_at_once_find_each_other() -> None:
    made = three_reports()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda one: persistently(lambda: check(one)), made * 2))
    assert rows() == EXPECTED


def persistently(step: Callable[[], None]) -> None:
    for _ in range(20):
        with suppress(StaleVersion, Busy):
            return step()
    return step()


def test_more_of_the_same_is_added_to_the_finding() -> None:
    stored("a"), stored("b")
    shown = [photo("a"), photo("a", "before-2", found={"sha256": "2"})]
    again = [
        photo("b", one.id, declared_at=NOW + HOUR, found={"sha256": one.found.sha256}) for one in shown if one.found
    ]
    for one in map(arrived, shown + again):
        check(one)
    same = only(Signal.PHOTO_SAME)
    assert {row.photo for row in same.evidence} == {"before-1", "before-2"} and same.person_id == COURIER.id
    assert same.zh.startswith("2张照片") and len([one for one in messages() if one == "finding_raised"]) == 2


def test_an_after_photo_that_was_sent_before_is_told_of_who_sent_it() -> None:
    stored("a"), stored("b")
    check(arrived(photo("a", "after-1", purpose=Purpose.AFTER, by="works")))
    check(arrived(photo("b", "after-1", purpose=Purpose.AFTER, by="works", declared_at=NOW + HOUR)))
    assert only(Signal.PHOTO_SAME).person_id == "works"


def test_what_did_not_come_or_is_no_picture_is_not_checked() -> None:
    stored("a")
    photo_checks.check("a", "before-1", now=LATER)
    check(arrived(photo("a", "before-voice", media=Media.VOICE, found={"dhash": None})))
    assert found() == {}


def test_a_photo_of_no_report_fails_and_is_told_of_again() -> None:
    lost = arrived(photo("nowhere"))
    with pytest.raises(NotFound):
        check(lost)


def test_a_prizes_photo_is_of_no_report_and_is_not_checked() -> None:
    check(arrived(photo("prize-1", "prize-1", purpose=Purpose.PRIZE, by=CENTRE.id)))
    assert found() == {} and messages() == []


def test_history_that_is_told_again_makes_a_lost_message_good() -> None:
    for one in three_reports():
        assert one.found
    hear([line for id in ("a", "b", "c") for line in history.of(id)])
    assert rows().keys() >= EXPECTED.keys()


def test_the_worker_asks_for_the_check_when_all_is_developed(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, dict[str, str]]] = []

    def send(queue: str, messages: dict[str, str]) -> frozenset[str]:
        sent.append((queue, messages))
        return frozenset()

    monkeypatch.setattr(queues, "send", send)
    photo_checks.announce("incoming/r1/before-1")
    photo_checks.announce("elsewhere")
    body = '{"report_id":"r1","photo_id":"before-1"}'
    assert sent == [(Queue.CHECKS, {"incoming/r1/before-1": body})]
    monkeypatch.setattr(queues, "send", lambda queue, messages: frozenset(messages))
    with pytest.raises(Busy):
        photo_checks.announce("incoming/r1/before-1")


@pytest.mark.parametrize("dies", range(1, 15))
def test_a_worker_that_dies_between_any_two_calls_is_made_good_by_the_next(
    dies: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = three_reports()
    check(made[0])
    check(made[1])
    call, calls = base.Client._make_api_call, list[str]()

    class Died(Exception):
        """The worker is gone."""

    def dying(self: base.Client, name: str, kwargs: dict[str, Any]) -> dict[str, Any]:
        calls.append(name)
        if len(calls) == dies:
            raise Died
        return call(self, name, kwargs)

    with monkeypatch.context() as patch, suppress(Died):
        patch.setattr(base.Client, "_make_api_call", dying)
        check(made[2])
    check(made[2])
    assert rows() == EXPECTED and len(messages()) == 3


def test_a_day_apart_they_are_still_found_and_a_stranger_is_not() -> None:
    stored("a"), stored("b")
    check(arrived(photo("a")))
    check(arrived(photo("b", declared_at=NOW + timedelta(days=40), found={"sha256": "x", "dhash": "0123456789abcdef"})))
    assert found() == {}
