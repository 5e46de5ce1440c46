"""A code is paid for once and good only if it was sent; and so many wrong ones a day, whichever code they were for."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Busy, TooManyRequests
from chalicelib.domain.login import codes as rules
from chalicelib.gateways import signing
from chalicelib.services.login import login
from chalicelib.store.login import codes
from tests.builders import NOW, RULES, TOWNSHIP
from tests.desk import PHONE, STRANGER, Desk, desk, enrolled
from tests.services.login.test_login import MINUTE, WRONG, ask, code_for, enter, refused
from tests.services.login.test_login_limits import set_numbers

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("rules", "desk")
DAY = timedelta(days=1)


def paid() -> int:
    """How many SMS the township has paid for in this hour."""
    return codes.sms_used(TOWNSHIP, rules.sms_of_township(RULES.numbers, NOW))


def unsent(desk: Desk) -> str:
    """The code that the latest request stands for, though nobody was sent it."""
    return rules.code_of(desk.requests[-1], signing.pepper())


def test_a_message_that_comes_three_times_is_paid_for_once(desk: Desk) -> None:
    enrolled()
    ask()
    (request,) = desk.requests
    for _ in range(3):
        login.send(request, now=NOW)
    assert paid() == 1 and len({id for _, _, id in desk.sms}) == 1


def test_the_last_sms_of_the_hour_survives_a_busy_bridge(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_numbers(monkeypatch, sms_budget_hour=1)
    enrolled()
    ask()
    (request,) = desk.requests

    def busy(phone: str, text: str, *, id: str) -> None:
        raise Busy("sms_unreachable")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chalicelib.gateways.sms.send", busy)
        with pytest.raises(Busy):
            login.send(request, now=NOW)
    login.send(request, now=NOW + MINUTE)
    assert enter(desk.code, now=NOW + MINUTE) and paid() == 1


def test_a_code_that_was_not_sent_for_want_of_money_is_not_good(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_numbers(monkeypatch, sms_budget_hour=0)
    enrolled()
    ask()
    code = unsent(desk)
    desk.deliver(NOW)
    assert desk.sms == []
    assert (refused(code).facts, refused(WRONG).facts) == ({"left": 4}, {"left": 3})


def test_a_strangers_code_is_not_good_even_if_the_number_becomes_somebodys(desk: Desk) -> None:
    ask(STRANGER)
    code = unsent(desk)
    desk.deliver(NOW)
    enrolled(STRANGER)
    assert refused(code, STRANGER).rule == "code_wrong"


@pytest.mark.parametrize("phone", [PHONE, STRANGER])
def test_fifteen_wrong_codes_a_day_and_no_more_whoevers_phone_it_is(
    desk: Desk, phone: str, caplog: pytest.LogCaptureFixture
) -> None:
    enrolled()
    for number in range(3):
        now = NOW + number * MINUTE
        ask(phone, now=now)
        desk.deliver(now)
        left = [refused(WRONG, phone, now=now).facts["left"] for _ in range(5)]
        assert left == [4, 3, 2, 1, 0]
    assert [record.message.partition(":")[0] for record in caplog.records] == ["codes_guessed"]
    assert phone not in caplog.text
    for refusal in (refused(WRONG, phone, now=NOW + 3 * MINUTE), _refused_to_ask(phone)):
        assert isinstance(refusal, TooManyRequests) and refusal.rule == "wrong_codes_per_day"
        assert refusal.facts["cap"] == 15
    ask(phone, now=NOW + DAY)


def _refused_to_ask(phone: str) -> TooManyRequests:
    with pytest.raises(TooManyRequests) as refusal:
        ask(phone, now=NOW + 3 * MINUTE)
    return refusal.value


def test_after_so_many_wrong_ones_the_right_one_is_not_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_numbers(monkeypatch, login_wrong_day=2)
    enrolled()
    code = code_for(desk)
    assert [refused(WRONG).facts["left"] for _ in range(2)] == [1, 0]
    assert refused(code).rule == "wrong_codes_per_day"


def test_right_codes_are_not_counted_as_wrong(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_numbers(monkeypatch, login_wrong_day=1, login_codes_hour=9)
    enrolled()
    for number in range(3):
        now = NOW + number * MINUTE
        assert enter(code_for(desk, now=now), now=now)


def test_a_number_that_is_spent_on_guesses_opens_again_the_next_day(desk: Desk) -> None:
    enrolled()
    for _ in range(15):
        codes.take(login._owner("phone", PHONE), rules.wrong_of_phone(RULES.numbers, NOW))
    with pytest.raises(TooManyRequests):
        ask()
    later = NOW + DAY
    assert enter(code_for(desk, now=later), now=later)
