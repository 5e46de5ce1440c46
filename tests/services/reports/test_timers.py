"""Nothing is forgotten: what falls due is found, queued and acts once, on a real store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.gateways import queues
from chalicelib.services.reference import tables as reference
from chalicelib.services.reports import reports, timers
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.reports import due
from chalicelib.store.reports import reports as store
from tests.bench.calls import counted
from tests.builders import CENTRE, COURIER, DATA, NOW, TOWNSHIP, VILLAGE, WORKS, report

S, A = Status, Action


class Queue:
    """Keeps what is sent, in order, as the timer queue would."""

    def __init__(self) -> None:
        self.bodies: list[str] = []

    def send(self, queue: str, messages: dict[str, str]) -> frozenset[str]:
        assert queue == "timers"
        self.bodies += messages.values()
        return frozenset()

    def taken(self) -> list[TimerMessage]:
        taken = [msgspec.json.decode(body, type=TimerMessage) for body in self.bodies]
        self.bodies = []
        return taken


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    queue = Queue()
    monkeypatch.setattr(queues, "send", queue.send)
    return queue


def save(*held: Report) -> None:
    for one in held:
        transaction = Transaction()
        store.put(one, transaction=transaction)
        transaction.commit()


def village_case(**changes: object) -> Report:
    return report(S.WITH_VILLAGE, kind="0201", **{"version": 1, "village_held": True} | changes)


def ticked(queue: Queue, now: datetime) -> list[TimerMessage]:
    """One sweep at `now`, and everything it queued done."""
    timers.sweep(now=now)
    taken = queue.taken()
    for message in taken:
        timers.run(message, now=now)
    return taken


def effects(id: str) -> list[object]:
    return [line.details["effect"] for line in history.of(id) if line.action is A.FALL_DUE]


def test_a_sweep_queues_what_is_due_and_nothing_else(rules: None, queue: Queue) -> None:
    save(report(id="due", version=1, next_at=NOW), report(id="later", version=1, next_at=NOW + timedelta(seconds=1)))
    assert timers.sweep(now=NOW) == 1
    assert queue.taken() == [TimerMessage(errand=Errand.FIRE, id="due", part="head", at=NOW)]


def test_an_idle_tick_is_one_query_a_shard_and_one_for_boards(rules: None, queue: Queue) -> None:
    save(report(version=1, next_at=NOW + timedelta(days=1)))
    with counted() as calls:
        assert timers.sweep(now=NOW) == 0
    assert calls.names == ["Query"] * (store.DUE_SHARDS + 1)


def test_what_nobody_is_assigned_to_climbs_the_ladder_like_any_other(rules: None, queue: Queue) -> None:
    save(village_case())
    held, at = store.get("r1"), []
    while held.status is S.WITH_VILLAGE and held.next_at:
        at.append(held.next_at)
        ticked(queue, held.next_at)
        held = store.get("r1")
    assert effects("r1") == ["remind_holder", "remind_holder", "escalate_to_centre"]
    assert held.holder == Post(Role.CENTRE, TOWNSHIP) and at == sorted(set(at))
    assert not ticked(queue, held.entered_at)


def test_a_timer_delivered_twice_acts_once(rules: None, queue: Queue) -> None:
    save(village_case())
    at = store.get("r1").next_at
    assert at is not None
    message = TimerMessage(errand=Errand.FIRE, id="r1", part="head", at=at)
    for _ in range(3):
        timers.run(message, now=at)
    assert effects("r1") == ["remind_holder"]


def test_a_timer_that_comes_late_does_all_that_was_missed_in_order(rules: None, queue: Queue) -> None:
    save(village_case())
    assert len(ticked(queue, NOW + timedelta(days=3))) == 1
    assert effects("r1")[:3] == ["remind_holder", "remind_holder", "escalate_to_centre"]
    assert store.get("r1").status is S.WITH_CENTRE and not ticked(queue, NOW + timedelta(days=3))


def test_a_timer_of_a_stage_that_is_over_does_nothing(rules: None, queue: Queue) -> None:
    save(report(S.DISPATCHED, version=1))
    held = store.get("r1")
    assert held.next_at and held.due_at
    stale = TimerMessage(errand=Errand.FIRE, id="r1", part="head", at=held.next_at)
    reports.act("r1", Command(action=A.ACCEPT), version=None, key=None, by=WORKS, now=NOW)
    for now in (held.next_at, held.due_at):
        timers.run(stale, now=now)
    assert effects("r1") == [] and store.get("r1").status is S.IN_HANDLING


def test_out_of_order_the_older_timer_finds_nothing_left(rules: None, queue: Queue) -> None:
    save(report(S.DISPATCHED, version=1))
    held = store.get("r1")
    assert held.next_at and held.due_at
    timers.run(TimerMessage(errand=Errand.FIRE, id="r1", part="head", at=held.due_at), now=held.due_at)
    timers.run(TimerMessage(errand=Errand.FIRE, id="r1", part="head", at=held.next_at), now=held.due_at)
    assert effects("r1") == ["remind_holder", "remind_holder", "sign_by_default"]
    assert store.get("r1").entered_at == held.due_at


def test_what_is_gone_rings_for_nobody(rules: None, queue: Queue) -> None:
    timers.run(TimerMessage(errand=Errand.FIRE, id="gone", part="head", at=NOW), now=NOW)
    timers.run(TimerMessage(errand=Errand.FIRE, id="gone", part="unknown", at=NOW), now=NOW)


def test_an_edit_moves_no_deadline(rules: None, queue: Queue) -> None:
    save(report(S.IN_HANDLING, version=1))
    before = store.get("r1")
    reports.act("r1", Command(action=A.COMMENT, text="材料已到"), version=None, key=None, by=WORKS, now=NOW)
    reports.act("r1", Command(action=A.CLAIM), version=None, key=None, by=WORKS, now=NOW)
    reports.act("r1", Command(action=A.ADD_INFO, text="还在"), version=None, key=None, by=COURIER, now=NOW)
    reports.act("r1", Command(action=A.URGE, text="请加快"), version=None, key=None, by=CENTRE, now=NOW)
    after = store.get("r1")
    assert (after.due_at, after.next_at, after.run) == (before.due_at, before.next_at, before.run)
    assert after.assignee == WORKS.id


def test_a_new_calendar_moves_what_is_open(rules: None, queue: Queue) -> None:
    save(village_case(), report(S.CLOSED, id="ended", version=1))
    before = store.get("r1").due_at
    body = (DATA / "calendar.csv").read_bytes() + "off,2026-11-23,停工一天,a day off\n".encode()
    reference.publish("calendar", body, base=None, by="test", now=NOW)
    recompute(queue, NOW + timedelta(seconds=61))
    after = store.get("r1")
    assert after.due_at == datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # four hours of the next morning
    (line,) = history.of("r1")
    assert line.action is A.RECOMPUTE and before and line.details["before"] == before.isoformat()
    recompute(queue, NOW + timedelta(seconds=61))
    assert len(history.of("r1")) == 1


def recompute(queue: Queue, now: datetime) -> None:
    assert timers.recompute_all(now=now) == store.DUE_SHARDS
    while taken := queue.taken():
        for message in taken:
            timers.run(message, now=now)


def test_a_shard_is_recomputed_page_by_page(rules: None, queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timers, "PAGE", 2)
    ids = [f"r{number}" for number in range(30)]
    save(*(village_case(id=id, next_at=NOW + timedelta(minutes=number)) for number, id in enumerate(ids)))
    timers.recompute_all(now=NOW)
    seen = []
    while taken := queue.taken():
        assert sum(message.errand is Errand.RECOMPUTE for message in taken) <= 2 * store.DUE_SHARDS
        seen += [message.id for message in taken if message.errand is Errand.RECOMPUTE]
        for message in taken:
            if message.errand is Errand.RECOMPUTE_SHARD:
                timers.run(message, now=NOW)
    assert sorted(seen) == sorted(ids)


@pytest.fixture
def crowd(rules: None) -> Iterator[list[str]]:
    """Five thousand reports that nobody has touched, all at their deadline at the same instant."""
    ids = [f"r{number:04}" for number in range(5000)]
    model = village_case()
    assert model.run and model.due_at
    model = replace(model, run=replace(model.run, fired=80), next_at=model.due_at)
    with store.ReportItem.batch_write() as batch:
        for id in ids:
            batch.save(store._item(replace(model, id=id)))
    yield ids


@pytest.mark.parametrize("backend", ["dynamodb_local"], indirect=True)
def test_five_thousand_due_at_once_are_all_handled(crowd: list[str], queue: Queue) -> None:
    at = village_case().due_at
    assert at is not None
    ticked(queue, at)
    left = [one.id for shard in range(store.DUE_SHARDS) for one in due.fallen(shard, at)]
    assert left == []
    found = {found.id: found for found in store.several(crowd)}
    assert sorted(found) == crowd and {one.status for one in found.values()} == {S.WITH_CENTRE}
    assert {one.place.village for one in found.values()} == {VILLAGE}
