"""Nobody opens: the village is reminded step by step, and in the end a danger to life is reported. Nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib.domain.care import anomalies, ladder
from chalicelib.domain.care.ladder import report_id
from chalicelib.domain.care.record import FoundOut
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.errors import IllegalAction, NotFound
from chalicelib.domain.followers import queues
from chalicelib.domain.queues import Queue
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Basis, Outcome
from chalicelib.services.care import dangers, looking_after
from chalicelib.services.reports import intake
from chalicelib.store import history
from chalicelib.store.care import carriers, visits
from chalicelib.store.reports import reports
from tests.builders import GRID, TOWNSHIP, VILLAGE, VILLAGER
from tests.care_desk import actor, deeds, tick
from tests.care_run import ABNORMAL, FINE, ID, MINUTE, RING, THERE, bag, code, now_is, secret, taken, tell
from tests.caring import HOUR, NOON
from tests.published import act

S = VisitState
REPORT = report_id(ID)
pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture(autouse=True)
def _secret() -> Iterator[None]:
    with secret():
        yield


def unanswered() -> None:
    """It is the village's from ten past on."""
    taken()
    tell(bag(), THERE, RING)
    tick(NOON + 10 * MINUTE)


def test_the_ladder_is_climbed_rung_by_rung_and_ends_in_a_report_without_an_address() -> None:
    unanswered()
    assert carriers.book("c1").held == ()
    for minutes in (25, 40, 69):
        tick(NOON + minutes * MINUTE, times=2)
    assert deeds()[4:] == ["taken_over", "ladder_1", "ladder_2"]
    tick(NOON + 70 * MINUTE, times=2)
    assert deeds()[7:] == ["ladder_3", "reported"]
    report = reports.get(REPORT)
    assert (report.nature.kind, report.nature.klass, report.source) == ("0901", "E", "care")
    place = report.place
    assert (place.point, place.grid, place.village, place.township) == (None, GRID, VILLAGE, TOWNSHIP)
    assert ID in reports.texts([REPORT])[REPORT]
    line = history.of(REPORT)[0]
    assert (line.actor_id, line.standing.holder) == ("system", f"grid_member:{GRID}")
    tick(NOON + 5 * HOUR)
    assert deeds()[-1] == "reported"


def test_whoever_finds_out_ends_it_at_once() -> None:
    unanswered()
    done = looking_after.settle(ID, FoundOut.HOSPITAL, key=None, by=VILLAGER, now=NOON + 20 * MINUTE)
    assert (done.state, done.run.found) == (S.DONE, FoundOut.HOSPITAL)
    looking_after.settle(ID, FoundOut.HOSPITAL, key=None, by=VILLAGER, now=NOON + 21 * MINUTE)
    tick(NOON + 5 * HOUR)
    assert deeds()[-1] == "settled"
    assert looking_after.open_ones(VILLAGE, limit=9, cursor=None, by=VILLAGER, now=NOON).visits == []
    with pytest.raises(IllegalAction):
        looking_after.settle(ID, FoundOut.FINE, key=None, by=VILLAGER, now=NOON + HOUR)


def test_that_nobody_knows_is_reported_at_once() -> None:
    unanswered()
    looking_after.settle(ID, FoundOut.NOT_KNOWN, key=None, by=VILLAGER, now=NOON + 20 * MINUTE)
    assert deeds()[-2:] == ["settled", "reported"]


def test_open_ones_are_listed_page_by_page() -> None:
    for n in range(3):
        id = f"p{n}.20261123"
        start = NOON + 2 * n * HOUR
        taken(id, plan_id=f"p{n}", start=start, end=start + HOUR)
        tell(bag(id), id=id, at=start)
        looking_after.take_over(id, key=None, by=VILLAGER, now=start + HOUR)
    first = looking_after.open_ones(VILLAGE, limit=2, cursor=None, by=VILLAGER, now=NOON)
    rest = looking_after.open_ones(VILLAGE, limit=2, cursor=first.cursor, by=VILLAGER, now=NOON)
    assert [one.id[:2] for one in (*first.visits, *rest.visits)] == ["p0", "p1", "p2"]
    assert rest.cursor is None


@pytest.mark.parametrize("dies", ["before the report", "before it is said"])
def test_whatever_dies_that_somebody_is_not_well_is_reported_once(dies: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(dies)

    taken()
    with monkeypatch.context() as broken:
        broken.setattr(*((intake, "file") if dies == "before the report" else (ladder, "reported")), fail)
        with pytest.raises(RuntimeError):
            tell(bag(), THERE, code(), ABNORMAL)
    assert (now_is().state, now_is().run.report_id) == (S.DONE, None)
    tick(NOON + 5 * MINUTE, times=3)
    assert now_is().run.report_id == REPORT
    assert (len(history.of(REPORT)), deeds().count("reported")) == (1, 1)


def test_that_somebody_is_not_well_is_reported_even_if_it_comes_too_late() -> None:
    taken()
    tell(bag())
    looking_after.take_over(ID, key=None, by=VILLAGER, now=NOON + HOUR)
    looking_after.settle(ID, FoundOut.FINE, key=None, by=VILLAGER, now=NOON + HOUR)
    tell(ABNORMAL, at=NOON + 5 * MINUTE, now=NOON + 2 * HOUR)
    assert deeds()[-2:] == ["noted", "reported"]


def test_who_found_it_hears_once_that_it_was_true() -> None:
    taken()
    tell(bag(), THERE, code(), ABNORMAL)
    act(REPORT, Action.VERIFY, VILLAGER, now=NOON + HOUR, basis=Basis.ON_SITE, outcome=Outcome.TO_VILLAGE)
    line = history.of(REPORT)[-1]
    for _ in range(2):
        dangers.follow(line, now=NOON + HOUR)
    told = history.happenings(f"visit:{ID}")
    assert [one.deed for one in told].count("anomaly_verified") == 1
    assert (told[-1].person_id, told[-1].facts["report"]) == ("c1", REPORT)
    assert queues(line).count(Queue.MERGES) == 1 and not anomalies.concerns(history.of(REPORT)[0])


def test_a_meal_that_is_an_hour_on_its_way_is_told_once() -> None:
    taken()
    tell(bag(), at=NOON - HOUR / 2)
    tick(NOON + HOUR / 2, times=2)
    tick(NOON + HOUR, times=2)
    assert deeds()[2:] == ["meal_late"]


def test_who_does_not_come_has_missed_it() -> None:
    taken()
    for minutes in (10, 60):
        tick(NOON + minutes * MINUTE, times=2)
    assert (deeds()[1:], now_is().state) == (["asked_after", "no_show"], S.MISSED)
    assert carriers.book("c1").held == ()
    assert history.happenings(f"visit:{ID}")[-1].person_id == "c1"


def test_a_run_that_stays_open_is_told_to_the_centre_and_ends_by_itself() -> None:
    taken()
    tell(bag(), THERE, code())
    tick(NOON + 2.5 * HOUR, times=2)
    assert deeds()[-1] == "not_closed"
    tick(NOON + HOUR + timedelta(days=2), times=2)
    assert (deeds()[-1], now_is().state) == ("unchecked", S.DONE)
    assert carriers.book("c1").held == ()


def test_who_is_waited_for_in_vain_gives_it_to_others() -> None:
    taken()
    looking_after.release(ID, key=None, by=VILLAGER, now=NOON + 15 * MINUTE)
    assert (now_is().state, now_is().courier_id) == (S.PLANNED, None)
    assert tell(bag(), at=NOON + 16 * MINUTE) != []
    assert deeds()[-1] == "noted"


def test_a_visit_that_is_not_there_is_nobodys() -> None:
    with pytest.raises(NotFound):
        tell(FINE)
    with pytest.raises(NotFound):
        looking_after.see(ID, by=actor("c1"), now=NOON)
    assert visits.find(ID) is None
