"""How a run looks over HTTP: what became of the steps that were told, how it goes, what a village looks after."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chalicelib.api.care_shapes import CareService, word
from chalicelib.api.problems import Problem, problem
from chalicelib.api.shapes import Instant
from chalicelib.domain.care.model import Visit
from chalicelib.domain.care.record import BagReason, Danger, FoundOut, Late, PlaceReason, Run, TakenOver
from chalicelib.domain.care.said import StepOutcome
from chalicelib.domain.care.terms import Proof, VisitAction, VisitState, Welfare

if TYPE_CHECKING:
    from chalicelib.services.care.looking_after import Going
    from chalicelib.services.care.running import Result, Told

OF_VISIT = ("village", "start", "end", "state", "items", "seal", "version")
OF_RUN = (
    *("picked_up_at", "bag_reason", "arrived_at", "is_far", "place_reason", "wrong_codes", "handed_over_at", "proof"),
    *("seal_intact", "left_behind", "welfare", "note", "ringing_at", "taken_over_at", "taken_over", "closed_at"),
)


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


def told(found: "Told") -> ToldView:
    """What became of them."""
    results = [_result(one) for one in found.results]
    return ToldView(results=results, state=found.visit.state, version=found.visit.version)


def run_view(going: "Going") -> RunView:
    """A run as its courier or staff see it."""
    visit, run = going.visit, going.visit.run
    return RunView(
        visit=visit.id,
        service=word(visit.service),
        courier=visit.courier_id,
        duty_phone=going.duty_phone,
        counted=run.items if run.picked_up_at else None,
        **{name: getattr(visit, name) for name in OF_VISIT},
        **{name: getattr(run, name) for name in OF_RUN},
        **_for_staff(run, is_staff=going.is_staff),
    )


def _for_staff(run: Run, *, is_staff: bool) -> dict[str, Any]:
    """What is for them alone; else null, and none of the steps that came late."""
    told = {name: getattr(run, name) if is_staff else None for name in ("metres", "rung", "found", "danger")}
    report = run.report_id if is_staff else None
    return {**told, "report": report, "late": [_late(one) for one in run.late] if is_staff else []}


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


def _result(one: "Result") -> StepResult:
    refused = problem(one.refusal) if one.refusal else None
    return StepResult(action=one.action, outcome=one.outcome, problem=refused)


def _late(one: Late) -> LateView:
    return LateView(courier=one.courier_id, action=one.action, at=one.at, proof=one.proof, welfare=one.welfare)
