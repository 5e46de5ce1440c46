"""What couriers did in a week, added up from its lines."""

from dataclasses import replace
from datetime import date, datetime
from random import Random

from chalicelib.domain.figures import weeks
from chalicelib.domain.figures.weeks import SECRET, Effort
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports.model import Action, Status
from tests.builders import COURIER, COURIER2, VILLAGE
from tests.lines import told

A, S = Action, Status
STEPS = ((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED))


def test_what_was_filed_found_true_and_solved_is_added_up_by_village_and_courier_in_any_order() -> None:
    lines = [*told(*STEPS), *told(subject="r2"), *(replace(one, reporter_id=COURIER2.id) for one in told(subject="r3"))]
    Random(3).shuffle(lines)
    assert weeks.efforts(lines) == [
        Effort(village=VILLAGE, courier_id=COURIER.id, filed=2, verified=1, solved=1),
        Effort(village=VILLAGE, courier_id=COURIER2.id, filed=1, verified=0, solved=0),
    ]


def test_what_staff_filed_is_nobodys_effort() -> None:
    assert weeks.efforts(replace(one, earns=False) for one in told(*STEPS)) == []


def test_a_confidential_matter_is_no_villages() -> None:
    (one,) = weeks.efforts(told(confidential=True))
    assert one.village == SECRET


def test_what_lies_outside_is_told_apart() -> None:
    (one,) = weeks.efforts(told(village=None, grid=None))
    assert one.village == "outside"


def test_weeks_are_those_of_the_calendar_and_local() -> None:
    assert weeks.week_of(date(2026, 11, 23)) == "2026-W48"
    assert weeks.days_of("2026-W48") == (date(2026, 11, 23), date(2026, 11, 29))
    assert weeks.days_of(weeks.week_of(date(2027, 1, 1))) == (date(2026, 12, 28), date(2027, 1, 3))
    assert weeks.past(datetime(2026, 11, 30, 0, 30, tzinfo=ZONE), back=2) == ["2026-W47", "2026-W48"]
    assert weeks.past(datetime(2026, 11, 29, 23, 30, tzinfo=ZONE), back=1) == ["2026-W47"]


def test_weeks_are_told_of_in_their_order_and_from_the_first_one_on() -> None:
    past = ["2026-W45", "2026-W46", "2026-W47"]
    assert weeks.untold(past, set()) == ["2026-W47"], "a stage that begins has nothing to make up for"
    assert weeks.untold(past, {"2026-W45"}) == ["2026-W46", "2026-W47"]
    assert weeks.untold(past, {"2026-W46"}) == ["2026-W47"]
    assert weeks.untold(past, {"2026-W45", "2026-W47"}) == ["2026-W46"], "one that failed is not overtaken by the next"
    assert weeks.untold(past, set(past)) == []
