"""The courier who looks again: what he is shown, that he alone has it, and that nobody learns who he is."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import AlreadyDone, CapReached, Conflict, DomainError, Forbidden, KeyReused, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType
from chalicelib.domain.rechecks.tasks import Finding, Task, TaskState
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.services.rechecks import rechecks
from chalicelib.services.reports import reports as use_cases
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.quotas import RECHECKS_WINDOW, QuotaItem
from chalicelib.store.reports import photos, reports
from chalicelib.store.reports import rechecks as store
from tests.bench.calls import counted
from tests.builders import (
    AUDITOR,
    CENTRE,
    COURIER,
    COURIER2,
    GRID_MEMBER,
    NOW,
    VILLAGER,
    WORKS,
    report,
)
from tests.rechecking import HOUR, offered, rider

pytestmark = pytest.mark.usefixtures("rules", "riders")
THIRD = rider("third").actor
JPEG, OGG = ContentType.JPEG, ContentType.OGG


@pytest.fixture
def riders(rules: None) -> None:
    for id in (COURIER.id, COURIER2.id, "third"):
        people.put(rider(id))
    people.put(rider("far", "350211102004"))


def task(id: str = "r1", *, hours: int = 72) -> Task:
    """A closed report, and the task that its closing made."""
    until = NOW + timedelta(hours=hours)
    made = replace(offered(), report_id=id, until=until, due_at=until)
    transaction = Transaction()
    reports.put(report(Status.CLOSED, id=id, version=1), transaction=transaction)
    store.put(made, over=None, transaction=transaction)
    transaction.commit()
    return made


def mine(by: Actor = COURIER2, *, limit: int = 50, cursor: str | None = None) -> list[str]:
    page = rechecks.mine(by=by, now=NOW + HOUR, limit=limit, cursor=cursor)
    return [one.report_id for one in page.tasks]


def accept(by: Actor = COURIER2, id: str = "r1", *, key: Key | None = None, now: datetime = NOW) -> TaskState:
    return rechecks.accept(id, key=key, by=by, now=now).task.state


def answer(
    finding: Finding, *files: ContentType, by: Actor = COURIER2, id: str = "r1", key: Key | None = None
) -> list[str]:
    forms = rechecks.answer(id, finding, files, key=key, by=by, now=NOW + HOUR)
    return [form.photo_id for form in forms]


def calls(do: Callable[[], object]) -> list[str]:
    """Which calls of the store it makes."""
    with counted() as made:
        do()
    return made.names


def rule(do: Callable[[], object]) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as refusal:
        do()
    return type(refusal.value), refusal.value.rule


def taken(person: str) -> int:
    return sum(int(item.used) for item in QuotaItem.query(person, QuotaItem.window == RECHECKS_WINDOW))


def test_open_ones_on_his_round_by_time_and_his_own_and_no_others() -> None:
    for id, hours in (("a", 50), ("b", 30), ("c", 40)):
        task(id, hours=hours)
    assert mine() == mine(THIRD) == ["b", "c", "a"]
    accept(id="b")
    assert mine() == ["b", "c", "a"] and mine(THIRD) == ["c", "a"]
    assert mine(COURIER) == [] == mine(rider("far").actor)  # he reported them; his round leads elsewhere
    for staff in (GRID_MEMBER, CENTRE, WORKS, AUDITOR):
        assert rule(lambda: mine(staff)) == (Forbidden, "role_needed")  # noqa: B023  # called at once


def test_pages_of_them_show_each_once_and_what_is_kept_back_not_even_through_the_cursor() -> None:
    for number in range(5):
        task(f"t{number}", hours=30 + number)
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        page = rechecks.mine(by=COURIER2, now=NOW, limit=2, cursor=cursor)
        seen, cursor = seen + [one.report_id for one in page.tasks], page.cursor
    assert seen == [f"t{number}" for number in range(5)] and cursor is None
    assert rechecks.mine(by=COURIER, now=NOW, limit=1, cursor=None).cursor is None


def test_what_a_look_costs() -> None:
    task()
    mine()
    assert sorted(calls(mine)) == ["GetItem", "Query", "Query"]  # himself; his own; one village's


def test_the_first_has_it_and_asking_again_is_no_second_time() -> None:
    task()
    assert accept() is TaskState.ACCEPTED is accept()
    assert taken(COURIER2.id) == 1
    assert rule(lambda: accept(THIRD)) == (Conflict, "recheck_taken")


def test_of_many_who_press_at_once_one_has_it() -> None:
    task()
    for number in range(6):
        people.put(rider(f"p{number}"))

    def press(number: int) -> bool:
        try:
            return accept(rider(f"p{number}").actor) is TaskState.ACCEPTED
        except (AlreadyDone, Conflict):
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(press, range(6))) == 1
    assert sum(taken(f"p{number}") for number in range(6)) == 1


def test_two_at_once_are_enough() -> None:
    for id in ("a", "b", "c"):
        task(id)
    accept(id="a")
    accept(id="b")
    assert rule(lambda: accept(id="c")) == (CapReached, "rechecks_at_once")
    answer(Finding.SOLVED, id="a")
    assert accept(id="c") is TaskState.ACCEPTED


def test_what_accepting_and_answering_cost() -> None:
    task("a")
    task("b")
    accept(id="a")
    assert calls(lambda: accept(id="b")) == ["GetItem", "GetItem", "GetItem", "TransactWriteItems", "Query"]
    assert calls(lambda: rechecks.show("b", by=COURIER2, now=NOW)) == ["GetItem", "GetItem", "Query"]
    assert calls(lambda: answer(Finding.SOLVED, id="b")) == ["GetItem", "GetItem", "TransactWriteItems"]


def test_his_answer_is_a_line_that_names_him_to_the_centre_alone() -> None:
    task()
    accept()
    assert answer(Finding.NOT_SOLVED, JPEG) == ["recheck-1"]
    (line,) = history.of("r1")
    assert (line.action, line.actor_id, line.as_role, line.internal) == (
        Action.BLIND_RECHECK,
        COURIER2.id,
        "blind_rechecker",
        True,
    )
    assert (line.details["answer"], line.details["photos"]) == ("not_solved", ["recheck-1"])
    seen = {who.id: use_cases.view("r1", by=who, now=NOW) for who in (CENTRE, GRID_MEMBER, VILLAGER, WORKS, AUDITOR)}
    assert {who: [one.actor_id for one in whole.history] for who, whole in seen.items()} == {
        CENTRE.id: [COURIER2.id],
        GRID_MEMBER.id: [""],
        VILLAGER.id: [""],
        WORKS.id: [""],
        AUDITOR.id: [""],
    }
    assert [photo.id for photo in seen[WORKS.id].photos] == ["recheck-1"]
    own = use_cases.view("r1", by=COURIER, now=NOW)
    assert own.history == [] and own.photos == []  # neither the line nor the picture is the reporter's


def test_sent_again_it_is_answered_again_and_done_once() -> None:
    task()
    key = Key(caller_id=COURIER2.id, key="k", fingerprint="a")
    accept(key=key)
    assert accept(key=key) is TaskState.ACCEPTED
    other = replace(key, key="k2")
    assert answer(Finding.SOLVED, JPEG, key=other) == ["recheck-1"] == answer(Finding.SOLVED, JPEG, key=other)
    assert len(history.of("r1")) == 1 and taken(COURIER2.id) == 0
    with pytest.raises(KeyReused):
        answer(Finding.NOT_SOLVED, key=replace(other, fingerprint="b"))
    assert rule(lambda: answer(Finding.SOLVED)) == (Conflict, "recheck_over")


def test_what_was_opened_again_meanwhile_is_not_answered_and_leaves_nothing() -> None:
    task()
    accept()
    transaction = Transaction()
    reports.put(report(Status.IN_HANDLING, version=2), transaction=transaction)
    transaction.commit()
    assert rule(lambda: answer(Finding.NOT_SOLVED, JPEG)) == (Conflict, "recheck_over")
    assert history.of("r1") == [] and photos.of("r1") == []


def test_there_is_none_for_a_report_that_was_not_drawn() -> None:
    assert rule(lambda: accept(id="none")) == (NotFound, "no_such_recheck")
    assert rule(lambda: answer(Finding.SOLVED, id="none")) == (NotFound, "no_such_recheck")


def test_a_remark_meanwhile_does_not_keep_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    task()
    accept()
    real, once = reports.get, [True]

    def meanwhile(id: str) -> Report:
        found = real(id)
        if once.pop():
            once.append(False)
            transaction = Transaction()
            reports.put(replace(found, version=found.version + 1), transaction=transaction)
            transaction.commit()
        else:
            once.append(False)
        return found

    monkeypatch.setattr(reports, "get", meanwhile)
    answer(Finding.SOLVED)
    assert [line.number for line in history.of("r1")] == [3]
