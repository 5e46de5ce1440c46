"""The counter: a code is looked up, a prize handed over, once; what happened there prevails over what came back."""

from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import Forbidden, NotFound, TooManyRequests
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Role
from chalicelib.domain.prizes.model import Stock
from chalicelib.domain.prizes.movements import Cause, summed
from chalicelib.domain.prizes.redemptions import RedemptionState
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.people import access
from chalicelib.services.points import expiry, posting
from chalicelib.services.prizes import counter, redeeming, unclaimed
from chalicelib.store.notifications import inbox
from chalicelib.store.prizes import prizes
from chalicelib.store.prizes import redemptions as store
from tests.builders import AUDITOR, CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, VILLAGE, VILLAGER, actor
from tests.shop import balance, film, left, paid, redeem, rule, shelved, umbrella

pytestmark = pytest.mark.usefixtures("rules")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
S = RedemptionState


@pytest.fixture
def code(rules: None) -> str:
    """Of a courier's only redemption, of one of five umbrellas for ten of his hundred points."""
    shelved()
    return redeem(by=paid()).code


def confirm(code: str, *, at: object = None, by: object = VILLAGER, now: object = NOW) -> object:
    return counter.confirm(code, handed_at=at, by=by, now=now)  # type: ignore[arg-type]


def told() -> str:
    return inbox.page(COURIER.id, limit=1, before=None, now=NOW + 90 * DAY)[0].template


def test_it_is_handed_over_once_however_often_it_is_confirmed(code: str) -> None:
    first = confirm(f" {code[:4].lower()}-{code[4:].lower()} ", now=NOW + HOUR)
    assert confirm(code, by=CENTRE, now=NOW + 2 * HOUR) == first == store.get("x1")
    assert (store.get("x1").state, store.get("x1").handed_by, store.get("x1").handed_at) == (
        S.HANDED,
        "village",
        NOW + HOUR,
    )
    assert (balance(), left()) == (90, Stock(free=4, handed=1))
    assert told() == "prize_handed"


def test_a_look_at_a_code_changes_nothing(code: str) -> None:
    assert counter.look_up(code, by=VILLAGER, now=NOW) == store.get("x1")
    assert store.get("x1").state is S.RESERVED


def test_it_is_fetched_from_the_village_of_its_place_and_the_centre(code: str) -> None:
    elsewhere = actor("village2", (Role.VILLAGE, VILLAGE[:-1] + "9"))
    with pytest.raises(NotFound, match="no_such_code"):
        confirm(code, by=elsewhere)
    for stranger in (COURIER2, GRID_MEMBER, AUDITOR):
        with pytest.raises(Forbidden, match="role_needed"):
            confirm(code, by=stranger)
    counter.look_up(code, by=CENTRE, now=NOW)


def test_nobody_hands_his_own_over(code: str) -> None:
    both = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.CENTRE, "350211102"))
    with pytest.raises(Forbidden, match="not_your_own_prize"):
        confirm(code, by=both)


@pytest.mark.parametrize("typed", ["00000000", "short", "far-too-long-for-a-code", "UUUUUUUU", "＊"])
def test_what_is_no_code_is_known_to_nobody(code: str, typed: str) -> None:
    with pytest.raises(NotFound, match="no_such_code"):
        confirm(typed)


def test_who_looks_up_too_many_is_stopped(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(300):
        with pytest.raises(NotFound):
            counter.look_up("AAAAAAAA", by=VILLAGER, now=NOW)
    with pytest.raises(TooManyRequests):
        counter.look_up(code, by=VILLAGER, now=NOW)
    assert counter.look_up(code, by=CENTRE, now=NOW) and counter.look_up(code, by=VILLAGER, now=NOW + HOUR)


def test_an_offline_counter_says_days_later_when_it_was(code: str) -> None:
    confirm(code, at=NOW + 7 * DAY, now=NOW + 10 * DAY)
    found = store.get("x1")
    assert (found.handed_at, found.confirmed_at) == (NOW + 7 * DAY, NOW + 10 * DAY)


@pytest.mark.parametrize(
    ("at", "now", "refusal"),
    [
        (HOUR, timedelta(), "handed_in_future"),
        (HOUR, 3 * DAY + 2 * HOUR, "handed_long_ago"),
        (-HOUR, HOUR, "handed_long_ago"),
        (7 * DAY + HOUR, 8 * DAY, "code_not_good_then"),
        (None, 7 * DAY + HOUR, "code_not_good_then"),
    ],
)
def test_an_instant_that_cannot_be_is_refused(code: str, at: timedelta | None, now: timedelta, refusal: str) -> None:
    assert rule(lambda: confirm(code, at=None if at is None else NOW + at, now=NOW + now)) == refusal
    assert left() == Stock(free=4, reserved=1)


def test_a_clock_that_is_minutes_wrong_is_put_right(code: str) -> None:
    confirm(code, at=NOW - timedelta(minutes=4), now=NOW + timedelta(minutes=1))
    assert store.get("x1").handed_at == NOW


def test_handed_over_offline_before_it_came_back_it_is_taken_again(code: str) -> None:
    unclaimed.fire("x1", now=NOW + 6 * DAY)
    unclaimed.fire("x1", now=NOW + 7 * DAY)
    assert (store.get("x1").state, balance(), left()) == (S.RETURNED, 100, Stock(free=5))
    confirm(code, at=NOW + 6 * DAY, now=NOW + 8 * DAY)
    assert (store.get("x1").state, balance(), left()) == (S.HANDED, 90, Stock(free=4, handed=1))
    assert told() == "prize_taken_again"
    confirm(code, at=NOW + 6 * DAY, now=NOW + 8 * DAY)
    assert balance() == 90


def test_who_fetches_it_offline_and_then_cancels_pays_after_all_even_below_nothing(code: str) -> None:
    redeeming.cancel("x1", reason="", by=COURIER, now=NOW + 2 * HOUR)
    shelved("p2", umbrella(price=100))
    redeem("x2", "p2", now=NOW + 3 * HOUR)
    confirm(code, at=NOW + HOUR, now=NOW + DAY)
    assert (balance(), left()) == (-10, Stock(free=4, handed=1))
    assert rule(lambda: redeem("x3", now=NOW + DAY)) == "not_enough_points"


def test_who_fetched_it_before_its_points_came_back_and_expired_pays_once(rules: None) -> None:
    christmas = datetime(2027, 12, 26, 9, tzinfo=ZONE)
    shelved()
    paid(points=10)
    paid(points=10, at=christmas - DAY)
    made = redeem(now=christmas)
    unclaimed.fire("x1", now=made.remind_at)
    unclaimed.fire("x1", now=made.until)
    assert balance() == 20 and expiry.run(now=made.until) == 1 and balance() == 10
    confirm(made.code, at=made.until - DAY, now=made.until + DAY)
    held = posting.holding(COURIER.id, now=made.until)
    assert (held.wallet.balance, held.lots) == (10, {"2027": 0, "2028": 10})


def test_what_was_cancelled_before_is_not_handed_over_after(code: str) -> None:
    redeeming.cancel("x1", reason="", by=COURIER, now=NOW + HOUR)
    assert rule(lambda: confirm(code, at=NOW + 2 * HOUR, now=NOW + DAY)) == "redemption_over"
    assert (balance(), left()) == (100, Stock(free=5))


def test_where_it_was_promised_to_somebody_else_since_one_is_missing_and_the_record_says_so(rules: None) -> None:
    shelved(pieces=1)
    code = redeem(by=paid()).code
    redeeming.cancel("x1", reason="", by=COURIER, now=NOW + 2 * HOUR)
    redeem("x2", by=paid(COURIER2), now=NOW + 3 * HOUR)
    confirm(code, at=NOW + HOUR, now=NOW + DAY)
    lines, _ = prizes.movements("p1", limit=50, cursor=None)
    assert left() == Stock(reserved=1, handed=1) == summed(lines)
    assert [(one.cause, one.grows) for one in lines if one.grows] == [(Cause.OVERDRAWN, 1), (Cause.PURCHASED, 1)]


def test_what_was_handed_over_is_not_cancelled(code: str) -> None:
    confirm(code)
    assert rule(lambda: redeeming.cancel("x1", reason="", by=COURIER, now=NOW)) == "redemption_over"


def test_who_comes_to_a_service_is_let_in_until_it_is_over(rules: None) -> None:
    shelved(offer=film(), pieces=1)
    made = redeem(by=paid())
    confirm(made.code, now=made.until)
    assert left() == Stock(handed=1)


def test_who_is_said_to_have_missed_it_was_there_where_the_counter_says_so(rules: None) -> None:
    shelved(offer=film(), pieces=1)
    made = redeem(by=paid())
    unclaimed.fire("x1", now=made.remind_at)
    unclaimed.fire("x1", now=made.until)
    assert (store.get("x1").state, left(), balance(), told()) == (S.MISSED, Stock(handed=1), 90, "prize_missed")
    confirm(made.code, at=made.until - HOUR, now=made.until + DAY)
    assert (store.get("x1").state, left(), balance()) == (S.HANDED, Stock(handed=1), 90)


def test_who_has_yet_to_come_is_listed_and_the_centres_look_at_whom_is_noted(code: str) -> None:
    def listed(by: object, state: RedemptionState = S.RESERVED) -> list[str]:
        found = counter.listing("p1", state, by=by, now=NOW, limit=50, cursor=None)  # type: ignore[arg-type]
        return [one.id for one in found.redemptions]

    assert listed(VILLAGER) == listed(AUDITOR) == listed(CENTRE) == ["x1"] and listed(CENTRE, S.HANDED) == []
    seen = access.about(COURIER.id, now=NOW, limit=50, cursor=None).entries
    assert [(one.actor_id, one.what) for one in seen] == [("centre", What.SAW_REDEMPTION)]
    with pytest.raises(Forbidden):
        listed(COURIER)
