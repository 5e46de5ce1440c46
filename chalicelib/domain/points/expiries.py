"""What expiry takes out of a courier's lots, and what of it is given back because it was not his to lose.

What is taken back later, out of a lot that has expired, went with that lot already: nobody loses a point twice. So as
much of the expiry as is needed is undone, by entries that name it (`corrects`) and hang on it by their ids.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.points.terms import Kind
from chalicelib.domain.points.transfers import Transfer, moved
from chalicelib.domain.reference.calendar import local_day


def beginning(lot: str) -> str:
    """What the ids of all entries of a lot's expiry begin with, also of those that undo some of it."""
    return f"expiry-{lot}-"


def lost(courier_id: str, lot: str, change: Mapping[str, int], *, at: datetime) -> Transfer:
    """The entry by which a lot expires; there is one a local day."""
    about = f"{beginning(lot)}{local_day(at)}"
    points, id = sum(change.values()), f"{about}#{Kind.EXPIRE}"
    return moved(courier_id, points, Kind.EXPIRE, id=id, event_id=about, at=at, lots=change)


def restored(expiry: Sequence[Transfer], lot: str, short: int, *, cause: Transfer) -> list[Transfer]:
    """Entries that undo as much of a lot's expiry as it is `short` by, because of another entry, the oldest first.

    `expiry` is all that begins so. Their ids are numbered, so that of two at the same moment one is tried again.
    """
    undone = []
    for old in sorted((one for one in expiry if not one.corrects), key=lambda one: one.id):
        before = [one for one in expiry if one.corrects == old.id]
        points = min(short, old.amount - sum(one.amount for one in before))
        if points > 0:
            short -= points
            undone.append(_undoing(old, lot, points, number=len(before) + 1, cause=cause))
    return undone


def _undoing(old: Transfer, lot: str, points: int, *, number: int, cause: Transfer) -> Transfer:
    entry = moved(
        old.courier_id,
        points,
        Kind.EXPIRE,
        id=f"{old.id}#{number}",
        event_id=cause.event_id,
        at=max(old.at, cause.at),
        lots={lot: points},
    )
    return replace(entry, corrects=old.id)
