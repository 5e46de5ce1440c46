"""By when: the committee's own deadline for whom it orders, in the place of the class's limit (docs/adr/0029)."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.running import Part, Stage

S = Status
STAGES = {S.DISPATCHED: Stage.DEPT, S.WITH_VILLAGE: Stage.VILLAGE}  # which stage the day is for, by where it goes first


def kept(on: Situation, step: Step) -> Step:
    """The step with the day that was set, which ends the department's or the village's time; co-handlers keep their
    share of it.

    Raises Invalid (`decided_day_for_orders`), Conflict (`decided_day_too_soon`, `decided_day_too_late`,
    `decided_day_urgent`).
    """
    by = on.command.finish_by
    step.changes["finish_by"] = by
    if by is None:
        return step
    stage = STAGES.get(step.status)
    if stage is None:
        raise Invalid("decided_day_for_orders")
    _bounded(on, stage, by)
    share = _hours(on, on.now, by) / _limit(on, stage)
    parts: tuple[Part, ...] = step.changes.get("parts", ())
    changes = {"parts": tuple(_inside(on, part, share) for part in parts)} if parts else {}
    return replace(step, changes=step.changes | changes, details=step.details | {"finish_by": by.isoformat()})


def _bounded(on: Situation, stage: Stage, by: datetime) -> None:
    """Some hours are left once a department must have signed, the day is not years away, and danger does not wait."""
    numbers, clock = on.rules.numbers, on.rules.limits.of(on.report.nature.klass).clock
    signed = _limit(on, Stage.ACCEPT) if stage is Stage.DEPT else 0
    begins = on.rules.calendar.add(clock, on.now, signed)
    hours, least = _hours(on, begins, by), numbers.of("decided_least_hours")
    if hours < least:
        raise Conflict("decided_day_too_soon", hours=least)
    if by > on.now + numbers.days("decided_days"):
        raise Conflict("decided_day_too_late", days=numbers.count("decided_days"))
    if clock is not Clock.WH and hours > _limit(on, stage):
        raise Conflict("decided_day_urgent", hours=_limit(on, stage))


def _hours(on: Situation, since: datetime, until: datetime) -> float:
    return on.rules.calendar.between(on.rules.limits.of(on.report.nature.klass).clock, since, until)


def _limit(on: Situation, stage: Stage) -> float:
    return on.rules.limits.of(on.report.nature.klass).hours[stage]


def _inside(on: Situation, part: Part, share: float) -> Part:
    """An undone part as it ends inside the day that was set."""
    if part.state not in clockwork.UNDONE:
        return part
    return clockwork.part(part, since=on.now, klass=on.report.nature.klass, rules=on.rules, share=share)
