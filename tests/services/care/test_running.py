"""A courier's run: his steps, told at once or late, once or again; and who looks after it when it goes wrong."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.domain.care.record import GiveUpReason
from chalicelib.domain.care.said import Deliver, StepOutcome
from chalicelib.domain.care.terms import Proof, VisitState, Welfare
from chalicelib.domain.care.told import GiveUp
from chalicelib.domain.errors import Conflict, DomainError, Forbidden, IllegalAction, Invalid, NotFound
from chalicelib.domain.points import transfers
from chalicelib.services import happenings
from chalicelib.services.care import looking_after
from chalicelib.store import history
from chalicelib.store.care import carriers
from chalicelib.store.points import ledger
from tests.builders import CENTRE, TOWNSHIP, VILLAGE, VILLAGER
from tests.care_desk import actor, deeds, tick
from tests.care_run import ABNORMAL, FINE, ID, MINUTE, RING, THERE, bag, code, now_is, secret, taken, tell
from tests.caring import HOUR, NOON

S, T = VisitState, StepOutcome
WRONG = Deliver(proof=Proof.CODE, shown="x")
pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture(autouse=True)
def _secret() -> Iterator[None]:
    with secret():
        yield


def take_over(id: str = ID) -> None:
    looking_after.take_over(id, key=None, by=VILLAGER, now=NOON + HOUR)


def test_a_meal_from_the_canteen_to_a_word_on_how_somebody_is() -> None:
    taken()
    assert tell(bag(), THERE, code(), FINE) == [T.DONE] * 4
    done = now_is()
    assert (done.state, done.run.welfare, done.run.proof) == (S.DONE, Welfare.FINE, Proof.CODE)
    assert deeds() == ["planned", "picked_up", "arrived", "handed_over", "done"]
    told = history.happenings(f"visit:{ID}")[-1]
    assert (told.at, told.person_id, told.facts["proof"]) == (NOON + 3 * MINUTE, "c1", "code")
    assert carriers.book("c1").held == ()


def test_what_is_told_twice_is_done_once() -> None:
    taken()
    assert tell(bag(), THERE) == [T.DONE] * 2
    assert tell(bag(), THERE, code(), FINE) == [T.AGAIN, T.AGAIN, T.DONE, T.DONE]
    assert tell(bag(), THERE, code(), FINE) == [T.AGAIN] * 4
    assert len(deeds()) == 5


def test_what_is_refused_ends_the_list_and_what_came_before_stands() -> None:
    taken()
    assert tell(bag(), THERE, WRONG, FINE) == [T.DONE, T.DONE, T.REFUSED, T.NOT_TRIED]
    assert (now_is().state, now_is().run.wrong_codes) == (S.ARRIVED, 1)


def test_few_wrong_codes_are_taken_and_each_counts_once() -> None:
    taken()
    tell(bag(), THERE)
    for number in (5, 5, 6, 7, 8, 9):
        with pytest.raises(Conflict, match="door_code_wrong"):
            tell(WRONG, at=NOON + number * MINUTE)
    with pytest.raises(Conflict, match="codes_used_up"):
        tell(code(), at=NOON + 10 * MINUTE)
    assert deeds().count("code_wrong") == 5


def test_who_lets_go_late_or_after_a_look_is_counted() -> None:
    taken()
    assert tell(GiveUp(reason=GiveUpReason.UNWELL), at=NOON - HOUR / 2) == [T.DONE]
    assert (now_is().state, now_is().decliners, deeds()[-1]) == (S.PLANNED, ("c1",), "gave_up_late")
    assert len(carriers.book("c1").slips) == 1
    assert tell(GiveUp(), at=NOON - HOUR / 2) == [T.AGAIN]


def test_who_lets_go_early_is_not_and_nobody_does_with_a_bag() -> None:
    taken("p1.20261123")
    tell(GiveUp(), at=NOON - 3 * HOUR)
    assert (carriers.book("c1").slips, deeds()[-1]) == ((), "gave_up")
    start = NOON + timedelta(days=1)
    taken("p1.20261124", start=start, end=start + HOUR)
    tell(bag("p1.20261124"), id="p1.20261124", at=start)
    with pytest.raises(IllegalAction):
        tell(GiveUp(), id="p1.20261124", at=start + MINUTE)


def test_steps_of_two_days_ago_are_taken_in_their_order_and_no_older_ones() -> None:
    taken()
    late = NOON + timedelta(days=1, hours=22)
    with pytest.raises(Invalid, match="step_in_future"):
        tell(bag(), at=NOON + HOUR, now=NOON)
    with pytest.raises(Invalid, match="step_too_old"):
        tell(bag(), at=NOON, now=NOON + timedelta(days=3))
    assert tell(bag(), THERE, code(), FINE, now=late) == [T.DONE] * 4
    assert now_is().run.closed_at == NOON + 3 * MINUTE


def test_a_step_before_the_last_one_is_refused() -> None:
    taken()
    tell(bag())
    with pytest.raises(Invalid, match="step_before_last"):
        tell(THERE, at=NOON - MINUTE, now=NOON + HOUR)


def test_steps_that_come_when_the_village_has_it_are_kept_and_said_so() -> None:
    taken()
    tell(bag())
    take_over()
    assert tell(THERE, code(), FINE, at=NOON + MINUTE, now=NOON + 2 * HOUR) == [T.NOTED] * 3
    assert tell(THERE, code(), FINE, at=NOON + MINUTE, now=NOON + 2 * HOUR) == [T.AGAIN] * 3
    one = now_is()
    assert (one.state, [note.action for note in one.run.late]) == (S.UNANSWERED, ["arrive", "hand_over", "check"])
    assert deeds()[-3:] == ["noted"] * 3


def test_of_the_village_and_the_courier_at_once_one_has_it_and_nothing_is_lost() -> None:
    taken()
    tell(bag(), THERE)

    def village() -> None:
        looking_after.take_over(ID, key=None, by=VILLAGER, now=NOON + 5 * MINUTE)

    def courier() -> None:
        tell(code(), FINE, at=NOON + 3 * MINUTE, now=NOON + 5 * MINUTE)

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(village), pool.submit(courier)]:
            try:
                future.result()
            except DomainError:
                continue
    one = now_is()
    told = {note.action for note in one.run.late}
    assert one.state is S.DONE or (one.run.handed_over_at is not None) ^ ("hand_over" in told)
    assert carriers.book("c1").held == ()


def test_others_learn_nothing_and_may_do_nothing() -> None:
    taken()
    with pytest.raises(NotFound):
        tell(bag(), who="c2")
    with pytest.raises(NotFound):
        looking_after.see(ID, by=actor("c2"), now=NOON)
    with pytest.raises(Forbidden):
        looking_after.take_over(ID, key=None, by=actor("c1"), now=NOON)


def test_somebody_who_is_not_well_is_reported_with_the_request() -> None:
    taken()
    tell(bag(), THERE, code(), ABNORMAL)
    assert now_is().run.report_id == f"{ID}.danger"
    assert deeds()[-1] == "reported"


def test_the_clock_frees_who_waits_and_asks_who_does_not_come() -> None:
    taken()
    tick(NOON + 10 * MINUTE)
    assert (deeds()[-1], now_is().state) == ("asked_after", S.ACCEPTED)
    tell(bag(), THERE, RING, at=NOON + 11 * MINUTE)
    tick(NOON + 18 * MINUTE, times=2)
    assert (deeds()[-1], now_is().state) == ("taken_over", S.UNANSWERED)
    assert [one.id for one in looking_after.open_ones(VILLAGE, limit=9, cursor=None, by=VILLAGER, now=NOON).visits]
    assert looking_after.open_ones(None, limit=9, cursor=None, by=CENTRE, now=NOON).visits[0].township == TOWNSHIP


def test_a_meal_that_was_brought_earns_once_and_one_that_was_forgotten_costs() -> None:
    taken("p1.20261123")
    tell(bag(), THERE, code(), FINE)
    start = NOON + timedelta(days=1)
    taken("p1.20261124", start=start, end=start + HOUR)
    tick(start + HOUR)
    told = [line for id in (ID, "p1.20261124") for line in history.happenings(f"visit:{id}")]
    for line in (*told, *told):
        happenings.follow(line, now=start + 2 * HOUR)
    earned = [(one.rule, one.earned) for one in ledger.all_of(transfers.account("c1"))]
    assert sorted(earned) == [("P21", 5), ("P93", -5)]
