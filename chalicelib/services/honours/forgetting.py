"""Forgetting what is kept of somebody's honours: when he is forgotten himself, or when the time of his case is over.

Each step may be repeated, and the case goes last, so that a crash between any two is made good by the next run.
"""

from datetime import datetime

from chalicelib.domain.honours.sentinels import FIRST_YEAR, list_id, local_year
from chalicelib.services.honours.own import leave_lists
from chalicelib.services.reference import terms
from chalicelib.store.base import Transaction
from chalicelib.store.honours import cases as store
from chalicelib.store.honours import records

KINDS = (store.STANDING, store.WITHDRAWN)


def due(kind: str, *, now: datetime, limit: int) -> list[str]:
    """Whose case took its last step so long ago that the retention table lets go of it: one query."""
    return store.ended_before(kind, now - terms.kept(kind, now=now), limit=limit)


def forget(person_id: str, *, now: datetime) -> bool:
    """Let go of his case, his evidence, his places on lists and what was said of him there; whether there was a case.

    A read, a query for each year that there were sentinels and one of the case, a call a hundred items. Raises
    StaleVersion where the committee changes one of the lists meanwhile.
    """
    case = store.find(person_id)
    if case is None:
        return False
    transaction = Transaction()
    if leave_lists(case, transaction, now=now):  # not where a run that died had done it
        transaction.commit()
    for year in range(FIRST_YEAR, local_year(now) + 1):
        records.silence(list_id(case.township, year), person_id)
    store.forget(person_id)
    return True
