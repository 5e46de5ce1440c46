"""What kind of matter it is after all, and what that does to its time (DOMAIN §2 `reclassify`, Deadlines)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reference.taxonomy import CHILDREN_AT_RISK, DANGER_CLASS, GRAVEST
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import said
from chalicelib.domain.reports.decisions.verifying import nature_of, taken_up
from chalicelib.domain.reports.model import Nature, Paused, Report, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.running import Part, Run, Stage

S = Status
REPAIR_CLASSES = frozenset({"B", "D", "L"})  # how urgent the repair is, once it is safe (DOMAIN §2 `make_safe`)
UNSORTED = frozenset({S.SUBMITTED, S.WITH_CENTRE})


def reclassify(on: Situation) -> Step:
    """Another kind, severity or, once made safe, class; grid members only raise it (DOMAIN §2)."""
    nature = _reclassified(on)
    if nature == on.report.nature:
        raise Invalid("nothing_changes")
    if on.party is not Party.CENTRE and not _raises(on.report.nature, nature, on.rules):
        raise Forbidden("only_upward")
    step = _step(on, nature)
    step.changes["nature"] = nature
    step.details.update({"kind": nature.kind, "class": nature.klass, "severity": nature.severity})
    return step


def _reclassified(on: Situation) -> Nature:
    old, klass = on.report.nature, on.command.klass
    if klass is not None:
        if not on.report.awaits_class:
            raise Conflict("class_after_made_safe")
        if klass not in REPAIR_CLASSES:
            raise Invalid("repair_class_unknown", known=", ".join(sorted(REPAIR_CLASSES)))
        return replace(old, klass=klass, severity=min(old.severity or 1, GRAVEST - 1))
    code = on.command.kind or old.kind
    if code is None:
        raise Invalid("kind_needed")
    return nature_of(on, code)


def _raises(old: Nature, new: Nature, rules: Rulebook) -> bool:
    """Neither less urgent nor less grave than it was."""
    less_urgent = rules.limits.is_more_urgent(old.klass, new.klass)
    return not less_urgent and (new.severity or 0) >= (old.severity or 0) and not _hidden(old, new)


def _hidden(old: Nature, new: Nature) -> bool:
    return old.klass == DANGER_CLASS != new.klass


def _step(on: Situation, nature: Nature) -> Step:
    """Where it goes on: mostly where it is. See docs/adr/0025."""
    if on.report.awaits_class and nature.klass in REPAIR_CLASSES:
        return _repair(on, nature)
    if _comes_to_centre(on, nature):
        return _to_centre(on)
    timed = replace(on, report=replace(on.report, **_retimed(on, nature)))
    if on.report.status is S.NEEDS_INFO and nature.klass == DANGER_CLASS:
        return taken_up(timed, said.reason(on))  # danger to life waits for no answer
    return Step(status=on.report.status, changes=_retimed(on, nature), note=said.reason(on))


def _comes_to_centre(on: Situation, nature: Nature) -> bool:
    """A child at risk, which the police hear of before all else; and what waits, once it turns out to be urgent."""
    report = on.report
    held = report.paused.status if report.status is S.NEEDS_INFO and report.paused else report.status
    if nature.kind in CHILDREN_AT_RISK and held not in UNSORTED:
        return True
    return report.status is S.SUSPENDED and on.rules.limits.of(nature.klass).clock is not Clock.WH


def _to_centre(on: Situation) -> Step:
    changes = {"paused": None, "department": None, "proxied": False, "co_handlers": ()}
    return Step(status=S.WITH_CENTRE, changes=changes, note=said.reason(on))


def _repair(on: Situation, nature: Nature) -> Step:
    """Made safe, its repair has a department limit of its own, from now on or from when the wait is over."""
    report = replace(on.report, nature=nature)
    run = clockwork.run(report, since=on.now, rules=on.rules, stage=Stage.DEPT)
    held = on.report.paused
    return Step(
        status=on.report.status,
        changes={
            "awaits_class": False,
            "parts": tuple(_part(on, part, nature, since=on.now) for part in on.report.parts),
            **({"paused": replace(held, run=run, at=on.now)} if held else {"run": run}),
        },
        note=said.reason(on),
    )


def _retimed(on: Situation, nature: Nature) -> dict[str, Any]:
    """Stage entry + the new limit, of what runs and of what is interrupted (DOMAIN §2 Deadlines)."""
    report, held = on.report, on.report.paused
    parts = tuple(_part(on, part, nature, since=part.since) for part in report.parts)
    run = rerun(report, report.run, nature, on.rules) if report.run else None
    if run and clockwork.is_over(report, on.now):
        run = replace(run, over=True)
    return {"parts": parts, "run": run, "paused": _held(on, held, nature) if held else None}


def _held(on: Situation, held: Paused, nature: Nature) -> Paused:
    return replace(held, run=rerun(on.report, held.run, nature, on.rules))


def _part(on: Situation, part: Part, nature: Nature, *, since: datetime) -> Part:
    """A co-handler's part keeps its share of the lead's limit; raising never makes it later."""
    old = on.report.nature.klass
    if part.state not in clockwork.UNDONE or nature.klass == old:
        return part
    after = clockwork.part(part.department, since=since, klass=nature.klass, rules=on.rules, known=part)
    if not on.rules.limits.is_more_urgent(nature.klass, old) or after.due_at <= part.due_at:
        return after
    hours = on.rules.calendar.between(on.rules.limits.of(nature.klass).clock, since, part.due_at)
    return replace(after, hours=hours, due_at=part.due_at)


def rerun(report: Report, old: Run, nature: Nature, rules: Rulebook) -> Run:
    """The stage's time under another class. What it has breached stays; raising never makes it later."""
    limit = rules.limits.of(nature.klass)
    if nature.klass == report.nature.klass or not (old.stage is Stage.INFO or old.stage in limit.hours):
        return old
    plain = clockwork.run(replace(report, nature=nature), since=old.since, rules=rules, stage=old.stage)
    new, before = replace(old, clock=plain.clock, hours=plain.hours), clockwork.due(old, rules)
    raised = rules.limits.is_more_urgent(nature.klass, report.nature.klass)
    if raised and clockwork.due(new, rules) > before:
        return replace(new, hours=rules.calendar.between(new.clock, new.since, before))
    return new
