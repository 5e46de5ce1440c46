"""The Lambda that forgets."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from chalicelib.domain.retention import Way
from chalicelib.services import retention as service
from chalicelib.services.retention import Tally
from chalicelib.workers import retention
from tests.builders import NOW
from tests.workers.test_replay import Context

TALLY = Tally(kind="photo_shown", way=Way.REPORT, count=2, oldest=NOW, newest=NOW, whole=False)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the service was asked for."""
    seen: dict[str, Any] = {}

    def fake(**given: Any) -> list[Tally]:
        seen.update(given, may_go_on=given["may_go_on"]())
        return [TALLY]

    monkeypatch.setattr(service, "run", fake)
    return seen


def test_it_tells_what_was_found_of_each_kind_and_whether_that_is_all(asked: dict[str, Any]) -> None:
    answer = retention.retain({}, Context())
    (kind,) = answer["kinds"]
    assert (kind["kind"], kind["way"], kind["count"], answer["whole"]) == ("photo_shown", "report", 2, False)
    assert datetime.fromisoformat(kind["oldest"]) == NOW
    assert asked["dry"] is False and asked["may_go_on"] is True


def test_a_dry_run_is_one(asked: dict[str, Any]) -> None:
    retention.retain({"dry_run": True}, Context())
    assert asked["dry"] is True


def test_it_stops_two_minutes_before_its_time_is_over(asked: dict[str, Any]) -> None:
    retention.retain({}, Context(119_000))
    assert asked["may_go_on"] is False


def test_a_request_that_makes_no_sense_erases_nothing(asked: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        retention.retain({"dryrun": True}, Context())
    assert asked == {}
