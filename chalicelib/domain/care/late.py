"""A step that came when the visit was its courier's no more: it changes nothing, and is never lost."""

from dataclasses import replace

from chalicelib.domain.care import ladder
from chalicelib.domain.care.model import By, Step, Visit
from chalicelib.domain.care.record import Late
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.care.told import ACTIONS, Check, GiveUp, HandOver, Told
from chalicelib.domain.errors import Conflict, IllegalAction, NotFound

S = VisitState
MOST = 20  # of one visit
HIS_NO_MORE = frozenset({S.UNANSWERED, S.DONE, S.MISSED, S.CANCELLED, S.SET_ASIDE})
NOTED = "noted"  # the deed


def noted(visit: Visit, told: Told, by: By) -> Step:
    """It is his no more. Whoever looks after the visit by now reads of it; that somebody is not well is never too late.

    Raises NotFound (`no_such_visit`), IllegalAction (`visit_state`), Conflict (`too_many_notes`).
    """
    action = ACTIONS[type(told)]
    if not had(visit, by.id):
        raise NotFound("no_such_visit", visit=visit.id)
    if isinstance(told, GiveUp) or visit.state is S.SET_ASIDE:
        raise IllegalAction("visit_state", action=action, state=visit.state)
    if len(visit.run.late) >= MOST:
        raise Conflict("too_many_notes", most=MOST)
    welfare = told.welfare if isinstance(told, Check) else None
    proof = told.proof if isinstance(told, HandOver) and told.fits else None
    note = Late(courier_id=by.id, action=action, at=by.at, proof=proof, welfare=welfare)
    run = replace(visit.run, late=(*visit.run.late, note))
    after = replace(visit, version=visit.version + 1, run=ladder.endangered(run, welfare, by.at))
    facts = {"action": action, "proof": proof, "welfare": welfare, "state": visit.state}
    return Step(before=visit, after=after, deed=NOTED, by=by, person_id=by.id, facts=facts)


def had(visit: Visit, courier_id: str) -> bool:
    """Whether somebody had it once, and neither let go of it nor let it lapse."""
    if visit.courier_id == courier_id:
        return visit.state in HIS_NO_MORE
    return courier_id in visit.asked and courier_id not in {*visit.decliners, *visit.silent}
