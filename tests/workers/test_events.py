"""Queue edges: one event a message, a bad one fails alone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
import pytest
from chalice.app import SQSEvent

from chalicelib.domain.events import Event
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.figures import figures
from chalicelib.services.notifications import notices
from chalicelib.services.points import points
from chalicelib.workers import figures as figures_worker
from chalicelib.workers import notices as notices_worker
from chalicelib.workers import points as points_worker
from chalicelib.workers.batch import Failures
from tests.lines import told

LINES = told((Action.VERIFY, Status.WITH_VILLAGE), (Action.RESOLVE, Status.RESOLVED))


def batch(*bodies: str) -> SQSEvent:
    records = [{"messageId": f"m{n}", "body": body, "receiptHandle": "h"} for n, body in enumerate(bodies)]
    return SQSEvent({"Records": records}, None)


def body(line: Event) -> str:
    return msgspec.json.encode(line).decode()


WORKERS: list[tuple[Callable[[SQSEvent], Failures], Any, str]] = [
    (notices_worker.tell, notices, "tell"),
    (points_worker.earn, points, "follow"),
    (figures_worker.count, figures, "count"),
]


@pytest.mark.parametrize(("work", "service", "name"), WORKERS)
def test_each_event_is_followed_and_what_fails_fails_alone(
    work: Callable[[SQSEvent], Failures], service: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed: list[Event] = []

    def follow(event: Event, *, now: datetime | None = None) -> None:
        if event.action is Action.VERIFY:
            raise RuntimeError("the store is away")
        followed.append(event)

    monkeypatch.setattr(service, name, follow)
    answer = work(batch(body(LINES[0]), "{", "[]", body(LINES[1]), '{"id": 1}', body(LINES[2])))
    assert followed == [LINES[0], LINES[2]]
    assert answer == {"batchItemFailures": [{"itemIdentifier": f"m{number}"} for number in (1, 2, 3, 4)]}
