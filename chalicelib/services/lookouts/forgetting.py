"""Forgetting a look-out some days after it was over, and what somebody answered when he is forgotten.

Each step may be repeated. How many answered what is counted before anything goes; the look-out itself stays last in the
list of what is due, so that a crash between any two steps is made good by the next run.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.lookouts import answering, asking
from chalicelib.domain.lookouts.model import Lookout, Tally
from chalicelib.gateways import files
from chalicelib.services.reference import terms
from chalicelib.store.base import Transaction
from chalicelib.store.lookouts import answers as said
from chalicelib.store.lookouts import lookouts as store
from chalicelib.store.reports import photos

TERM = "lookout"  # in `data/retention.csv`


def due(*, now: datetime, limit: int) -> list[str]:
    """What was over so long ago that the retention table lets go of it: one query."""
    return store.over_before(now - terms.kept(TERM, now=now), limit=limit)


def forget(lookout_id: str) -> bool:
    """Let go of its words, photos and answers; whether there was anything. A read, a query, a query for each photo, a
    call for fifty answers, two writes. Raises StaleVersion where another run does it at the same time."""
    lookout = store.find(lookout_id)
    if lookout is None or lookout.ended_at is None or lookout.erased:
        return False
    behind = said.behind(lookout_id)
    counted = _counted(lookout, answering.tally(behind.asked, behind.answers))
    _erase_photos([lookout_id, *(one.id for one in behind.answers)])
    said.erase(lookout_id, behind)
    _put(asking.erased(counted, counted.tally))
    return True


def forget_answers(person_id: str) -> None:
    """Let go of where somebody was when he answered, and of his photos; that he has seen something stays, under an id
    that leads to nobody: a query, and up to three calls for each."""
    for answer in said.answers_of(person_id):
        _erase_photos([answer.id])
        if answer.place or answer.has_photo:
            transaction = Transaction()
            said.put_answer(answering.stripped(answer), transaction)
            transaction.commit()


def _counted(lookout: Lookout, tally: Tally) -> Lookout:
    """With how many answered what, unless a run that died had counted before it erased."""
    if lookout.tally != Tally() or tally == Tally():
        return lookout
    after = replace(lookout, tally=tally, version=lookout.version + 1)
    _put(after)
    return after


def _put(lookout: Lookout) -> None:
    transaction = Transaction()
    store.put(lookout, transaction)
    transaction.commit()


def _erase_photos(ids: Iterable[str]) -> None:
    for id in ids:
        if held := [photo for photo in photos.of(id) if photo.has_original]:
            photos.erase_shown(held)
            files.delete_all([key for photo in held for key in (photo.original, *map(photo.shown, photo.copies))])
            photos.erase_originals(held)
