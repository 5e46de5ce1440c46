"""The Lambda that counts everything anew, and the command that calls it until it is done."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import msgspec
import pytest

from chalicelib.services.figures import recounting as service
from chalicelib.services.figures.recounting import Recounted
from chalicelib.workers import recount
from infra.operate.functions import FunctionFailed
from infra.operate.recount import recount as command
from tests.workers.test_replay import Context

SINCE = datetime(2026, 11, 22, 16, tzinfo=UTC)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the service was asked for."""
    seen: dict[str, Any] = {}

    def fake(since: datetime, until: datetime, *, may_go_on: Callable[[], bool]) -> Recounted:
        seen.update(since=since, until=until)
        return Recounted(reports=7, mended=2, next=None if may_go_on() else since)

    monkeypatch.setattr(service, "recount", fake)
    return seen


def test_it_goes_from_an_instant_up_to_now(asked: dict[str, Any]) -> None:
    answer = recount.figures({"since": "2026-11-23T00:00:00+08:00"}, Context())
    assert answer == {"reports": 7, "mended": 2, "next": None}
    assert asked["since"] == SINCE and asked["until"].tzinfo is UTC


def test_it_stops_before_it_is_cut_off_and_goes_on_from_there(asked: dict[str, Any]) -> None:
    answer = recount.figures({"since": "2026-01-01T00:00:00Z", "cursor": SINCE.isoformat()}, Context(19_000))
    assert answer["next"] == SINCE.isoformat() and asked["since"] == SINCE


@pytest.mark.parametrize("event", [{}, {"since": "2026-11-23T00:00:00"}, {"since": None, "x": 1}])
def test_what_it_does_not_understand_fails(event: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        recount.figures(event, Context())


class Lambdas:
    """Answers one after the other."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers, self.asked = list(answers), list[dict[str, Any]]()

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # as boto3 calls it
        assert FunctionName == "fenjian-dev-recount_figures"
        self.asked.append(json.loads(Payload))
        answer = self.answers.pop(0)
        failed = {"FunctionError": "Unhandled"} if "errorMessage" in answer else {}
        return {"Payload": BytesIO(json.dumps(answer).encode()), **failed}


def test_the_command_calls_until_there_is_nothing_left() -> None:
    cursor = SINCE.isoformat()
    lambdas = Lambdas({"reports": 5, "mended": 1, "next": cursor}, {"reports": 2, "mended": 0, "next": None})
    assert command(lambdas, "dev", SINCE) == (7, 1)
    assert lambdas.asked == [{"since": cursor}, {"since": cursor, "cursor": cursor}]


def test_the_command_tells_what_failed() -> None:
    with pytest.raises(FunctionFailed, match="store_contention"):
        command(Lambdas({"errorMessage": "store_contention"}), "dev", SINCE)
