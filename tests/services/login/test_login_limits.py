"""What is sent and what is counted: one code however often a message comes, and no more than the limits allow."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Busy, Invalid, TooManyRequests
from chalicelib.services.login import login
from chalicelib.services.reference import rulebook, terms
from tests.bench.calls import counted
from tests.builders import NOW
from tests.desk import ADDRESS, DEVICE, PHONE, STRANGER, Desk, desk, enrolled
from tests.services.login.test_login import WRITE, WRONG, ask, code_for, enter, refused

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("rules", "desk")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_a_message_that_comes_twice_sends_one_code_under_one_id(desk: Desk) -> None:
    enrolled()
    ask()
    (request,) = desk.requests
    for _ in range(2):
        login.send(request, now=NOW)
    assert len({(text, id) for _, text, id in desk.sms}) == 1
    assert enter(desk.code)


def test_a_message_that_comes_again_after_a_crash_finishes_what_was_begun(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled()
    ask()
    (request,) = desk.requests
    monkeypatch.setattr("chalicelib.gateways.sms.send", _unreachable)
    with pytest.raises(Busy):
        login.send(request, now=NOW)
    refused(WRONG)
    monkeypatch.setattr("chalicelib.gateways.sms.send", desk.text)
    login.send(request, now=NOW + 2 * MINUTE)
    assert enter(desk.code, now=NOW + 2 * MINUTE)


def _unreachable(phone: str, text: str, *, id: str) -> None:
    raise Busy("sms_unreachable")


def test_a_message_that_comes_too_late_or_out_of_order_sends_nothing(desk: Desk) -> None:
    enrolled()
    ask()
    ask(now=NOW + MINUTE)
    first, second = desk.requests
    login.send(second, now=NOW + MINUTE)
    login.send(first, now=NOW + MINUTE)
    assert [id for _, _, id in desk.sms] == [second.id]
    login.send(second, now=NOW + 6 * MINUTE)
    assert len(desk.sms) == 1


def test_a_queue_that_takes_nothing_is_said_so(desk: Desk) -> None:
    desk.refuses = True
    with pytest.raises(Busy):
        ask()


def test_what_is_no_number_is_refused_before_anything_is_counted() -> None:
    ask(STRANGER)
    with counted() as calls, pytest.raises(Invalid):
        ask("12345", now=NOW + MINUTE)
    assert calls.names == []


def test_fifty_people_behind_one_address_sign_in_within_an_hour(desk: Desk) -> None:
    for number in range(50):
        phone = f"139{number:08}"
        enrolled(phone, id=f"p{number}")
        assert enter(code_for(desk, phone), phone)


def test_one_address_asks_and_tries_so_often_and_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_numbers(monkeypatch, login_address_codes=3, login_address_tries=3)
    for number in range(3):
        ask(f"139{number:08}")
        refused(WRONG, f"139{number:08}")
    with pytest.raises(TooManyRequests) as refusal:
        ask()
    assert refusal.value.facts == {"cap": 3, "wait": 3600}
    assert refused(WRONG).rule == "tries_per_address"
    ask(address="2001:db8::1")


def test_the_budget_of_a_township_warns_and_ends(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    set_numbers(monkeypatch, sms_budget_hour=5)
    caplog.set_level(logging.WARNING)
    for number in range(6):
        enrolled(f"139{number:08}", id=f"p{number}")
        ask(f"139{number:08}")
    desk.deliver(NOW)
    assert len(desk.sms) == 5
    said = [record.message.partition(":")[0] for record in caplog.records]
    assert said == ["sms_budget_near", "sms_budget_near", "sms_budget_reached"]
    ask(now=NOW + timedelta(hours=1))
    enrolled(id="p9")
    desk.deliver(NOW + timedelta(hours=1))
    assert len(desk.sms) == 6


def set_numbers(monkeypatch: pytest.MonkeyPatch, **numbers: float) -> None:
    """Let the township have set these numbers."""
    held = rulebook.in_force(now=NOW)
    changed = replace(held, numbers=replace(held.numbers, values=held.numbers.values | numbers))
    monkeypatch.setattr(rulebook, "in_force", lambda now: changed)


def test_no_table_holds_a_phone_number_a_code_or_a_device(desk: Desk, tables: str) -> None:
    import boto3

    enrolled()
    enter(code := code_for(desk))
    client = boto3.client("dynamodb", endpoint_url=tables)
    for name in ("codes", "quotas", "sessions"):
        kept = str(client.scan(TableName=f"fenjian-test-{name}")["Items"])
        assert kept and not any(secret in kept for secret in (PHONE, f"'{code}'", DEVICE, ADDRESS))


def test_a_sign_in_costs_seven_calls(desk: Desk) -> None:
    enrolled()
    code = code_for(desk)
    with counted() as calls:
        enter(code, now=NOW)
    # the address; whether one may be tried, the try; whose phone, who; code and session; when he was active
    assert calls.names == ["UpdateItem", "GetItem", "UpdateItem", "GetItem", "GetItem", WRITE, "UpdateItem"]


@pytest.mark.parametrize("known", [True, False])
def test_sending_costs_three_reads_and_writes_whoever_it_is_and_one_more_to_watch_the_budget(
    desk: Desk, known: bool
) -> None:
    if known:
        enrolled()
    ask()
    terms.kept("sms_code", now=NOW)  # as in a process that has sent before
    with counted() as calls:
        desk.deliver(NOW)
    assert calls.names == ["GetItem", "GetItem", WRITE, *(["GetItem"] if known else [])]
