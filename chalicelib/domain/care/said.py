"""What a phone says of a step, before anything of it is compared with what should be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.care.doorstep import Here
from chalicelib.domain.care.record import BagReason
from chalicelib.domain.care.terms import Proof, VisitAction
from chalicelib.domain.care.told import ACTIONS, Check, GiveUp, NoAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanBag:
    """The code on the bag, and how many items he counts."""

    code: str
    items: int
    reason: BagReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDoor:
    """Where his phone says that he is."""

    here: Here


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """`shown`: the digits he was told, what the card says, or the id of his photo. `seen`: somebody took it."""

    proof: Proof
    shown: str
    seen: bool = True
    seal_intact: bool | None = None


type Said = ScanBag | AtDoor | Deliver | Check | NoAnswer | GiveUp

SAID: Mapping[type[Said], VisitAction] = {
    ScanBag: VisitAction.PICK_UP,
    AtDoor: VisitAction.ARRIVE,
    Deliver: VisitAction.HAND_OVER,
    **{kind: ACTIONS[kind] for kind in (Check, NoAnswer, GiveUp)},
}


def action(said: Said) -> VisitAction:
    """Which action it tells of."""
    return SAID[type(said)]


class StepOutcome(StrEnum):
    """What became of a step that was told."""

    DONE = "done"
    AGAIN = "again"  # it was told before
    NOTED = "noted"  # the visit is his no more: kept as a note, for whoever looks after it
    REFUSED = "refused"
    NOT_TRIED = "not_tried"  # one before it was refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A step as it is told, and when it was taken: now, where the phone does not say."""

    said: Said
    at: datetime | None = None
