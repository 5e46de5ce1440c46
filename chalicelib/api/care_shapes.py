"""What plans and visits look like over HTTP. None of it says who is cared for, but for an id that staff know."""

from datetime import date, time
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.shapes import Instant
from chalicelib.domain.care.model import Ending, Holidays, Pause, Plan, PlanState
from chalicelib.domain.care.terms import Service

# The words of `Service`: in the document, an enum of reports has its name.
type CareService = Literal["meal", "medicine", "visit"]
Village = Annotated[str, Meta(pattern=r"^\d{12}$")]
Items = Annotated[int, Meta(ge=0, le=100)]
Seal = Annotated[str, Meta(max_length=60)]
Rule = Annotated[str, Meta(max_length=300, examples=["FREQ=WEEKLY;BYDAY=MO,WE,FR"])]


class PlanBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`rule` is an RRULE (RFC 5545) by days, empty for once on `starts_on`; days and the window are local.

    `seal`: who seals the bag, needed of medicine; a knock carries nothing. `holidays`: whether holidays count.
    """

    rule: Rule = ""
    starts_on: date
    ends_on: date | None = None
    window_start: time
    window_end: time
    items: Items = 0
    seal: Seal = ""
    heavy: bool = False
    holidays: Holidays = Holidays.KEEP


class NewPlan(PlanBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """… of which service."""

    service: CareService


class PauseBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Local days without a visit, both included; `until` null where nobody knows yet."""

    since: date
    until: date | None = None


class ResumeBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which local day on there are visits again."""

    day: date


class PlanView(PlanBody, frozen=True, kw_only=True):
    """A plan. Visits were made until `generated_until`; `ending` says why it has ended."""

    id: str
    beneficiary: str
    village: str
    grid: str
    service: CareService
    pauses: list[PauseBody]
    state: PlanState
    ending: Ending | None
    ended_at: Instant | None
    generated_until: date | None
    version: int


class PlanPage(Struct, frozen=True, kw_only=True):
    """Some plans; `cursor` asks for the next ones, null at the end."""

    plans: list[PlanView]
    cursor: str | None


def word(service: Service) -> CareService:
    """A service as the document names it."""
    return service.value


def plan_view(plan: Plan) -> PlanView:
    """A plan as it is read."""
    return PlanView(
        id=plan.id,
        beneficiary=plan.beneficiary_id,
        village=plan.village,
        grid=plan.grid,
        service=word(plan.service),
        rule=plan.rule,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        window_start=plan.window_start,
        window_end=plan.window_end,
        items=plan.items,
        seal=plan.seal,
        heavy=plan.heavy,
        holidays=plan.holidays,
        pauses=[_pause(one) for one in plan.pauses],
        state=plan.state,
        ending=plan.ending,
        ended_at=plan.ended_at,
        generated_until=plan.generated_until,
        version=plan.version,
    )


def _pause(pause: Pause) -> PauseBody:
    return PauseBody(since=pause.since, until=pause.until)
