"""What a run looks like over HTTP: the steps that a phone tells of, what became of them, and how the run goes."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.care_shapes import CareService, word
from chalicelib.api.problems import Problem, problem
from chalicelib.api.shapes import Instant, Lat, Lon
from chalicelib.domain.care.doorstep import Here
from chalicelib.domain.care.model import Visit
from chalicelib.domain.care.record import BagReason, Danger, FoundOut, GiveUpReason, Late, PlaceReason, TakenOver
from chalicelib.domain.care.said import AtDoor, Deliver, ScanBag, StepOutcome, Telling
from chalicelib.domain.care.terms import Proof, VisitAction, VisitState, Welfare
from chalicelib.domain.care.told import Check, GiveUp, NoAnswer
from chalicelib.domain.places import Crs, point_from

if TYPE_CHECKING:
    from chalicelib.services.care.looking_after import Going
    from chalicelib.services.care.running import Result, Told

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


class StepResult(Struct, frozen=True, kw_only=True):
    """What became of a step. `noted`: the visit is yours no more; it is kept for whoever looks after it. `problem`: why
    it was refused."""

    action: VisitAction
    outcome: StepOutcome
    problem: Problem | None


class LateView(Struct, frozen=True, kw_only=True):
    """A step that came when the visit was its courier's no more."""

    courier: str
    action: VisitAction
    at: Instant
    proof: Proof | None
    welfare: Welfare | None


class RunView(Struct, frozen=True, kw_only=True):
    """How a run goes. `duty_phone`: whom to ring with any question. `is_far`: the phone did not say that he was at the
    door; `metres`, what was `found`, the `report` of a danger and late steps are for staff."""

    visit: str
    service: CareService
    village: str
    start: Instant
    end: Instant
    state: VisitState
    courier: str | None
    items: int
    seal: str
    duty_phone: str
    picked_up_at: Instant | None
    counted: int | None
    bag_reason: BagReason | None
    arrived_at: Instant | None
    is_far: bool
    metres: int | None
    place_reason: PlaceReason | None
    wrong_codes: int
    handed_over_at: Instant | None
    proof: Proof | None
    seal_intact: bool | None
    left_behind: bool
    welfare: Welfare | None
    note: str
    ringing_at: Instant | None
    taken_over_at: Instant | None
    taken_over: TakenOver | None
    rung: int | None
    found: FoundOut | None
    danger: Danger | None
    report: str | None
    late: list[LateView]
    closed_at: Instant | None
    version: int


class ToldView(Struct, frozen=True, kw_only=True):
    """What became of each step, and how the visit stands now."""

    results: list[StepResult]
    state: VisitState
    version: int


class OpenRun(Struct, frozen=True, kw_only=True):
    """A visit that is the village's to look after: why, since when, how far up the ladder it has come."""

    visit: str
    beneficiary: str
    service: CareService
    village: str
    start: Instant
    taken_over: TakenOver | None
    taken_over_at: Instant | None
    rung: int
    courier: str | None
    report: str | None
    late: list[LateView]
    version: int


class OpenRunPage(Struct, frozen=True, kw_only=True):
    """Some of them, the longest open first; `cursor` asks for the next ones, null at the end."""

    visits: list[OpenRun]
    cursor: str | None


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


def told(found: "Told") -> ToldView:
    """What became of them."""
    results = [_result(one) for one in found.results]
    return ToldView(results=results, state=found.visit.state, version=found.visit.version)


def run_view(going: "Going") -> RunView:
    """A run as its courier or staff see it."""
    visit, run, is_staff = going.visit, going.visit.run, going.is_staff
    return RunView(
        visit=visit.id,
        service=word(visit.service),
        village=visit.village,
        start=visit.start,
        end=visit.end,
        state=visit.state,
        courier=visit.courier_id,
        items=visit.items,
        seal=visit.seal,
        duty_phone=going.duty_phone,
        picked_up_at=run.picked_up_at,
        counted=run.items if run.picked_up_at else None,
        bag_reason=run.bag_reason,
        arrived_at=run.arrived_at,
        is_far=run.is_far,
        metres=run.metres if is_staff else None,
        place_reason=run.place_reason,
        wrong_codes=run.wrong_codes,
        handed_over_at=run.handed_over_at,
        proof=run.proof,
        seal_intact=run.seal_intact,
        left_behind=run.left_behind,
        welfare=run.welfare,
        note=run.note,
        ringing_at=run.ringing_at,
        taken_over_at=run.taken_over_at,
        taken_over=run.taken_over,
        rung=run.rung if is_staff else None,
        found=run.found if is_staff else None,
        danger=run.danger if is_staff else None,
        report=run.report_id if is_staff else None,
        late=[_late(one) for one in run.late] if is_staff else [],
        closed_at=run.closed_at,
        version=visit.version,
    )


def open_run(visit: Visit) -> OpenRun:
    """A visit that is the village's."""
    return OpenRun(
        visit=visit.id,
        beneficiary=visit.beneficiary_id,
        service=word(visit.service),
        village=visit.village,
        start=visit.start,
        taken_over=visit.run.taken_over,
        taken_over_at=visit.run.taken_over_at,
        rung=visit.run.rung,
        courier=visit.courier_id,
        report=visit.run.report_id,
        late=[_late(one) for one in visit.run.late],
        version=visit.version,
    )


def _here(step: ArriveStep) -> Here:
    point = None
    if step.lat is not None and step.lon is not None and step.crs is not None:
        point = point_from(step.lat, step.lon, crs=step.crs)
    return Here(point=point, accuracy=step.accuracy, reason=step.reason)


def _result(one: "Result") -> StepResult:
    refused = problem(one.refusal) if one.refusal else None
    return StepResult(action=one.action, outcome=one.outcome, problem=refused)


def _late(one: Late) -> LateView:
    return LateView(courier=one.courier_id, action=one.action, at=one.at, proof=one.proof, welfare=one.welfare)
