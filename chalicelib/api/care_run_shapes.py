"""The steps of a run over HTTP, as a phone tells of them."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api.shapes import Instant, Lat, Lon
from chalicelib.domain.care.doorstep import Here
from chalicelib.domain.care.record import BagReason, GiveUpReason, PlaceReason
from chalicelib.domain.care.said import AtDoor, Deliver, ScanBag, Telling
from chalicelib.domain.care.terms import Proof, Welfare
from chalicelib.domain.care.told import Check, GiveUp, NoAnswer
from chalicelib.domain.places import Crs, point_from

Accuracy = Annotated[int, Meta(ge=0, le=100_000)]
Counted = Annotated[int, Meta(ge=0, le=100)]
Word = Annotated[str, Meta(max_length=300)]
Few = Annotated[str, Meta(max_length=60)]


class RunStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    """`at`: when it was done, by the phone's clock; null is now. Up to two days ago, in order, never later than now."""

    at: Instant | None = None


class PickUpStep(RunStep, frozen=True, kw_only=True, tag="pick_up"):
    """The bag's code, scanned, and how many items are in it; `reason` where that is not what it should be."""

    code: Annotated[str, Meta(max_length=40)]
    items: Counted
    reason: BagReason | None = None


class ArriveStep(RunStep, frozen=True, kw_only=True, tag="arrive"):
    """Where the phone is, in the system it states, `accuracy` in metres. `reason`: why it is not at the door, or why it
    does not know."""

    lat: Lat | None = None
    lon: Lon | None = None
    crs: Crs | None = None
    accuracy: Accuracy | None = None
    reason: PlaceReason | None = None


class HandOverStep(RunStep, frozen=True, kw_only=True, tag="hand_over"):
    """`shown`: the four digits that you were told, what the card's QR code says, or the id of your photo of the door.

    `seen`: false where a meal was left at the door with nobody seen. `seal_intact`: of medicine.
    """

    proof: Proof
    shown: Word
    seen: bool = True
    seal_intact: bool | None = None


class CheckStep(RunStep, frozen=True, kw_only=True, tag="check"):
    """How somebody is; a few words about nobody, without numbers."""

    welfare: Welfare
    note: Few = ""


class NoAnswerStep(RunStep, frozen=True, kw_only=True, tag="no_answer"):
    """Nobody opens: ring, call the duty phone, and wait for five minutes at most; then you are free."""


class GiveUpStep(RunStep, frozen=True, kw_only=True, tag="give_up"):
    """You cannot, and have not begun."""

    reason: GiveUpReason = GiveUpReason.OTHER


type AnyStep = PickUpStep | ArriveStep | HandOverStep | CheckStep | NoAnswerStep | GiveUpStep


class StepsBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Steps in the order in which they were taken."""

    steps: Annotated[tuple[AnyStep, ...], Meta(min_length=1, max_length=10)]


def telling(step: AnyStep) -> Telling:
    """A step as the use case takes it."""
    match step:
        case PickUpStep():
            return Telling(said=ScanBag(code=step.code, items=step.items, reason=step.reason), at=step.at)
        case ArriveStep():
            return Telling(said=AtDoor(here=_here(step)), at=step.at)
        case HandOverStep():
            said = Deliver(proof=step.proof, shown=step.shown, seen=step.seen, seal_intact=step.seal_intact)
            return Telling(said=said, at=step.at)
        case CheckStep():
            return Telling(said=Check(welfare=step.welfare, note=step.note), at=step.at)
        case NoAnswerStep():
            return Telling(said=NoAnswer(), at=step.at)
        case GiveUpStep():
            return Telling(said=GiveUp(reason=step.reason), at=step.at)


def _here(step: ArriveStep) -> Here:
    point = None
    if step.lat is not None and step.lon is not None and step.crs is not None:
        point = point_from(step.lat, step.lon, crs=step.crs)
    return Here(point=point, accuracy=step.accuracy, reason=step.reason)
