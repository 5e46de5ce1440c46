"""A report enters a stage: who holds it then, since when its time runs, what is left behind (DOMAIN §2)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Step
from chalicelib.domain.reports.life import ends
from chalicelib.domain.reports.model import Action, Change, Paused, Report, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.running import Stage

S = Status
UNCOUNTED = frozenset({Stage.INFO, Stage.SUSPENDED})  # overrunning these is nobody's breach


def unasked(action: Action, before: Report, after: Report, *, at: datetime, **told: Any) -> Change:
    """What happened to a report by itself: nobody's doing, but a timer's or what followed from another line.

    `told`: `note`, `internal` and `details` of the change.
    """
    return Change(report=after, before=before, action=action, actor_id="", as_role=Party.TIMER, at=at, **told)


def moved(report: Report, step: Step, *, now: datetime, rules: Rulebook) -> Report:
    """The report after a step. Where the stage stays, its time stays too, unless the step renews it."""
    breaches = _breaches(report, step.at or now)
    after = replace(report, status=step.status, version=report.version + 1, breaches=breaches, **step.changes)
    if step.status is report.status and not step.renews:
        holds = holder(after)
        assignee = after.assignee if holds == report.holder else None
        return clockwork.timed(replace(after, holder=holds, assignee=assignee), rules)
    return clockwork.timed(_entered(after, report, step, now=now, rules=rules), rules)


def _entered(after: Report, before: Report, step: Step, *, now: datetime, rules: Rulebook) -> Report:
    since, over = step.since or now, ends(step.status)
    held = before.paused if step.run else None
    run = None if over else step.run or clockwork.run(after, since=since, rules=rules, share=step.share)
    waits = step.status is S.NEEDS_INFO or (before.status is S.NEEDS_INFO and step.run is not None)
    returns = waits or over or step.run is not None  # what is interrupted comes back as it was
    return replace(
        after,
        holder=holder(after),
        assignee=step.changes.get("assignee"),
        run=run,
        entered_at=(held.entered_at or held.run.since) if held and held.status is step.status else since,
        ended_at=now if over else None,
        request=after.request if waits else None,
        widened=after.widened if returns else (),
        awaits_class=after.awaits_class and returns,
        counted=after.counted and step.status in (S.SUBMITTED, S.NEEDS_INFO),
        village_held=after.village_held or step.status is S.WITH_VILLAGE,
        finish_by=after.finish_by if returns or step.status is S.IN_HANDLING else step.changes.get("finish_by"),
    )


def taken_up(
    report: Report, held: Paused, *, at: datetime, rules: Rulebook, note: str = "", least: float = 0.0
) -> Step:
    """Back at `at` into the stage that was interrupted; parts of co-handlers stood still as well."""
    parts = tuple(clockwork.moved_on(part, held, at=at, rules=rules) for part in report.parts)
    return Step(
        status=held.status,
        changes={"paused": held.inner, "assignee": held.assignee, "parts": parts},
        note=note,
        run=clockwork.resumed(held, at=at, rules=rules, least=least),
    )


def _breaches(report: Report, now: datetime) -> tuple[Stage, ...]:
    """The stages that overran, with the present one where it does, each once."""
    stage = report.run.stage if report.run else None
    fresh = stage is not None and stage not in UNCOUNTED and stage not in report.breaches
    return (*report.breaches, stage) if stage and fresh and clockwork.is_over(report, now) else report.breaches


def holder(report: Report) -> Post | None:
    """Whose pool a report in this status lies in; what no grid or village owns, the centre holds."""
    place, status = report.place, report.status
    centre = Post(Role.CENTRE, place.township)
    if ends(status):
        return None
    if status is S.NEEDS_INFO:
        return _who_is_asked(report)
    if status is S.WITH_VILLAGE and place.village:
        return Post(Role.VILLAGE, place.village)
    if status in clockwork.WITH_DEPARTMENTS and report.department:
        return Post(Role.DEPARTMENT, report.department)
    if status is S.COORDINATING:
        return Post(Role.COMMITTEE, place.township)
    if status is S.RESOLVED and report.recheck_by and not _centres(report):
        return report.recheck_by
    if status in (S.SUBMITTED, S.RESOLVED) and place.grid and not _beyond_grid(report):
        return Post(Role.GRID_MEMBER, place.grid)
    return centre


def _who_is_asked(report: Report) -> Post | None:
    """The reporter; what staff filed for someone stays with who asked, since they have no pool of their own."""
    if report.filed_by is None:
        return Post(Role.COURIER, report.reporter_id)
    return holder(replace(report, status=report.paused.status if report.paused else S.SUBMITTED))


def _beyond_grid(report: Report) -> bool:
    """The centre alone looks at some kinds; who resolved a report does not re-check it; and a rung may call it in."""
    own = report.status is S.RESOLVED and report.origin is not None and report.origin.role is Role.GRID_MEMBER
    return own or _centres(report)


def _centres(report: Report) -> bool:
    return report.nature.verify_by_centre or Role.CENTRE in report.widened
