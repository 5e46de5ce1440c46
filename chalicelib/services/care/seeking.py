"""Somebody is looked for, for a visit that nobody has: the next one is asked, or it is looked again later."""

from datetime import datetime
from functools import partial

from chalicelib.domain.care import offering
from chalicelib.domain.care.matching import Choice
from chalicelib.domain.care.model import Step, Visit, clock
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.errors import Conflict
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.services.care import candidates, steps
from chalicelib.services.reference import rulebook
from chalicelib.store.care import visits

FILLED = frozenset({"care_open_runs", "care_overlap", "care_offers_paused"})  # by another offer, since one looked
TRIES = 5  # each that is lost means that whoever was chosen was asked for something else meanwhile


def seek(visit_id: str, *, now: datetime) -> None:
    """Ask the next one, where somebody is to be looked for by now; else nothing.

    A read, what `candidates.best` takes, then a read of the visit and of a book, and one transaction.
    """
    numbers = rulebook.in_force(now=now).numbers
    for _ in range(TRIES):
        visit = visits.find(visit_id)
        if visit is None or not _is_sought(visit, now):
            return
        decide = partial(_ask, visit.version, candidates.best(visit, now=now), numbers, now)
        try:
            steps.change(visit_id, decide, now=now)
            return
        except Conflict as refusal:
            if refusal.rule not in FILLED:
                raise


def _is_sought(visit: Visit, now: datetime) -> bool:
    return visit.state is VisitState.PLANNED and visit.seek_at is not None and visit.seek_at <= now < visit.end


def _ask(version: int, choice: Choice | None, numbers: Numbers, now: datetime, one: Visit) -> Step | None:
    """Nothing where the visit is not what it was when one looked."""
    if one.version != version:
        return None
    if choice is None:
        return offering.found_nobody(one, clock(now), numbers)
    return offering.offered(one, choice, clock(now), numbers)
