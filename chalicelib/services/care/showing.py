"""What a courier shows with a step, compared with what should be: the bag's code, the door's place, the elder's digits,
the card, the photo, and whether the meal before this one was left at the door, too."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.domain.care import doorstep, proofs
from chalicelib.domain.care.doorstep import Here, Nearness
from chalicelib.domain.care.model import By, Step, Visit, visit_id
from chalicelib.domain.care.proofs import Card
from chalicelib.domain.care.said import AtDoor, Deliver, Said, ScanBag, action
from chalicelib.domain.care.terms import Proof, Service, VisitState
from chalicelib.domain.care.told import (
    Arrive,
    HandOver,
    PickUp,
    Told,
    knows,
)
from chalicelib.domain.errors import Invalid, StaleVersion
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import Purpose
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.gateways import signing
from chalicelib.services.care import spots
from chalicelib.services.care.steps import Also
from chalicelib.services.reference import rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.care import cards, visits
from chalicelib.store.reports import photos

BESIDE = 7  # days before and after a meal in which another may have been left at the door
UNKNOWN = Nearness(metres=None, accuracy=None, is_far=False, reason=None)


def told(visit: Visit, said: Said, by: By, *, now: datetime) -> Told | None:
    """The step as the rules take it, None where the visit knows of it: then nothing is compared.

    Of what is his no more nothing is asked that would keep it from being noted. Raises Invalid (`place_needed`,
    `too_far_from_door`, `proof_missing`).
    """
    if knows(visit, action(said), by):
        return None
    match said:
        case ScanBag():
            fits = proofs.is_bag_code(signing.pepper(), visit.id, said.code)
            return PickUp(fits=fits, items=said.items, reason=said.reason)
        case AtDoor():
            return Arrive(nearness=_near(visit, said.here, now) if visit.holder == by.id else UNKNOWN)
        case Deliver():
            return _handed(visit, said)
        case _:
            return said


def requires(said: Said, *, by: Actor, now: datetime) -> Also:
    """What must be true still when the step is stored: the card is good, the photo declared, a meal beside as read."""

    def also(step: Step, transaction: Transaction) -> None:
        if not isinstance(said, Deliver) or step.after.run.handed_over_at != step.by.at:
            return
        if said.proof is Proof.PHOTO:
            visit_id = step.after.id
            photos.require_of(visit_id, said.shown, Purpose.DOOR, by=by.id, now=now, transaction=transaction)
        if said.proof is Proof.CARD and (card := proofs.read(said.shown, signing.pepper())):
            cards.require(card, transaction)
        if step.after.run.left_behind and step.before:
            _require_beside(step.before, step.after, transaction)

    return also


def _require_beside(before: Visit, after: Visit, transaction: Transaction) -> None:
    """That meals beside it are as they were when it was decided whether it is the second: of two that are told of at
    once, one is. Raises StaleVersion."""
    beside = _beside(before)
    if _is_second(before, beside) is not (after.state is VisitState.UNANSWERED):
        raise StaleVersion("changed_meanwhile")
    for one in beside:
        visits.require(one, transaction)


def _near(visit: Visit, here: Here, now: datetime) -> Nearness:
    door = spots.of_door(visit.beneficiary_id, visit_id=visit.id, now=now) if here.point else None
    return doorstep.judged(here, door, rulebook.in_force(now=now).numbers)


def _handed(visit: Visit, said: Deliver) -> HandOver:
    if not said.shown:
        raise Invalid("proof_missing", proof=said.proof)
    left = not said.seen and visit.service is Service.MEAL
    return HandOver(
        proof=said.proof,
        fits=_fits(visit, said),
        photo_id=said.shown if said.proof is Proof.PHOTO else None,
        seen=said.seen,
        seal_intact=said.seal_intact,
        twice=left and _is_second(visit, _beside(visit)),
    )


def _fits(visit: Visit, said: Deliver) -> bool:
    key = signing.pepper()
    if said.proof is Proof.CODE:
        return proofs.is_door_code(key, visit.id, said.shown)
    if said.proof is Proof.CARD:
        return proofs.read(said.shown, key) == Card(
            beneficiary_id=visit.beneficiary_id, number=cards.of(visit.beneficiary_id).number
        )
    return True


def _beside(visit: Visit) -> list[Visit]:
    """The meals of the same plan in the days before and after it: one batch."""
    day = visit.start.astimezone(ZONE).date()
    ids = [visit_id(visit.plan_id, day + timedelta(days=number)) for number in range(-BESIDE, BESIDE + 1) if number]
    return sorted(visits.several(ids).values(), key=lambda one: one.start)


def _is_second(visit: Visit, beside: Sequence[Visit]) -> bool:
    """Whether the meal delivered last before it, or first after it, was left at the door with nobody seen."""
    delivered = [one for one in beside if one.run.proof]
    before = [one for one in delivered if one.start < visit.start][-1:]
    after = [one for one in delivered if one.start > visit.start][:1]
    return any(one.run.left_behind for one in (*before, *after))
