"""A courier's run, step by step: fetch the bag, be at the door, hand over, say how somebody is (DOMAIN §4).

A phone without a network keeps its steps and their times. Each function gives a step on the visit as it stands by then,
None where it is done already; what comes when the visit is his no more is kept as a note, and never lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.care import ladder, late
from chalicelib.domain.care.model import By, Step, Visit, stepped
from chalicelib.domain.care.offering import reopened
from chalicelib.domain.care.record import Run
from chalicelib.domain.care.terms import Proof, Service, VisitAction, VisitState
from chalicelib.domain.care.told import Arrive, Check, GiveUp, HandOver, NoAnswer, PickUp, Told, is_told, last_at
from chalicelib.domain.errors import Conflict, IllegalAction, Invalid
from chalicelib.domain.reference.numbers import Numbers

A, S = VisitAction, VisitState
EARLY, LATE_CANCEL, TRIES = "care_early_minutes", "care_late_cancel_minutes", "care_code_tries"
LEFT, WRONG_CODE = "left_behind", "code_wrong"  # deeds


def step(visit: Visit, told: Told, by: By, numbers: Numbers) -> Step | None:
    """What a courier's step makes of the visit, None where he has told it already.

    Raises NotFound (`no_such_visit`) where it never was his, IllegalAction (`visit_state`), Invalid
    (`step_before_last`), and what each step does.
    """
    if is_told(visit, told, by):
        return None
    if visit.holder != by.id:
        return late.noted(visit, told, by)
    if by.at < last_at(visit):
        raise Invalid("step_before_last", last=last_at(visit))
    return STEPS[type(told)](visit, told, by, numbers)


def carries(visit: Visit) -> bool:
    """Whether something is brought; a knock brings nothing."""
    return visit.service is not Service.VISIT


def _picked_up(visit: Visit, told: PickUp, by: By, numbers: Numbers) -> Step:
    """Raises Conflict: `nothing_to_fetch`, `bag_not_this`, `too_early`, and `bag_count` where it does not hold what it
    should and he does not say why."""
    if not carries(visit):
        raise Conflict("nothing_to_fetch")
    _require_soon(visit, by.at, numbers)
    if not told.fits:
        raise Conflict("bag_not_this")
    reason = told.reason if told.items != visit.items else None
    if told.items != visit.items and reason is None:
        raise Conflict("bag_count", items=visit.items)
    facts = {"counted": told.items} | ({"reason": reason} if reason else {})
    run = replace(visit.run, picked_up_at=by.at, items=told.items, bag_reason=reason)
    return stepped(visit, A.PICK_UP, S.PICKED_UP, deed="picked_up", by=by, facts=facts, move=None, run=run)


def _arrived(visit: Visit, told: Arrive, by: By, numbers: Numbers) -> Step:
    """Raises Conflict: `bag_first`, `too_early`."""
    if visit.state is S.ACCEPTED and carries(visit):
        raise Conflict("bag_first")
    _require_soon(visit, by.at, numbers)
    near = told.nearness
    run = replace(visit.run, arrived_at=by.at, metres=near.metres, accuracy=near.accuracy)
    run = replace(run, is_far=near.is_far, place_reason=near.reason)
    facts: dict[str, object] = {"is_far": near.is_far} | ({"reason": near.reason} if near.reason else {})
    return stepped(visit, A.ARRIVE, S.ARRIVED, deed="arrived", by=by, facts=facts, move=None, run=run)


def _require_soon(visit: Visit, at: datetime, numbers: Numbers) -> None:
    if at < visit.start - numbers.minutes(EARLY):
        raise Conflict("too_early", start=visit.start)


def _handed_over(visit: Visit, told: HandOver, by: By, numbers: Numbers) -> Step:
    """Raises Conflict: `nothing_to_hand_over`, `card_not_this`, `codes_used_up`, `seal_unsaid`, `not_left_behind`."""
    _require_may(visit, A.HAND_OVER)
    if not carries(visit):
        raise Conflict("nothing_to_hand_over")
    if visit.service is Service.MEDICINE and told.seal_intact is None:
        raise Conflict("seal_unsaid")
    if not told.seen and (visit.service is not Service.MEAL or told.proof is not Proof.PHOTO):
        raise Conflict("not_left_behind")  # medicine goes from hand to hand
    if told.proof is Proof.CODE and visit.run.wrong_codes >= numbers.count(TRIES):
        raise Conflict("codes_used_up")
    if not told.fits:
        return _wrong(visit, told, by, numbers)
    run = replace(
        visit.run,
        handed_over_at=by.at,
        proof=told.proof,
        photo_id=told.photo_id,
        seal_intact=told.seal_intact,
        left_behind=not told.seen,
    )
    return _given(visit, by, run) if told.seen else _left(visit, by, run, twice=told.twice)


def _wrong(visit: Visit, told: HandOver, by: By, numbers: Numbers) -> Step:
    """Raises Conflict: `card_not_this`, `door_code_wrong`."""
    if told.proof is not Proof.CODE:
        raise Conflict("card_not_this")
    if visit.run.wrong_at == by.at:  # told twice is one try
        raise Conflict("door_code_wrong", left=numbers.count(TRIES) - visit.run.wrong_codes)
    run = replace(visit.run, wrong_codes=visit.run.wrong_codes + 1, wrong_at=by.at)
    return stepped(visit, A.HAND_OVER, S.ARRIVED, deed=WRONG_CODE, by=by, facts={"tries": run.wrong_codes}, run=run)


def _given(visit: Visit, by: By, run: Run) -> Step:
    facts = {"proof": run.proof, "seal_intact": run.seal_intact}
    return stepped(visit, A.HAND_OVER, S.HANDED_OVER, deed="handed_over", by=by, facts=facts, run=run)


def _left(visit: Visit, by: By, run: Run, *, twice: bool) -> Step:
    """Nobody was seen: for once that ends it; the second time in a row the village looks after it."""
    facts = {"proof": run.proof, "twice": twice}
    if twice:
        return ladder.left_twice(visit, by, run, facts)
    run = replace(run, closed_at=by.at)
    return stepped(visit, A.HAND_OVER, S.DONE, deed=LEFT, by=by, facts=facts, run=run, ended_at=by.at)


def _checked(visit: Visit, told: Check, by: By, numbers: Numbers) -> Step:
    """Raises Conflict (`hand_over_first`), Invalid (`note_too_telling`)."""
    _require_may(visit, A.CHECK)
    if visit.state is S.ARRIVED and carries(visit):
        raise Conflict("hand_over_first")
    run = replace(visit.run, welfare=told.welfare, note=_note(told.note), closed_at=by.at)
    run = ladder.endangered(run, told.welfare, by.at)
    facts = {"welfare": told.welfare, "proof": run.proof, "seal_intact": run.seal_intact, "is_far": run.is_far}
    return stepped(visit, A.CHECK, S.DONE, deed="done", by=by, facts=facts, run=run, ended_at=by.at)


def _note(text: str) -> str:
    """A few words. A number in them could be a phone's or a door's. Raises Invalid (`note_too_telling`)."""
    if sum(one.isdigit() for one in text) > 2:
        raise Invalid("note_too_telling")
    return text.strip()


def _no_answer(visit: Visit, told: NoAnswer, by: By, numbers: Numbers) -> Step:
    run = replace(visit.run, ringing_at=by.at)
    return stepped(visit, A.NO_ANSWER, S.ARRIVED, deed="no_answer", by=by, run=run)


def _gave_up(visit: Visit, told: GiveUp, by: By, numbers: Numbers) -> Step:
    """Somebody else is looked for at once. After a look at the door, and shortly before the window, it is counted."""
    is_late = by.at >= visit.start - numbers.minutes(LATE_CANCEL)
    viewed = visit.run.viewed_at is not None
    gone: dict[str, Any] = reopened(by.at) | {"by_hand": False}
    return stepped(
        visit,
        A.GIVE_UP,
        S.PLANNED,
        deed="gave_up_late" if is_late else "gave_up",
        by=by,
        person_id=by.id,
        facts={"reason": told.reason, "viewed": viewed},
        slip=is_late or viewed,
        decliners=tuple(dict.fromkeys((*visit.decliners, by.id))),
        **gone,
    )


def _require_may(visit: Visit, action: VisitAction) -> None:
    if visit.state not in MAY[action]:
        raise IllegalAction("visit_state", action=action, state=visit.state)


MAY = {A.HAND_OVER: frozenset({S.ARRIVED}), A.CHECK: frozenset({S.ARRIVED, S.HANDED_OVER})}
STEPS: Mapping[type[Told], Callable[[Visit, Any, By, Numbers], Step]] = {
    PickUp: _picked_up,
    Arrive: _arrived,
    HandOver: _handed_over,
    Check: _checked,
    NoAnswer: _no_answer,
    GiveUp: _gave_up,
}
