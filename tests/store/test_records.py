"""History, used keys, quotas, places and people, on both stores."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import CapReached, KeyReused, NotFound, StaleVersion, TooManyRequests
from chalicelib.domain.events import Event, event
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Person, Post, Role
from chalicelib.domain.places import Point
from chalicelib.domain.reports.model import Action, Change
from chalicelib.store import history, idempotency, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.reports import places
from tests.builders import GRID, NOW, report

KEY = Key(caller_id="courier", key="k", fingerprint="f")
PER_DAY, AWAITING, LOOK_UPS = 5, 3, 4


def line(number: int = 1, **changes: object) -> Event:
    change = Change(
        report=report(version=number, **changes),  # type: ignore[arg-type]
        before=None,
        action=Action.SUBMIT,
        actor_id="courier",
        as_role="reporter",
        at=NOW + timedelta(hours=number),
        details={"outcome": "to_centre", "after_photos": ["after-1"]},
    )
    return event(change)


def append(*lines: Event) -> None:
    transaction = Transaction()
    for one in lines:
        history.append(one, transaction)
    transaction.commit()


def test_history_comes_back_in_order_and_as_it_was(tables: str) -> None:
    append(line(2), line(1))
    assert history.of("r1") == [line(1), line(2)]


def test_a_line_is_never_written_over(tables: str) -> None:
    append(line())
    with pytest.raises(StaleVersion):
        append(line())


def test_a_key_is_used_once_and_remembers_what_it_made(tables: str) -> None:
    assert idempotency.recall(KEY) is None
    transaction = Transaction()
    idempotency.claim(KEY, "r1", now=NOW, transaction=transaction)
    transaction.commit()
    with pytest.raises(idempotency.KeySeen):
        transaction.commit()
    assert idempotency.recall(KEY) == "r1"
    with pytest.raises(KeyReused):
        idempotency.recall(Key(caller_id="courier", key="k", fingerprint="other"))
    assert idempotency.recall(Key(caller_id="someone", key="k", fingerprint="f")) is None


def submit(day: int = 0) -> None:
    transaction = Transaction()
    at = NOW + timedelta(days=day)
    quotas.take_submission("courier", cap=PER_DAY, now=at, transaction=transaction)
    quotas.take_waiting("courier", cap=AWAITING, transaction=transaction)
    transaction.commit()


def give_back() -> None:
    transaction = Transaction()
    quotas.give_back_waiting("courier", transaction=transaction)
    transaction.commit()


def test_so_many_reports_await_verification_and_no_more(tables: str) -> None:
    for _ in range(AWAITING):
        submit()
    with pytest.raises(CapReached) as refusal:
        submit()
    assert (refusal.value.rule, refusal.value.facts) == ("awaiting_verification", {"cap": AWAITING})
    give_back()
    submit()


def test_so_many_are_submitted_in_a_local_day_and_no_more(tables: str) -> None:
    for _ in range(PER_DAY):
        submit()
        give_back()
    with pytest.raises(CapReached) as refusal:
        submit()
    assert (refusal.value.rule, refusal.value.facts) == ("submissions_per_day", {"cap": PER_DAY})
    submit(day=1)


def test_look_ups_are_counted_by_the_hour(tables: str) -> None:
    for _ in range(LOOK_UPS):
        quotas.take_look_up("courier", cap=LOOK_UPS, now=NOW)
    with pytest.raises(TooManyRequests):
        quotas.take_look_up("courier", cap=LOOK_UPS, now=NOW)
    quotas.take_look_up("courier", cap=LOOK_UPS, now=NOW + timedelta(hours=1))


def test_places_are_found_by_cell_and_kind_since_a_time(tables: str) -> None:
    marks = [
        places.Mark(report_id=id, point=Point(lat=24.6, lon=117.98), created_at=NOW - timedelta(hours=hours))
        for id, hours in (("new", 1), ("old", 100))
    ]
    transaction = Transaction()
    for mark in marks:
        places.enter(mark, cell="c1", kind="0303", transaction=transaction)
    transaction.commit()
    assert places.near(("c1", "c2"), kind="0303", since=NOW - timedelta(hours=72)) == marks[:1]
    assert places.near(("c1",), kind="0201", since=NOW - timedelta(hours=72)) == []


def person(*posts: Post) -> Person:
    return Person(id="p1", name="试点网格员", phone="19900000001", posts=posts, valid_from=NOW)


def test_people_are_known_by_id_and_by_post(tables: str) -> None:
    grid, centre = Post(Role.GRID_MEMBER, GRID), Post(Role.CENTRE, "350211102")
    people.put(person(grid, centre))
    assert people.get("p1") == person(grid, centre)
    assert people.holders(grid.key) == ["p1"] == people.holders(centre.key)
    people.put(person(centre))
    assert people.holders(grid.key) == []
    assert people.find("nobody") is None
    with pytest.raises(NotFound):
        people.get("nobody")
