"""Table `sessions`: who is signed in on which device. Sessions expire.

| access                        | by                                              |
|-------------------------------|-------------------------------------------------|
| a session and its person      | batch by (person_id, id) and the person's id    |
| one session                   | person_id, id                                   |
| a person's sessions           | person_id                                       |
"""

from datetime import datetime
from typing import Any

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.config import settings
from chalicelib.domain.errors import Busy, Conflict, StaleVersion
from chalicelib.domain.login.sessions import Session
from chalicelib.domain.people.model import Person
from chalicelib.store.base import Table, Transaction, connection
from chalicelib.store.people import people
from chalicelib.store.people.people import PROFILE, PersonItem

TRIES = 3


class SessionItem(Table):
    """A session (`body`, JSON); `current` is the digest of the refresh token that is good now."""

    class Meta:
        table_name = settings().table("sessions")

    person_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute()
    current = UnicodeAttribute()
    expires_at = NumberAttribute()


def add(session: Session, *, ends_at: datetime, transaction: Transaction) -> None:
    """Open a session. The transaction raises Conflict if there is one of this id."""
    transaction.put(_item(session, ends_at), SessionItem.id.does_not_exist(), Conflict("changed_meanwhile"))


def find(person_id: str, id: str) -> Session | None:
    """A session that has not been ended."""
    try:
        return _session(SessionItem.get(person_id, id, consistent_read=True))
    except SessionItem.DoesNotExist:
        return None


def with_person(person_id: str, id: str) -> tuple[Session | None, Person | None]:
    """A session and whose it is, as they stand: one call. Raises Busy."""
    wanted: list[tuple[type[Model], dict[str, str]]] = [
        (SessionItem, {"person_id": person_id, "id": id}),
        (PersonItem, {"id": person_id, "part": PROFILE}),
    ]
    found = _batch(wanted)
    session, person = found.get(SessionItem), found.get(PersonItem)
    return _session(session) if session else None, people.decoded(person) if person else None


def of(person_id: str) -> list[Session]:
    """A person's sessions: one query."""
    return [_session(item) for item in SessionItem.query(person_id, consistent_read=True)]


def move(session: Session, *, spent: str, ends_at: datetime) -> None:
    """Store a session whose token `spent` (a digest) has found its successor. Raises StaleVersion if it had one."""
    item = _item(session, ends_at)
    actions: list[Action] = [
        SessionItem.body.set(item.body),
        SessionItem.current.set(item.current),
        SessionItem.expires_at.set(item.expires_at),
    ]
    if not item.update_if(SessionItem.current == spent, actions):
        raise StaleVersion("changed_meanwhile")


def end(person_id: str, id: str) -> None:
    """End a session, if there is one: one call."""
    SessionItem(person_id, id).delete()


def end_all(person_id: str) -> int:
    """End all sessions of a person, and answer how many: one query and a call for each 25."""
    items = list(SessionItem.query(person_id, consistent_read=True, attributes_to_get=["person_id", "id"]))
    with SessionItem.batch_write() as batch:
        for item in items:
            batch.delete(item)
    return len(items)


def _batch(wanted: list[tuple[type[Model], dict[str, str]]]) -> dict[type[Model], Any]:
    """Items of several tables as they stand, by their models; PynamoDB reads in one table at a time."""
    models = {model.Meta.table_name: model for model, _ in wanted}
    asked: dict[str, Any] = {
        model.Meta.table_name: {"ConsistentRead": True, "Keys": [{name: {"S": value} for name, value in key.items()}]}
        for model, key in wanted
    }
    found: dict[type[Model], Any] = {}
    for _ in range(TRIES):
        answer = connection().dispatch("BatchGetItem", {"RequestItems": asked})
        for table, items in answer["Responses"].items():
            for item in items:
                found[models[table]] = models[table].from_raw_data(item)
        if not (asked := answer.get("UnprocessedKeys", {})):
            return found
    raise Busy("store_busy")


def _item(session: Session, ends_at: datetime) -> SessionItem:
    return SessionItem(
        session.person_id,
        session.id,
        body=msgspec.json.encode(session).decode(),
        current=session.current,
        expires_at=int(ends_at.timestamp()),
    )


def _session(item: SessionItem) -> Session:
    return msgspec.json.decode(item.body, type=Session)
