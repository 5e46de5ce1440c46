"""Who of the pool does it, where it lies, what kind of matter it is (DOMAIN §2 `claim` … `reclassify`)."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import said
from chalicelib.domain.reports.decisions.verifying import nature_of
from chalicelib.domain.reports.model import Nature, Report, Status
from chalicelib.domain.reports.parties import Party, above_pool, in_pool
from chalicelib.domain.reports.running import Part, Run, Stage
from chalicelib.domain.rulebook import Rulebook
from chalicelib.domain.taxonomy import DANGER_CLASS, GRAVEST

REPAIR_CLASSES = frozenset({"B", "D", "L"})  # how urgent the repair is, once it is safe (DOMAIN §2 `make_safe`)


def of_the_pool(on: Situation) -> None:
    """Only who belongs to the pool takes it; nobody takes away what a colleague has."""
    if not in_pool(on.by, on.report):
        raise Forbidden("pool_only")
    if on.report.assignee == on.by.id:
        raise Conflict("yours_already")
    if on.report.assignee:
        raise Conflict("claimed_by_another")


def holder_or_above(on: Situation) -> None:
    """Who of the pool has it, or may have it, and who stands above the pool."""
    if not in_pool(on.by, on.report) and not above_pool(on.by, on.report):
        raise Forbidden("pool_or_above")


def claim(on: Situation) -> Step:
    """Somebody of the pool takes it."""
    return Step(status=on.report.status, changes={"assignee": on.by.id}, note=on.command.text)


def assign(on: Situation) -> Step:
    """Somebody of the pool is named."""
    person = on.around.person
    if person is None:
        raise Invalid("person_needed")
    return _given(on, person.id)


def hand_over(on: Situation) -> Step:
    """To a colleague, or back into the pool."""
    return _given(on, on.around.person.id if on.around.person else None)


def _given(on: Situation, person_id: str | None) -> Step:
    person, post = on.around.person, on.report.holder
    if person and (post is None or post not in person.posts):
        raise Invalid("not_of_the_pool", person=person.id)
    if person_id == on.report.assignee:
        raise Conflict("holds_it_already")
    details: dict[str, object] = {"assignee": person_id, "before": on.report.assignee}
    return Step(status=on.report.status, changes={"assignee": person_id}, note=on.command.text, details=details)


def relocate(on: Situation) -> Step:
    """To another grid or village, with the same deadline; the second time the centre decides where it belongs."""
    grid, village = on.around.grid, on.around.village
    if village is None:
        raise Invalid("area_needed")
    place = replace(on.report.place, grid=grid, village=village)
    if place == on.report.place:
        raise Invalid("nothing_changes")
    again, run = on.report.relocated and on.report.status is not Status.WITH_CENTRE, on.report.run
    return Step(
        status=Status.WITH_CENTRE if again else on.report.status,
        changes={"place": place, "relocated": True},
        note=on.command.text,
        details={"from": on.report.place.grid or on.report.place.village, "to": grid or village},
        run=replace(run, stage=Stage.DISPATCH, fired=0) if again and run else None,
    )


def reclassify(on: Situation) -> Step:
    """Another kind, severity or, once made safe, class; grid members only raise it (DOMAIN §2)."""
    nature = _reclassified(on)
    if nature == on.report.nature:
        raise Invalid("nothing_changes")
    if on.party is not Party.CENTRE and not _raises(on.report.nature, nature, on.rules):
        raise Forbidden("only_upward")
    changes = {"nature": nature} | _rerun(on, nature)
    details: dict[str, object] = {"kind": nature.kind, "class": nature.klass, "severity": nature.severity}
    return Step(status=on.report.status, changes=changes, note=said.reason(on), details=details)


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


def _rerun(on: Situation, nature: Nature) -> dict[str, object]:
    """Stage entry + the new limit; after make-safe a new department limit begins (DOMAIN §2 Deadlines)."""
    report, run = replace(on.report, nature=nature), on.report.run
    if on.report.awaits_class and nature.klass in REPAIR_CLASSES:
        parts = {"parts": tuple(_part(on, part, nature, since=on.now) for part in on.report.parts)}
        return parts | {"run": clockwork.run(report, since=on.now, rules=on.rules), "awaits_class": False}
    parts = {"parts": tuple(_part(on, part, nature, since=part.since) for part in on.report.parts)}
    if on.report.paused:
        paused = replace(on.report.paused, run=rerun(on.report, on.report.paused.run, nature, on.rules))
        return parts | {"paused": paused}
    return parts | ({"run": rerun(on.report, run, nature, on.rules)} if run else {})


def _part(on: Situation, part: Part, nature: Nature, *, since: datetime) -> Part:
    """A co-handler's part keeps its share of the lead's limit."""
    if part.state not in clockwork.UNDONE or nature.klass == on.report.nature.klass:
        return part
    return clockwork.part(part.department, since=since, klass=nature.klass, rules=on.rules, known=part)


def rerun(report: Report, old: Run, nature: Nature, rules: Rulebook) -> Run:
    """The stage's time under another class. What it has breached stays; raising never makes it later."""
    limit = rules.limits.of(nature.klass)
    if old.stage not in limit.hours or nature.klass == report.nature.klass:
        return old
    new = replace(old, clock=limit.clock, hours=limit.hours[old.stage])
    before = clockwork.due(old, rules)
    raised = rules.limits.is_more_urgent(nature.klass, report.nature.klass)
    if raised and clockwork.due(new, rules) > before:
        return replace(new, hours=rules.calendar.between(new.clock, new.since, before))
    return new
