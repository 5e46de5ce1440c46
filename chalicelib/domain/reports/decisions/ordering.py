"""The centre orders: who leads, who helps, and what each of them has to do (DOMAIN §2 Centre)."""

from collections.abc import Collection
from dataclasses import replace

from chalicelib.domain.errors import Conflict, IllegalAction, Invalid
from chalicelib.domain.reference.departments import Department
from chalicelib.domain.reference.taxonomy import DANGER_CLASS, VILLAGE
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import said, suggesting
from chalicelib.domain.reports.decisions.sorting import classed, classified, is_final, not_awaited, police_first
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.running import Part, PartState, Stage

S = Status


def dispatchable(on: Situation) -> None:
    """Only danger to life is dispatched without waiting for verification."""
    if on.report.status is S.SUBMITTED and on.report.nature.klass != DANGER_CLASS:
        raise IllegalAction("dispatch_after_verification")
    not_awaited(on)
    classified(on)
    police_first(on)


def dispatch(on: Situation) -> Step:
    """One department leads, others help; to the village it goes as a village matter; to nobody named, as suggested."""
    return order(suggesting.taken(on))


def reassignable(on: Situation) -> None:
    """What the committee ruled, it alone changes: the centre puts the case before it again."""
    classed(on)
    if on.report.decided:
        raise Conflict("committee_decided")


def reassign(on: Situation) -> Step:
    """Another lead; how long the old one had it stands in the history."""
    if on.command.department == on.report.department:
        raise Invalid("same_department")
    if on.command.department == VILLAGE:
        raise Invalid("unknown_department", department=VILLAGE)
    said.reason(on)
    return order(on)


def order(on: Situation, *, binding: bool = False) -> Step:
    """The order to one lead and its helpers; `binding` where the committee decides.

    Raises Invalid (`department_needed`, `co_handler_twice`, `unknown_department`), Conflict (`no_village_there`,
    `vertical_needs_letter`).
    """
    lead, helpers = _lead(on), _helpers(on, on.command.department)
    final = _is_final(on, lead)
    changes = {
        "department": lead.code if lead else None,
        "proxied": bool(lead and lead.proxy),
        "binding": (binding or final) and not (lead and lead.vertical),
        "decided": binding,
        "co_handlers": helpers,
        "parts": parts(on, helpers, Stage.DEPT if lead else Stage.VILLAGE),
        "village_held": on.report.village_held or VILLAGE in helpers,
        "paused": None,
        "ordered_at": on.now,
    }
    return Step(
        status=S.DISPATCHED if lead else S.WITH_VILLAGE,
        changes=changes,
        note=on.command.text,
        details={"department": on.command.department, "co_handlers": list(helpers), "final": final}
        | _left_behind(on)
        | suggesting.compared(on),
        renews=True,
    )


def _lead(on: Situation) -> Department | None:
    """Who leads; None is the village."""
    code = on.command.department
    if code is None:
        raise Invalid("department_needed")
    lead = None if code == VILLAGE else on.rules.departments.named(code)
    if lead is None and not on.report.place.village:
        raise Conflict("no_village_there")
    return lead


def call_in(on: Situation) -> Step:
    """The centre calls others to help, or insists on who has returned its part; who leads, and until when, stays.

    Raises Invalid (`co_handlers_needed`, `co_handler_twice`, `unknown_department`), Conflict (`helps_already`).
    """
    report, called = on.report, _helpers(on, on.report.department or VILLAGE)
    if not called:
        raise Invalid("co_handlers_needed")
    at_it = {part.department for part in report.parts if part.state is not PartState.RETURNED}
    if helping := at_it.intersection(called):
        raise Conflict("helps_already", department=", ".join(sorted(helping)))
    stage = Stage.VILLAGE if report.status is S.WITH_VILLAGE else Stage.DEPT
    others = tuple(part for part in report.parts if part.department not in called)
    changes = {
        "co_handlers": (*(code for code in report.co_handlers if code not in called), *called),
        "parts": (*others, *(_called(on, code, stage) for code in called)),
        "village_held": report.village_held or VILLAGE in called,
    }
    return Step(status=report.status, changes=changes, note=on.command.text, details={"co_handlers": list(called)})


def _called(on: Situation, code: str, stage: Stage) -> Part:
    """A part that ends before its lead's time does; of who returned it before, it is final."""
    report, klass = on.report, on.report.nature.klass
    old = next((part for part in report.parts if part.department == code), None)
    made = clockwork.new_part(code, since=on.now, klass=klass, rules=on.rules, stage=stage)
    if report.run and report.run.stage is stage:
        made = clockwork.within(made, report.run, klass, on.rules)
    return replace(made, binding=old is not None)


def _helpers(on: Situation, lead: str | None) -> tuple[str, ...]:
    helpers = on.command.co_handlers
    if lead in helpers or len(set(helpers)) < len(helpers):
        raise Invalid("co_handler_twice")
    if VILLAGE in helpers and not on.report.place.village:
        raise Conflict("no_village_there")
    for helper in set(helpers) - {VILLAGE}:
        on.rules.departments.named(helper)
    return helpers


def _is_final(on: Situation, lead: Department | None) -> bool:
    """A vertical body is not bound by a final assignment; it needs the committee's letter."""
    if not is_final(on.report, on.rules):
        return False
    if lead and lead.vertical and not on.command.letter.strip():
        raise Conflict("vertical_needs_letter", department=lead.code)
    return True


def _left_behind(on: Situation) -> dict[str, object]:
    """For the history: the committee's letter, and how long (hours of the stage's clock) the old lead had it."""
    run, old = on.report.run, on.report.department
    details: dict[str, object] = {"letter": on.command.letter} if on.command.letter else {}
    if run and old and on.report.status in clockwork.WITH_DEPARTMENTS:
        details |= {"before": old, "held_hours": round(on.rules.calendar.between(run.clock, run.since, on.now), 2)}
    return details


def parts(on: Situation, helpers: Collection[str], stage: Stage) -> tuple[Part, ...]:
    """Each co-handler's part: 80 % of the lead's limit, returnable while the lead may sign; what was filed is kept."""
    known = {part.department: part for part in on.report.parts}
    klass = on.report.nature.klass

    def part(code: str) -> Part:
        old = known.get(code)
        if old and old.state is PartState.FILED:
            return old
        made = clockwork.new_part(code, since=on.now, klass=klass, rules=on.rules, stage=stage)
        return replace(made, binding=bool(old and (old.binding or old.state is PartState.RETURNED)))

    filed = (part for code, part in known.items() if part.state is PartState.FILED and code not in helpers)
    return (*map(part, helpers), *filed)
