"""Sessions, read with their people in one call, moved on a condition."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, StaleVersion
from chalicelib.domain.login.sessions import Session, Step
from chalicelib.store import base
from chalicelib.store.base import Transaction
from chalicelib.store.login import sessions
from chalicelib.store.login.sessions import SessionItem
from tests.bench.calls import counted
from tests.builders import NOW
from tests.desk import enrolled

pytestmark = pytest.mark.usefixtures("tables")
LATER = NOW + timedelta(days=30)
STEP = Step(spent="t1", nonce="n1", at=NOW)
SESSION = Session(
    person_id="p1",
    id="s1",
    device="d1",
    device_name="手机",
    started_at=NOW,
    used_at=NOW,
    current="t1",
    steps=(STEP,),
)


def add(session: Session = SESSION) -> None:
    transaction = Transaction()
    sessions.add(session, ends_at=LATER, transaction=transaction)
    transaction.commit()


def test_a_session_is_read_as_it_was_written() -> None:
    add()
    assert sessions.find("p1", "s1") == SESSION
    assert sessions.find("p1", "s2") is None
    assert SessionItem.get("p1", "s1").expires_at == LATER.timestamp()


def test_an_id_is_used_once() -> None:
    add()
    with pytest.raises(Conflict):
        add()


def test_a_session_and_its_person_are_one_call() -> None:
    person = enrolled()
    add()
    with counted() as calls:
        assert sessions.with_person("p1", "s1") == (SESSION, person)
        assert sessions.with_person("p1", "s2") == (None, person)
        assert sessions.with_person("p2", "s1") == (None, None)
    assert calls.names == ["BatchGetItem"] * 3


def test_what_dynamodb_leaves_out_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    person = enrolled()
    add()
    send, seen = base.connection().dispatch, list[int]()

    def half(operation: str, asked: dict[str, dict[str, object]]) -> dict[str, object]:
        """Answers one table at a time."""
        (table, keys), *others = asked["RequestItems"].items()
        seen.append(len(others))
        return send(operation, {"RequestItems": {table: keys}}) | {"UnprocessedKeys": dict(others)}

    monkeypatch.setattr(base.connection(), "dispatch", half)
    assert sessions.with_person("p1", "s1") == (SESSION, person)
    assert seen == [1, 0]


def test_a_token_has_one_successor() -> None:
    add()
    moved = replace(SESSION, current="t2")
    sessions.move(moved, spent="t1", ends_at=LATER)
    assert sessions.find("p1", "s1") == moved
    with pytest.raises(StaleVersion):
        sessions.move(replace(SESSION, current="t3"), spent="t1", ends_at=LATER)


def test_a_session_that_was_ended_does_not_come_back() -> None:
    add()
    sessions.end("p1", "s1")
    sessions.end("p1", "s1")
    with pytest.raises(StaleVersion):
        sessions.move(replace(SESSION, current="t2"), spent="t1", ends_at=LATER)
    assert sessions.find("p1", "s1") is None


def test_all_of_somebodys_sessions_and_nobody_elses_are_ended() -> None:
    for number in range(30):
        add(replace(SESSION, id=f"s{number}"))
    add(replace(SESSION, person_id="p2"))
    assert len(sessions.of("p1")) == 30
    with counted() as calls:
        assert sessions.end_all("p1") == 30
    assert calls.names == ["Query", "BatchWriteItem", "BatchWriteItem"]
    assert sessions.of("p1") == [] and len(sessions.of("p2")) == 1
