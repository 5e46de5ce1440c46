"""The time of what runs, once the matter has another class (DOMAIN §2 Deadlines: stage entry + the new limit)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation
from chalicelib.domain.reports.matter import Nature
from chalicelib.domain.reports.model import Paused, Report
from chalicelib.domain.reports.running import Part, Run, Stage


def retimed(on: Situation, nature: Nature) -> dict[str, Any]:
    """Stage entry + the new limit, of what runs and of what is interrupted (DOMAIN §2 Deadlines)."""
    report, held = on.report, on.report.paused
    parts = tuple(part_under(on, part, nature, since=part.since) for part in report.parts)
    run = rerun(report, report.run, nature, on.rules) if report.run else None
    if run and clockwork.is_over(report, on.now):
        run = replace(run, over=True)
    return {"parts": parts, "run": run, "paused": _held(on, held, nature) if held else None}


def _held(on: Situation, held: Paused, nature: Nature) -> Paused:
    return replace(held, run=rerun(on.report, held.run, nature, on.rules))


def part_under(on: Situation, part: Part, nature: Nature, *, since: datetime) -> Part:
    """A co-handler's part keeps its share of the lead's limit; raising never makes it later."""
    old = on.report.nature.klass
    if part.state not in clockwork.UNDONE or nature.klass == old:
        return part
    after = clockwork.part(part, since=since, klass=nature.klass, rules=on.rules)
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
    new, before = replace(old, clock=plain.clock, hours=plain.hours + old.granted), clockwork.due(old, rules)
    raised = rules.limits.is_more_urgent(nature.klass, report.nature.klass)
    if raised and clockwork.due(new, rules) > before:
        return replace(new, hours=rules.calendar.between(new.clock, new.since, before))
    return new
