"""What the exports queue says, and how a worker knows its time."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from chalice.app import SQSEvent

from chalicelib.workers import exports


def batch(*bodies: str, left_ms: int = 900_000) -> SQSEvent:
    messages = [{"messageId": str(number), "receiptHandle": "", "body": body} for number, body in enumerate(bodies)]
    context: Any = SimpleNamespace(aws_request_id="call-1", get_remaining_time_in_millis=lambda: left_ms)
    return SQSEvent({"Records": messages}, context)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, bool]]:
    """What reaches the use case: which file, who writes, whether there is time. `bad` fails there."""
    from chalicelib.services.exports import writing as export_writing

    seen: list[tuple[str, str, bool]] = []

    def write(export_id: str, *, holder: str, clock: Any, may_go_on: Any) -> None:
        assert abs((datetime.now(UTC) - clock()).total_seconds()) < 60
        seen.append((export_id, holder, may_go_on()))
        if export_id == "bad":
            raise ConnectionError(export_id)

    monkeypatch.setattr(export_writing, "write", write)
    return seen


def test_a_message_names_a_file_and_the_call_is_its_holder(told: list[tuple[str, str, bool]]) -> None:
    assert exports.write(batch('{"id": "e1"}')) == {"batchItemFailures": []}
    assert told == [("e1", "call-1", True)]


def test_a_message_that_names_a_month_is_for_its_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.services.documents import files

    seen: list[str] = []
    monkeypatch.setattr(files, "write", lambda id, *, now: seen.append(id))
    assert exports.write(batch('{"monthly": "350211102-2026-11"}')) == {"batchItemFailures": []}
    assert seen == ["350211102-2026-11"]


def test_a_message_that_names_a_courier_and_a_month_is_for_his_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.services.points import statements

    seen: list[tuple[str, str]] = []
    monkeypatch.setattr(statements, "write", lambda courier_id, month, *, now: seen.append((courier_id, month)))
    body = '{"statement": {"courier_id": "c", "month": "2026-11"}}'
    assert exports.write(batch(body)) == {"batchItemFailures": []}
    assert seen == [("c", "2026-11")]


@pytest.mark.parametrize("body", ["{}", '{"id": "e1", "monthly": "m1"}', '{"statement": {"courier_id": "c"}}'])
def test_a_message_names_one_of_the_three(told: list[tuple[str, str, bool]], body: str) -> None:
    assert exports.write(batch(body)) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert told == []


@pytest.mark.parametrize(("left_ms", "goes_on"), [(60_001, True), (60_000, False)])
def test_a_minute_before_the_end_nothing_new_is_begun(
    told: list[tuple[str, str, bool]], left_ms: int, goes_on: bool
) -> None:
    exports.write(batch('{"id": "e1"}', left_ms=left_ms))
    assert told == [("e1", "call-1", goes_on)]


def test_what_fails_stays_on_the_queue(told: list[tuple[str, str, bool]]) -> None:
    answer = exports.write(batch('{"id": "bad"}', "nonsense", '{"id": "e1", "more": 1}'))
    assert answer == {"batchItemFailures": [{"itemIdentifier": name} for name in ("0", "1", "2")]}


def test_a_message_may_name_a_statement_of_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.services.volunteering import files

    seen: list[tuple[str, str]] = []
    monkeypatch.setattr(files, "write", lambda courier_id, period, *, now: seen.append((courier_id, period)))
    body = '{"hours": {"courier_id": "c", "period": "2026-Q4"}}'
    assert exports.write(batch(body)) == {"batchItemFailures": []} and seen == [("c", "2026-Q4")]
