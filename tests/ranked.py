"""Couriers with points, for tests of rankings."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.people.model import Person, Post, Role
from chalicelib.domain.points import rules, transfers
from chalicelib.domain.points.terms import Kind
from chalicelib.services.points import posting
from chalicelib.store.people import people
from tests.builders import DATA, NOW, VILLAGE

RULES = rules.read((DATA / "points_rules.csv").read_bytes()).on("2026-11-23").by_code


def enrolled(id: str, **changes: Any) -> Person:
    """A courier of the first village, known from now on; enrolled again, he is changed."""
    fields: dict[str, Any] = {"name": f"林{id}", "phone": "", "posts": (Post(Role.COURIER, id),), "valid_from": NOW}
    person = Person(id=id, **(fields | {"employer": "试点快递", "villages": (VILLAGE,)} | changes))
    people.put(person)
    return person


def earned(id: str, points: int, *, at: datetime = NOW, rule: str = "P17", event: str = "") -> transfers.Transfer:
    """An entry that counts for ranking, without any cap; negative where points are taken."""
    name = event or f"{id}-{at.isoformat()}"
    entry = transfers.moved(id, points, Kind.EARN, id=f"{name}#{rule}", event_id=name, at=at)
    return transfers.ruled(entry, RULES[rule], 1, pending=False)


def post(id: str, points: int, *, at: datetime = NOW, rule: str = "P17", event: str = "") -> None:
    """Write it."""
    posting.post([earned(id, points, at=at, rule=rule, event=event)])


@contextmanager
def sent_for() -> Iterator[list[str]]:
    """What is sent to the worker of boards, by the clock or by who reads."""
    from chalicelib.gateways import lean_queues, queues

    sent: list[str] = []

    def send(queue: str, messages: dict[str, str]) -> frozenset[str]:
        sent.extend(f"{queue} {body}" for body in messages.values())
        return frozenset()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queues, "send", send)
        patch.setattr(lean_queues, "send", lambda queue, body: sent.append(f"{queue} {body}"))
        yield sent


def ranked(*, now: datetime = NOW) -> None:
    """Everything that is due is ranked, with nothing left to wait for."""
    from chalicelib.services.rankings import ranking
    from chalicelib.store.rankings import boards

    boards.forget()
    while boards.due(now):
        ranking.rank(now=now)
        now += timedelta(minutes=5)
