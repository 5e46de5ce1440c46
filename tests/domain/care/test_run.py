"""A run by its rules: every step in every state, steps in odd orders and times, what each of them leaves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.care import doorstep, ladder, run
from chalicelib.domain.care.clock import Due, fallen, next_at
from chalicelib.domain.care.doorstep import Here, Nearness
from chalicelib.domain.care.life import ENDED, HELD, leads_to
from chalicelib.domain.care.model import By, Visit
from chalicelib.domain.care.record import Danger, FoundOut, PlaceReason
from chalicelib.domain.care.terms import Proof, Service, VisitState, Welfare
from chalicelib.domain.care.told import ACTIONS, Arrive, Check, GiveUp, HandOver, NoAnswer, PickUp, Told, timed
from chalicelib.domain.errors import Conflict, DomainError, IllegalAction, Invalid, NotFound
from chalicelib.domain.places import Point
from tests.caring import CLERK, EVE, HOUR, NOON, NUMBERS, by, visit

S = VisitState
MINUTE = timedelta(minutes=1)
NEAR = Nearness(metres=10, accuracy=5, is_far=False, reason=None)
STEPS: tuple[Told, ...] = (
    PickUp(fits=True, items=1),
    Arrive(nearness=NEAR),
    HandOver(proof=Proof.CODE),
    HandOver(proof=Proof.CODE, fits=False),
    HandOver(proof=Proof.PHOTO, photo_id="door-1", seen=False),
    Check(welfare=Welfare.FINE),
    Check(welfare=Welfare.ABNORMAL),
    NoAnswer(),
    GiveUp(),
)


def his(state: VisitState = S.ACCEPTED, **changes: object) -> Visit:
    return visit(state=state, courier_id="c1", asked=("c1",), accepted_at=EVE, **changes)


def take(one: Visit, *told: Told, at: datetime = NOON) -> Visit:
    for number, what in enumerate(told):
        step = run.step(one, what, by("c1", at + number * MINUTE), NUMBERS)
        one = step.after if step else one
    return one


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("told", STEPS, ids=lambda one: f"{ACTIONS[type(one)]}")
def test_every_step_in_every_state_follows_the_table_or_is_refused_or_noted(state: VisitState, told: Told) -> None:
    before = his(state)
    try:
        step = run.step(before, told, by("c1", NOON), NUMBERS)
    except DomainError as refusal:
        assert refusal.rule not in {"visit_state"} or state not in HELD or not allowed(state, told)
        return
    assert step is not None and step.after.version == before.version + 1
    if state in HELD:
        assert step.after.state in leads_to(state, ACTIONS[type(told)])
    else:
        assert (step.deed, step.after.state) == ("noted", state)


def allowed(state: VisitState, told: Told) -> bool:
    return bool(leads_to(state, ACTIONS[type(told)]))


@pytest.mark.parametrize("state", sorted(ENDED | {S.UNANSWERED}))
def test_what_is_his_no_more_keeps_what_he_tells(state: VisitState) -> None:
    after = take(his(state), Arrive(nearness=NEAR), Check(welfare=Welfare.FINE))
    assert (after.state, len(after.run.late)) == (state, 2)
    assert take(after, Arrive(nearness=NEAR), Check(welfare=Welfare.FINE)) == after
    with pytest.raises(IllegalAction):
        take(after, GiveUp())


def test_what_never_was_his_is_nobodys_he_may_speak_of() -> None:
    for one in (visit(), visit(asked=("c1",), decliners=("c1",))):
        with pytest.raises(NotFound):
            take(one, Arrive(nearness=NEAR))


@given(order=st.lists(st.sampled_from(STEPS), max_size=12), minutes=st.lists(st.integers(-90, 90), min_size=12))
def test_in_whatever_order_they_come_a_run_goes_forward_and_telling_it_again_changes_nothing(
    order: Sequence[Told], minutes: list[int]
) -> None:
    one, reached = his(), [S.ACCEPTED]
    path = [S.ACCEPTED, S.PICKED_UP, S.ARRIVED, S.HANDED_OVER, S.UNANSWERED, S.DONE]
    for told, minute in zip(order, minutes, strict=False):
        who = by("c1", NOON + minute * MINUTE)
        try:
            step = run.step(one, told, who, NUMBERS)
        except DomainError:
            continue
        if step is None or isinstance(told, GiveUp):
            continue
        one = step.after
        reached.append(one.state)
        if step.deed != "code_wrong":
            assert run.step(one, told, who, NUMBERS) is None
        told_at = [at for at in (one.run.picked_up_at, one.run.arrived_at, one.run.handed_over_at) if at]
        assert told_at == sorted(told_at)
    assert reached == sorted(reached, key=path.index)


@given(minutes=st.integers(-5000, 60))
def test_a_step_is_of_the_last_two_days_and_never_of_the_future(minutes: int) -> None:
    at = NOON + minutes * MINUTE
    try:
        taken = timed(at, NOON, NUMBERS)
    except Invalid:
        assert minutes > 2 or minutes < -2 * 24 * 60
        return
    assert taken == min(at, NOON)


def test_a_knock_brings_nothing() -> None:
    knock = his(service=Service.VISIT, items=0)
    with pytest.raises(Conflict, match="nothing_to_fetch"):
        take(knock, PickUp(fits=True, items=0))
    with pytest.raises(Conflict, match="nothing_to_hand_over"):
        take(knock, Arrive(nearness=NEAR), HandOver(proof=Proof.CODE))
    assert take(knock, Arrive(nearness=NEAR), Check(welfare=Welfare.WATCH)).state is S.DONE


def test_medicine_goes_from_hand_to_hand_and_its_seal_is_spoken_of() -> None:
    medicine = take(his(service=Service.MEDICINE), PickUp(fits=True, items=1), Arrive(nearness=NEAR))
    with pytest.raises(Conflict, match="seal_unsaid"):
        take(medicine, HandOver(proof=Proof.CODE), at=NOON + 2 * MINUTE)
    with pytest.raises(Conflict, match="not_left_behind"):
        take(medicine, HandOver(proof=Proof.PHOTO, seen=False, seal_intact=True), at=NOON + 2 * MINUTE)


def test_a_run_begins_in_its_order_and_not_before_its_time() -> None:
    with pytest.raises(Conflict, match="bag_first"):
        take(his(), Arrive(nearness=NEAR))
    with pytest.raises(Conflict, match="too_early"):
        take(his(), PickUp(fits=True, items=1), at=NOON - 3 * HOUR)
    with pytest.raises(Conflict, match="hand_over_first"):
        take(his(), PickUp(fits=True, items=1), Arrive(nearness=NEAR), Check(welfare=Welfare.FINE))


@pytest.mark.parametrize("note", ["13800000000", "3栋502室"])
def test_a_note_holds_no_numbers_of_phones_or_doors(note: str) -> None:
    with pytest.raises(Invalid, match="note_too_telling"):
        take(his(service=Service.VISIT), Arrive(nearness=NEAR), Check(welfare=Welfare.FINE, note=note))


DOOR = Point(lat=24.6, lon=118.0)


@pytest.mark.parametrize(
    ("here", "judged"),
    [
        (Here(point=DOOR, accuracy=8), Nearness(metres=0, accuracy=8, is_far=False, reason=None)),
        (Here(point=DOOR, reason=PlaceReason.PHONE), Nearness(metres=0, accuracy=None, is_far=False, reason=None)),
        (
            Here(point=Point(lat=24.61, lon=118.0), reason=PlaceReason.DOOR_WRONG),
            Nearness(metres=1112, accuracy=None, is_far=True, reason=PlaceReason.DOOR_WRONG),
        ),
        (
            Here(reason=PlaceReason.NO_SIGNAL),
            Nearness(metres=None, accuracy=None, is_far=True, reason=PlaceReason.NO_SIGNAL),
        ),
    ],
)
def test_who_says_why_is_believed(here: Here, judged: Nearness) -> None:
    assert doorstep.judged(here, DOOR, NUMBERS) == judged


@pytest.mark.parametrize("here", [Here(), Here(point=Point(lat=24.602, lon=118.0))])
def test_who_is_elsewhere_and_does_not_say_why_is_not_there(here: Here) -> None:
    with pytest.raises(Invalid):
        doorstep.judged(here, DOOR, NUMBERS)
    if here.point:
        assert doorstep.judged(here, None, NUMBERS).metres is None


@given(st.lists(st.sampled_from(STEPS), max_size=8))
def test_whatever_is_open_is_looked_at_again_until_it_ends(order: Sequence[Told]) -> None:
    one = his()
    for told in order:
        try:
            step = run.step(one, told, by("c1", NOON), NUMBERS)
        except DomainError:
            continue
        one = step.after if step else one
    if one.state in HELD or one.run.danger_at:
        assert next_at(one, NUMBERS) is not None


def test_that_somebody_is_not_well_is_due_at_once_whatever_became_of_the_visit() -> None:
    who = By(id="c1", role="courier", at=NOON)
    for state in (*ENDED, S.UNANSWERED):
        step = run.step(his(state), Check(welfare=Welfare.ABNORMAL), who, NUMBERS)
        assert step and fallen(step.after, NUMBERS, NOON) is Due.REPORT
        reported = ladder.reported(step.after, "r1", CLERK)
        assert reported and fallen(reported.after, NUMBERS, NOON) is not Due.REPORT
        assert ladder.reported(reported.after, "r1", CLERK) is None


def test_what_is_settled_as_found_is_reported_no_more_unless_he_was_not_well() -> None:
    climbed = replace(his(S.UNANSWERED), run=replace(his().run, taken_over_at=NOON, rung=2))
    third = ladder.climbed(climbed, By(id="system", role="clock", at=NOON + HOUR)).after
    settled = ladder.settled(third, FoundOut.FINE, CLERK)
    assert settled and fallen(settled.after, NUMBERS, NOON + 9 * HOUR) is None
    unknown = ladder.settled(third, FoundOut.NOT_KNOWN, CLERK)
    assert unknown and fallen(unknown.after, NUMBERS, NOON + 9 * HOUR) is Due.REPORT


def test_only_what_its_courier_found_is_his_to_earn_by() -> None:
    unanswered = replace(his(S.DONE), run=replace(his().run, danger_at=NOON, danger=Danger.UNANSWERED))
    assert ladder.verified(unanswered, CLERK) is None
    found = run.step(his(S.UNANSWERED), Check(welfare=Welfare.ABNORMAL), by("c1", NOON), NUMBERS)
    true = ladder.verified(found.after, CLERK) if found else None
    assert true and true.person_id == "c1"
    assert ladder.verified(true.after, CLERK) is None
    others = replace(true.after, courier_id="c2", run=replace(true.after.run, verified_at=None))
    assert (step := ladder.verified(others, CLERK)) and step.person_id == "c1"
