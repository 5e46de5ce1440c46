"""What a courier's phone tells of a run, perhaps long after: when it was, and whether the visit knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.care.doorstep import Nearness
from chalicelib.domain.care.model import By, Visit
from chalicelib.domain.care.record import BagReason, GiveUpReason
from chalicelib.domain.care.terms import Proof, VisitAction, Welfare
from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.numbers import Numbers

A = VisitAction
OLDEST = "care_late_steps_days"
CLOCKS_DIFFER = timedelta(minutes=2)  # a phone whose clock is ahead by no more is taken to mean now


@dataclass(frozen=True, slots=True, kw_only=True)
class PickUp:
    """He scanned a bag's code, and counted what is in it. `fits`: it is this visit's bag."""

    fits: bool
    items: int
    reason: BagReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive:
    """He is at the door, as far as his phone can say."""

    nearness: Nearness


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """It was handed over. `fits`: the code or card is the right one; a photo is named. `seen`: somebody took it, and it
    was not left before the door; `twice`: the meal before or after it was left there, too."""

    proof: Proof
    fits: bool = True
    photo_id: str | None = None
    seen: bool = True
    seal_intact: bool | None = None
    twice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How somebody is. `note`: a few words about nobody."""

    welfare: Welfare
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """He rings, and nobody opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """He cannot, before he has begun."""

    reason: GiveUpReason = GiveUpReason.OTHER


type Told = PickUp | Arrive | HandOver | Check | NoAnswer | GiveUp

ACTIONS: Mapping[type[Told], VisitAction] = {
    PickUp: A.PICK_UP,
    Arrive: A.ARRIVE,
    HandOver: A.HAND_OVER,
    Check: A.CHECK,
    NoAnswer: A.NO_ANSWER,
    GiveUp: A.GIVE_UP,
}


def timed(at: datetime, now: datetime, numbers: Numbers) -> datetime:
    """When it was done. Raises Invalid: `step_in_future`, `step_too_old`."""
    if at > now + CLOCKS_DIFFER:
        raise Invalid("step_in_future")
    if at < now - numbers.days(OLDEST):
        raise Invalid("step_too_old", days=numbers.count(OLDEST))
    return min(at, now)


def is_told(visit: Visit, told: Told, by: By) -> bool:
    """Whether the visit knows of it."""
    return knows(visit, ACTIONS[type(told)], by)


def knows(visit: Visit, action: VisitAction, by: By) -> bool:
    """Whether the visit knows of such a step of his: by what it left there, or as a note."""
    if any((one.courier_id, one.action, one.at) == (by.id, action, by.at) for one in visit.run.late):
        return True
    if action is A.GIVE_UP:
        return visit.courier_id != by.id and by.id in visit.decliners
    return visit.courier_id == by.id and getattr(visit.run, DONE_AT[action]) is not None


DONE_AT = {
    A.PICK_UP: "picked_up_at",
    A.ARRIVE: "arrived_at",
    A.HAND_OVER: "handed_over_at",
    A.CHECK: "welfare",
    A.NO_ANSWER: "ringing_at",
}


def last_at(visit: Visit) -> datetime:
    """When its courier last told of a step, or took it."""
    run = visit.run
    every = (visit.accepted_at, run.picked_up_at, run.arrived_at, run.ringing_at, run.handed_over_at)
    return max((at for at in every if at), default=visit.start - timedelta(days=1))
