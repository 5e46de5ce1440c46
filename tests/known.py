"""People who are known, and what is done to them. For tests of people."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.actions import PersonAction, Wish
from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.services.people import people, person_actions
from tests.builders import CENTRE, NOW, VILLAGE

A, WRITE = PersonAction, "TransactWriteItems"
PHONE, OTHER_PHONE = "10000000001", "10000000002"
VILLAGE_POST = Post(Role.VILLAGE, VILLAGE)


def known(id: str = "p1", phone: str = PHONE, *posts: Post, **fields: Any) -> Person:
    """Somebody who is a courier, unless he holds other posts, and is in the store."""
    held = posts or (Post(Role.COURIER, id),)
    person = Person(id=id, name="试点快递员", phone=phone, posts=held, valid_from=NOW - timedelta(days=9), **fields)
    people.enrol(person)
    return person


def act(
    action: PersonAction,
    id: str = "p1",
    *,
    by: Actor = CENTRE,
    key: Key | None = None,
    version: int | None = None,
    **said: Any,
) -> Person:
    """Somebody, the centre unless told otherwise, does it to him."""
    return person_actions.act(id, Wish(action=action, **said), version=version, key=key, by=by, now=NOW)


def rule(do: Callable[[], object]) -> str:
    """The rule that refuses it."""
    with pytest.raises(DomainError) as refusal:
        do()
    return refusal.value.rule
