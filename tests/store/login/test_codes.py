"""A phone's latest code, its tries, and how often it may ask."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import TooManyRequests
from chalicelib.domain.login import codes as login
from chalicelib.domain.login.codes import Allowance, Code
from chalicelib.store.base import Transaction
from chalicelib.store.login import codes
from chalicelib.store.login.codes import CodeItem, CodeSpent, SmsBudgetSpent
from chalicelib.store.quotas import QuotaItem
from tests.builders import NOW, RULES

pytestmark = pytest.mark.usefixtures("tables")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ALLOWANCE = Allowance(window="w", cap=3, ends_at=NOW + HOUR)
CODE = Code(id="r1", digest="d", asked_at=NOW, expires_at=NOW + 5 * MINUTE)
NUMBERS = RULES.numbers


def ask(now: datetime, owner: str = "phone#1") -> None:
    wrong = login.wrong_of_phone(NUMBERS, now)
    codes.take_code(owner, login.gap(NUMBERS, now), login.codes_of_phone(NUMBERS, now), wrong, now=now)


def put(owner: str, code: Code, **paid: Any) -> Code | None:
    return codes.put(owner, code, until=NOW + 24 * HOUR, **paid)


def refused(now: datetime) -> str:
    with pytest.raises(TooManyRequests) as refusal:
        ask(now)
    return refusal.value.rule


def spend(code: Code, session_id: str) -> None:
    transaction = Transaction()
    codes.spend("phone#1", code, session_id, transaction)
    transaction.commit()


def test_after_a_code_there_is_a_pause() -> None:
    ask(NOW)
    assert refused(NOW + timedelta(seconds=59)) == "codes_too_soon"
    ask(NOW + MINUTE)
    ask(NOW, owner="phone#2")


def test_the_sixth_of_an_hour_and_the_eleventh_of_a_day_are_refused() -> None:
    for minute in range(5):
        ask(NOW + minute * MINUTE)
    assert refused(NOW + 10 * MINUTE) == "codes_per_hour"
    for minute in range(5):
        ask(NOW + HOUR + minute * MINUTE)
    assert refused(NOW + 2 * HOUR) == "codes_per_day"
    ask(NOW + 24 * HOUR)


def test_what_is_refused_counts_in_no_window() -> None:
    for minute in range(5):
        ask(NOW + minute * MINUTE)
    for minute in range(20, 30):
        assert refused(NOW + minute * MINUTE) == "codes_per_hour"
    assert QuotaItem.get("phone#1", "codes#2026-11-23").used == 5


def test_of_many_at_once_one_gets_a_code() -> None:
    def tried(_: int) -> bool:
        try:
            ask(NOW)
        except Exception:  # refused, or the store was busy: no code either way
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(tried, range(8))) == 1


def test_an_address_is_counted_up_to_its_cap() -> None:
    limit = (ALLOWANCE, TooManyRequests("codes_per_address", cap=3, wait=1))
    for used in (1, 2, 3):
        codes.require_room("address#1", limit)
        assert codes.take("address#1", limit) == used
    for refused_by in (codes.take, codes.require_room):
        with pytest.raises(TooManyRequests):
            refused_by("address#1", limit)


def pay(number: int, *, phone: int | None = None) -> Code | None:
    """Keep the code of this request of a phone, of its own unless told otherwise, and pay for its SMS."""
    owner = f"phone#{number if phone is None else phone}"
    return put(owner, replace(CODE, id=f"r{number}"), paid_by="350211102", budget=ALLOWANCE)


def test_a_township_pays_up_to_its_cap_and_keeps_no_code_beyond() -> None:
    for number in range(3):
        assert pay(number)
    with pytest.raises(SmsBudgetSpent):
        pay(3)
    assert codes.sms_used("350211102", ALLOWANCE) == 3 and CodeItem.count("phone#3") == 0


def test_a_code_is_paid_for_once_however_often_its_message_comes() -> None:
    kept = [pay(0) for _ in range(4)]
    assert [one.id if one else None for one in kept] == ["r0"] * 4
    assert codes.sms_used("350211102", ALLOWANCE) == 1


def test_of_one_message_twice_at_once_one_is_paid_for() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda _: pay(0), range(4)))
    assert codes.sms_used("350211102", ALLOWANCE) == 1


def test_what_comes_after_a_newer_one_is_not_paid_for() -> None:
    put("phone#1", replace(CODE, id="r2", asked_at=NOW + MINUTE))
    assert pay(0, phone=1) is None
    assert codes.sms_used("350211102", ALLOWANCE) == 0


def test_a_phone_that_was_tried_with_too_many_wrong_codes_gets_no_other_that_day() -> None:
    wrong = login.wrong_of_phone(NUMBERS, NOW)
    for _ in range(15):
        codes.take("phone#1", wrong)
    assert refused(NOW) == "wrong_codes_per_day"
    ask(NOW, owner="phone#2")
    ask(NOW + 24 * HOUR)


def test_counters_expire_with_their_windows() -> None:
    ask(NOW)
    ends = {item.window: item.expires_at for item in QuotaItem.query("phone#1")}
    assert ends["codes#gap"] == (NOW + MINUTE).timestamp()
    assert ends["codes#2026-11-23T01"] == (NOW + HOUR).timestamp()


def test_a_newer_code_takes_the_place_of_an_older_one_and_never_the_other_way() -> None:
    newer = replace(CODE, id="r2", asked_at=NOW + MINUTE)
    assert put("phone#1", CODE) == CODE
    assert put("phone#1", newer) == newer
    assert put("phone#1", CODE) is None


def test_the_same_code_again_keeps_its_tries() -> None:
    put("phone#1", CODE)
    codes.use_try("phone#1", most=5, now=NOW)
    again = put("phone#1", CODE)
    assert again is not None and again.tries == 1


def test_a_code_is_tried_five_times_and_for_five_minutes() -> None:
    put("phone#1", CODE)
    tries = [codes.use_try("phone#1", most=5, now=NOW) for _ in range(6)]
    assert [one.tries if one else None for one in tries] == [1, 2, 3, 4, 5, None]
    put("phone#2", CODE)
    assert codes.use_try("phone#2", most=5, now=CODE.expires_at - timedelta(seconds=1))
    assert codes.use_try("phone#2", most=5, now=CODE.expires_at) is None
    assert codes.use_try("phone#3", most=5, now=NOW) is None


def test_a_try_leaves_nothing_behind_where_there_is_no_code() -> None:
    codes.use_try("phone#3", most=5, now=NOW)
    assert CodeItem.count("phone#3") == 0


def test_a_code_is_spent_once() -> None:
    put("phone#1", CODE)
    spend(CODE, "s1")
    with pytest.raises(CodeSpent):
        spend(CODE, "s1")
    tried = codes.use_try("phone#1", most=5, now=NOW)
    assert tried is not None and tried.session_id == "s1"


def test_a_code_that_was_replaced_is_not_spent() -> None:
    put("phone#1", replace(CODE, id="r2", asked_at=NOW + MINUTE))
    with pytest.raises(CodeSpent):
        spend(CODE, "s1")


def test_a_code_is_forgotten_when_it_was_said() -> None:
    put("phone#1", CODE)
    assert CodeItem.get("phone#1").expires_at == (NOW + timedelta(days=1)).timestamp()
