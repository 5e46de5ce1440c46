"""When a report falls due: its stage's deadline, the next rung of the ladder, requests, parts (DOMAIN §2 Deadlines)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reference.ladder import Effect, Rung
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reference.taxonomy import VILLAGE
from chalicelib.domain.reports.model import Paused, Report, Status
from chalicelib.domain.reports.running import Part, PartState, Request, Run, Stage
from chalicelib.domain.reports.terms import Wish

S = Status
STAGE_OF = {
    S.SUBMITTED: Stage.VERIFY,
    S.NEEDS_INFO: Stage.INFO,
    S.WITH_VILLAGE: Stage.VILLAGE,
    S.WITH_CENTRE: Stage.DISPATCH,
    S.COORDINATING: Stage.COORD,
    S.DISPATCHED: Stage.ACCEPT,
    S.IN_HANDLING: Stage.DEPT,
    S.SUSPENDED: Stage.SUSPENDED,
    S.RESOLVED: Stage.REVISIT,
}
WITH_DEPARTMENTS = frozenset({S.DISPATCHED, S.IN_HANDLING})
LED = WITH_DEPARTMENTS | {S.WITH_VILLAGE}  # somebody leads, and others may help
WORKING = frozenset({Stage.VILLAGE, Stage.DEPT})  # the matter itself is worked on
UNDONE = frozenset({PartState.OPEN, PartState.ACCEPTED})
GRAVE, GRAVE_PERCENT = 3, 150  # severity 3–4 never closes unchecked before 150 % have passed (DOMAIN §2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Something falls due at `at` (UTC): a rung of the ladder, or what runs beside the stage."""

    at: datetime
    effect: Effect
    percent: int = 100
    part: Part | None = None


def run(report: Report, *, since: datetime, rules: Rulebook, share: float = 1.0, stage: Stage | None = None) -> Run:
    """The time of the stage that the report's status stands for, or of `stage`; `share` of its limit is given."""
    stage = stage or STAGE_OF[report.status]
    limit, numbers = rules.limits.of(report.nature.klass), rules.numbers
    if stage is Stage.SUSPENDED:
        return Run(stage=stage, clock=Clock.N24, since=since, hours=numbers.of("suspend_days") * 24)
    if stage is Stage.INFO:
        name = "info_hours" if limit.clock is Clock.WH else "info_hours_urgent"
        return Run(stage=stage, clock=limit.clock, since=since, hours=numbers.of(name))
    decided = _decided(report, stage, since, rules) if share == 1 else 0
    return Run(stage=stage, clock=limit.clock, since=since, hours=decided or limit.hours[stage] * share)


def _decided(report: Report, stage: Stage, since: datetime, rules: Rulebook) -> float:
    """Hours left until what the committee has set (docs/adr/0029); what is urgent it only shortens. 0 for none."""
    if report.finish_by is None or stage not in WORKING:
        return 0
    limit = rules.limits.of(report.nature.klass)
    hours = rules.calendar.between(limit.clock, since, report.finish_by)
    return hours if limit.clock is Clock.WH else min(hours, limit.hours[stage])


def paused(report: Report, at: datetime) -> Paused | None:
    """The stage to come back to: that before a question where one was asked; a wait is come back to as a wait."""
    if report.run is None or (report.paused and report.status is not S.SUSPENDED):
        return report.paused
    return Paused(
        status=report.status,
        run=report.run,
        entered_at=report.entered_at,
        at=at,
        assignee=report.assignee,
        inner=report.paused,
    )


def resumed(held: Paused, *, at: datetime, rules: Rulebook, least: float = 0.0) -> Run:
    """The interrupted stage goes on with what was left of it, at least `least` hours of its clock."""
    calendar, old = rules.calendar, held.run
    spent = calendar.between(old.clock, old.since, held.at)
    hours = max(old.hours, spent + least) if least else old.hours
    return replace(old, since=calendar.subtract(old.clock, at, spent), hours=hours)


def part(known: Part, *, since: datetime, klass: str, rules: Rulebook, share: float = 1.0) -> Part:
    """A co-handler's part as it begins: 80 % of `share` of the lead's limit, returnable while a lead may sign."""
    limit = rules.limits.of(klass).hours[known.stage]
    hours = limit * share * rules.numbers.of("part_percent") / 100
    return _scheduled(replace(known, since=since, hours=hours), klass, rules)


def new_part(code: str, *, since: datetime, klass: str, rules: Rulebook, stage: Stage = Stage.DEPT) -> Part:
    """The part of a co-handler that is called now; `stage` is the lead's."""
    proxied = code != VILLAGE and rules.departments.named(code).proxy
    made = Part(
        department=code,
        since=since,
        hours=0,
        ordered_at=since,
        due_at=since,
        return_by=since,
        proxied=proxied,
        stage=stage,
    )
    return part(made, since=since, klass=klass, rules=rules)


def within(late: Part, held: Run, klass: str, rules: Rulebook) -> Part:
    """A part that begins while its lead's time `held` runs: its share of what is left, enough to be signed at least."""
    calendar, limit = rules.calendar, rules.limits.of(klass)
    left = max(held.hours - calendar.between(held.clock, held.since, late.since), 0.0)
    hours = max(left * rules.numbers.of("part_percent") / 100, limit.hours[Stage.ACCEPT])
    return _scheduled(replace(late, hours=min(hours, late.hours)), klass, rules)


def _scheduled(part: Part, klass: str, rules: Rulebook) -> Part:
    limit, calendar = rules.limits.of(klass), rules.calendar
    return replace(
        part,
        due_at=calendar.add(limit.clock, part.since, part.hours),
        return_by=calendar.add(limit.clock, part.since, limit.hours[Stage.ACCEPT]),
    )


def begun_anew(old: Part, report: Report, at: datetime, *, rules: Rulebook, share: float) -> Part:
    """A part that was not done as the lead begins again at `at`, with `share` of its limit."""
    if old.state not in UNDONE | {PartState.OVERRULED}:
        return old
    begun = replace(old, ordered_at=at, state=old.state if old.state in UNDONE else PartState.OPEN)
    return part(begun, since=at, klass=report.nature.klass, rules=rules, share=share)


def moved_on(part: Part, held: Paused, *, at: datetime, rules: Rulebook) -> Part:
    """A part whose clock stood still while the report was interrupted."""
    if part.state not in UNDONE:
        return part
    calendar, clock = rules.calendar, held.run.clock
    spent = calendar.between(clock, part.since, held.at)
    since, window = calendar.subtract(clock, at, spent), calendar.between(clock, part.since, part.return_by)
    return replace(
        part,
        since=since,
        due_at=calendar.add(clock, since, part.hours),
        return_by=calendar.add(clock, since, window),
    )


def due(held: Run, rules: Rulebook, *, percent: float = 100) -> datetime:
    """When `percent` of the stage's time have passed (UTC)."""
    return rules.calendar.add(held.clock, held.since, held.hours * percent / 100)


def is_over(report: Report, now: datetime) -> bool:
    """Whether the present stage's deadline has passed, or did before it was moved."""
    overdue = report.due_at is not None and now > report.due_at
    return overdue or (report.run is not None and (report.run.over or report.run.fired >= 100))


def timed(report: Report, rules: Rulebook) -> Report:
    """The report with its deadlines computed anew from what runs."""
    if report.run is None:
        return replace(report, due_at=None, next_at=None, provisional=False)
    due_at = due(report.run, rules)
    report = replace(report, request=_until(report, due_at))
    timer = first(report, rules)
    return replace(
        report,
        due_at=due_at,
        next_at=timer.at if timer else None,
        promised_at=_promised(report, rules),
        provisional=rules.calendar.provisional(due_at),
    )


def _until(report: Report, due_at: datetime) -> Request | None:
    """An extension is answered by the deadline, wherever that has moved."""
    request = report.request
    moves = request is not None and request.wish is Wish.EXTENSION and report.status is S.IN_HANDLING
    return replace(request, due_at=due_at) if request and moves else request


def rescheduled(report: Report, rules: Rulebook) -> Report:
    """The report with all that runs in it computed anew, after the calendar has changed."""
    klass, request = report.nature.klass, report.request
    parts = tuple(_scheduled(part, klass, rules) if part.state in UNDONE else part for part in report.parts)
    if request and request.wish is not Wish.EXTENSION:
        limit = rules.limits.of(klass)
        answer_by = rules.calendar.add(limit.clock, request.at, limit.hours[Stage.DISPATCH])
        request = replace(request, due_at=answer_by)
    return timed(replace(report, parts=parts, request=request), rules)


def _promised(report: Report, rules: Rulebook) -> datetime:
    """The sum of the class's limits from intake: no return or reopening moves it (DOMAIN §2)."""
    limit = rules.limits.of(report.nature.klass)
    return rules.calendar.add(limit.clock, report.created_at, limit.promise)


def first(report: Report, rules: Rulebook) -> Timer | None:
    """What falls due next."""
    return min(_timers(report, rules), key=lambda timer: timer.at, default=None)


def _timers(report: Report, rules: Rulebook) -> Iterator[Timer]:
    held = report.run
    if held is None:
        return
    if rung := next((rung for rung in _rungs(report, rules) if rung.percent > held.fired), None):
        yield Timer(at=due(held, rules, percent=rung.percent), effect=rung.effect, percent=rung.percent)
    if report.status is S.IN_HANDLING and report.request and not report.request.told:
        yield Timer(at=report.request.due_at, effect=Effect.REQUEST_OVER)
    late = [part for part in undone(report) if not part.late]
    yield from (Timer(at=part.due_at, effect=Effect.PART_LATE, part=part) for part in late)


def undone(report: Report) -> list[Part]:
    """The co-handlers' parts that are yet to be done, while somebody leads."""
    return [part for part in report.parts if part.state in UNDONE] if report.status in LED else []


def _rungs(report: Report, rules: Rulebook) -> list[Rung]:
    """The ladder of the present stage; what is grave is closed unchecked late, whatever the ladder says."""
    rungs = rules.ladder[report.run.stage] if report.run else ()
    if (report.nature.severity or 0) >= GRAVE:
        rungs = tuple(_postponed(rung) for rung in rungs)
    return sorted(rungs, key=lambda rung: rung.percent)


def _postponed(rung: Rung) -> Rung:
    unchecked = rung.effect is Effect.CLOSE_UNCHECKED
    return replace(rung, percent=max(rung.percent, GRAVE_PERCENT)) if unchecked else rung
