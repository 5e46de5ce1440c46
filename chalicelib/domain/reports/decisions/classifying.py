"""What kind of matter it is after all, and what that does to its time (DOMAIN §2 `reclassify`, Deadlines)."""

from dataclasses import replace

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reference.taxonomy import CHILDREN_AT_RISK, DANGER_CLASS, GRAVEST
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import said
from chalicelib.domain.reports.decisions.retiming import part_under, retimed
from chalicelib.domain.reports.decisions.verifying import nature_of, taken_up
from chalicelib.domain.reports.matter import Nature
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.running import Run, Stage

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
    changes = retimed(on, nature)
    if on.report.status is S.NEEDS_INFO and (nature.klass == DANGER_CLASS or _waited_enough(on, changes["run"])):
        return taken_up(replace(on, report=replace(on.report, **changes)), said.reason(on))
    return Step(status=on.report.status, changes=changes, note=said.reason(on))


def _waited_enough(on: Situation, wait: Run | None) -> bool:
    """The wait is over now, and not back when a shorter one would have been: that time had been stopped."""
    return wait is not None and clockwork.due(wait, on.rules) <= on.now


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
    report = replace(on.report, nature=nature, finish_by=None)
    run = clockwork.run(report, since=on.now, rules=on.rules, stage=Stage.DEPT)
    held = on.report.paused
    return Step(
        status=on.report.status,
        changes={
            "awaits_class": False,
            "finish_by": None,
            "parts": tuple(part_under(on, part, nature, since=on.now) for part in on.report.parts),
            **({"paused": replace(held, run=run, at=on.now)} if held else {"run": run}),
        },
        note=said.reason(on),
    )
