"""Nobody opens, or nobody was seen twice: the visit is the village's, which is reminded step by step (DOMAIN §4).

| rung | after (`care_ladder_*_minutes`) | what                                            |
|------|---------------------------------|-------------------------------------------------|
| –    | at once                         | the village: ring, knock, ask the neighbours    |
| 1    | 15                              | the village: ask the family contact             |
| 2    | 30                              | the centre hears of it                          |
| 3    | 60                              | a danger to life is reported (kind 0901)        |

Whoever has found out ends it at any moment. That somebody is not well is reported at once, whatever became of it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.care.model import By, Step, Visit, stepped
from chalicelib.domain.care.record import Danger, FoundOut, Run, TakenOver
from chalicelib.domain.care.terms import VisitAction, VisitState, Welfare
from chalicelib.domain.reference.numbers import Numbers

A, S = VisitAction, VisitState
WAIT = "care_wait_minutes"
RUNGS = ("care_ladder_1_minutes", "care_ladder_2_minutes", "care_ladder_3_minutes")
KIND = "0901"  # an elder who lives alone does not answer: class E
REPORT = ".danger"  # how the id of a visit's report ends


def shuts_at(visit: Visit, numbers: Numbers) -> datetime | None:
    """When its courier has waited long enough."""
    ringing = visit.run.ringing_at
    return ringing + numbers.minutes(WAIT) if ringing and visit.state is S.ARRIVED else None


def climbs_at(visit: Visit, numbers: Numbers) -> datetime | None:
    """When it comes to the next rung."""
    since, rung = visit.run.taken_over_at, visit.run.rung
    if visit.state is not S.UNANSWERED or since is None or rung >= len(RUNGS):
        return None
    return since + numbers.minutes(RUNGS[rung])


def reports_at(visit: Visit, _: Numbers) -> datetime | None:
    """When a danger to life is to be reported."""
    return visit.run.danger_at if visit.run.report_id is None else None


def shut(visit: Visit, by: By) -> Step:
    """He has rung and waited: he is free, and the village looks after it."""
    return _taken_over(visit, A.FALL_DUE, by, visit.run, TakenOver.NO_ANSWER)


def taken_over(visit: Visit, by: By) -> Step | None:
    """By hand, where a run stays open or somebody rings up; None where it is the village's. Raises IllegalAction."""
    if visit.state is S.UNANSWERED:
        return None
    return _taken_over(visit, A.TAKE_OVER, by, visit.run, TakenOver.BY_HAND)


def left_twice(visit: Visit, by: By, run: Run, facts: Mapping[str, object]) -> Step:
    """The second meal in a row that nobody was seen to take."""
    return _taken_over(visit, A.HAND_OVER, by, run, TakenOver.LEFT_BEHIND, deed="left_behind", facts=facts)


def climbed(visit: Visit, by: By) -> Step:
    """Nobody has found out yet: who is to hear of it hears."""
    rung = visit.run.rung + 1
    run = replace(visit.run, rung=rung)
    if rung == len(RUNGS):
        run = _danger(run, Danger.UNANSWERED, by.at)
    return stepped(visit, A.FALL_DUE, S.UNANSWERED, deed=f"ladder_{rung}", by=by, run=run)


def settled(visit: Visit, found: FoundOut, by: By) -> Step | None:
    """Somebody has found out; None where that is said already. Where nobody knows, that is reported at once.

    Raises IllegalAction (`visit_state`).
    """
    if visit.run.found is found:
        return None
    run = replace(visit.run, found=found, closed_at=by.at)
    if found is FoundOut.NOT_KNOWN:
        run = _danger(run, Danger.NOT_KNOWN, by.at)
    elif run.danger is not Danger.ABNORMAL:
        run = replace(run, danger=None, danger_at=None)
    facts = {"found": found, "rung": run.rung}
    return stepped(visit, A.SETTLE, S.DONE, deed="settled", by=by, facts=facts, run=run, ended_at=by.at)


def endangered(run: Run, welfare: Welfare | None, at: datetime) -> Run:
    """The run, from which a danger to life is to be reported where somebody was found not to be well."""
    if welfare is not Welfare.ABNORMAL:
        return run
    return _danger(replace(run, welfare=run.welfare or welfare), Danger.ABNORMAL, at)


def report_id(visit_id: str) -> str:
    """The one report of a danger to life that comes of a visit."""
    return f"{visit_id}{REPORT}"


def visit_of(report_id: str) -> str | None:
    """The visit that a report came of, None where it is not such a report."""
    return report_id.removesuffix(REPORT) if report_id.endswith(REPORT) else None


def reported(visit: Visit, report_id: str, by: By) -> Step | None:
    """The report is there; None where it was."""
    if visit.run.report_id:
        return None
    return _marked(visit, "reported", by, facts={"report": report_id, "why": visit.run.danger}, report_id=report_id)


def verified(visit: Visit, by: By) -> Step | None:
    """What its courier found was true; None where that is known, and where it was not he who found it."""
    if visit.run.danger is not Danger.ABNORMAL or visit.run.verified_at:
        return None
    late = (one.courier_id for one in visit.run.late if one.welfare is Welfare.ABNORMAL)
    facts = {"report": report_id(visit.id)}
    step = _marked(visit, "anomaly_verified", by, facts=facts, verified_at=by.at)
    return replace(step, person_id=next(late, visit.courier_id))


def _marked(visit: Visit, deed: str, by: By, *, facts: Mapping[str, object], **marks: Any) -> Step:
    """What is true of it besides, in whatever state it is."""
    after = replace(visit, version=visit.version + 1, run=replace(visit.run, **marks))
    return Step(before=visit, after=after, deed=deed, by=by, person_id=visit.courier_id, facts=facts)


def _danger(run: Run, danger: Danger, at: datetime) -> Run:
    return run if run.danger_at else replace(run, danger=danger, danger_at=at)


def _taken_over(
    visit: Visit,
    action: VisitAction,
    by: By,
    run: Run,
    why: TakenOver,
    *,
    deed: str = "taken_over",
    facts: Mapping[str, object] | None = None,
) -> Step:
    run = replace(run, taken_over_at=by.at, taken_over=why)
    told = {"why": why, **(facts or {})}
    return stepped(visit, action, S.UNANSWERED, deed=deed, by=by, facts=told, run=run)
