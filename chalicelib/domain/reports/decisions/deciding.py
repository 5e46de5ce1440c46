"""The committee decides, urges and supervises (DOMAIN §2 Committee; 催办, 督办)."""

from collections.abc import Callable

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reference.taxonomy import VILLAGE
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import decided_day, ordering, said, sorting
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.terms import Ruling

S = Status


def decide(on: Situation) -> Step:
    """Binding for bodies of the town: who does it, the village, a wait, or no solution, said in public."""
    if on.command.decision is None:
        raise Invalid("decision_needed")
    step = decided_day.kept(on, DECISIONS[on.command.decision](on))
    step.details["decision"] = on.command.decision
    return step


def _dispatch(on: Situation) -> Step:
    if on.command.department == VILLAGE:
        raise Invalid("unknown_department", department=VILLAGE)
    return ordering.order(on, binding=True)


def _to_village(on: Situation) -> Step:
    if not on.report.place.village:
        raise Conflict("no_village_there")
    changes = {**sorting.relieved(on.report), "binding": True, "decided": True}
    return Step(status=S.WITH_VILLAGE, changes=changes, note=said.reason(on))


def not_urgent(on: Situation) -> None:
    """What cannot wait for working hours does not wait for anything else before it is made safe."""
    urgent = on.rules.limits.of(on.report.nature.klass).clock is not Clock.WH
    if urgent or on.report.awaits_class:
        raise Conflict("suspend_after_made_safe")


def _suspend(on: Situation) -> Step:
    not_urgent(on)
    changes = {"reviews": 0, **sorting.relieved(on.report)}
    return Step(status=S.SUSPENDED, changes=changes, note=said.reason(on), details={"plan": planned(on)})


def _close_unsolved(on: Situation) -> Step:
    return Step(status=S.CLOSED, changes={"unsolved": True}, note=said.answer(on), details={"solved": False})


DECISIONS: dict[Ruling, Callable[[Situation], Step]] = {
    Ruling.DISPATCH: _dispatch,
    Ruling.TO_VILLAGE: _to_village,
    Ruling.SUSPEND: _suspend,
    Ruling.CLOSE_UNSOLVED: _close_unsolved,
}


def planned(on: Situation) -> str:
    """What is planned, and until when. Raises Invalid (`plan_needed`)."""
    if not on.command.plan.strip():
        raise Invalid("plan_needed")
    return on.command.plan


def urge(on: Situation) -> Step:
    """Whoever holds it is asked to hurry; nothing else changes."""
    return Step(status=on.report.status, note=said.text(on))


def supervise(on: Situation) -> Step:
    """The committee watches it, yellow or red."""
    if on.command.watch is None:
        raise Invalid("watch_needed")
    changes = {"watch": on.command.watch}
    return Step(status=on.report.status, changes=changes, note=said.text(on), details={"watch": on.command.watch})
