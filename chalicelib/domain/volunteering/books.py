"""What somebody has promised for when: no two places overlap, and the write of either is refused where they would."""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.errors import CapReached, Conflict
from chalicelib.domain.reference.calendar import local_minute
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.volunteering.attendance import Book, Promise
from chalicelib.domain.volunteering.model import Slot

PAST = timedelta(days=2)  # what ended before is promised no longer
LATE_CANCELS, LATE_DAYS = "slot_late_cancels", "slot_late_cancel_days"
MOST = 90  # promises at once: more than anybody keeps, and one item


def promise(slot: Slot) -> Promise:
    """The slot as it stands in a book."""
    return Promise(slot_id=slot.id, start=slot.terms.start, end=slot.terms.end)


def clash(book: Book, wanted: Promise) -> Promise | None:
    """What he has a place in at that time; None where he is free."""
    others = (one for one in book.held if one.slot_id != wanted.slot_id)
    return next((one for one in others if one.start < wanted.end and wanted.start < one.end), None)


def require_free(book: Book, wanted: Promise) -> None:
    """Raises Conflict (`slot_clash`)."""
    if other := clash(book, wanted):
        raise Conflict("slot_clash", start=local_minute(other.start), end=local_minute(other.end))


def require_reliable(book: Book, *, now: datetime, numbers: Numbers) -> None:
    """Raises CapReached (`late_cancels_reached`) for who cancelled late too often in the last days."""
    cap, since = numbers.count(LATE_CANCELS), now - numbers.days(LATE_DAYS)
    if sum(at > since for at in book.late) >= cap:
        raise CapReached("late_cancels_reached", cap=cap, days=numbers.count(LATE_DAYS))


def held(book: Book, slot: Slot, *, now: datetime) -> Book:
    """With a place in it. Raises Conflict (`slot_clash`), CapReached (`promises_reached`)."""
    wanted = promise(slot)
    require_free(book, wanted)
    return _with(without(book, slot.id, now=now), held=wanted)


def waiting(book: Book, slot: Slot, *, now: datetime) -> Book:
    """Waiting for it. Raises CapReached (`promises_reached`)."""
    return _with(without(book, slot.id, now=now), waits=promise(slot))


def without(book: Book, slot_id: str, *, now: datetime) -> Book:
    """As it was before that slot; and without what is long over."""
    keep = [one for one in (*book.held, *book.waits) if one.slot_id != slot_id and one.end > now - PAST]
    return replace(
        book,
        held=tuple(one for one in book.held if one in keep),
        waits=tuple(one for one in book.waits if one in keep),
        version=book.version + 1,
    )


def late(book: Book, *, now: datetime, numbers: Numbers) -> Book:
    """With a late cancelling; those that count no longer go."""
    since = now - numbers.days(LATE_DAYS)
    return replace(book, late=(*(at for at in book.late if at > since), now))


def freed(before: Book, after: Book) -> tuple[str, ...]:
    """The slots that he waits for and has time for by now, and had not before."""
    return tuple(one.slot_id for one in after.waits if clash(before, one) and not clash(after, one))


def _with(book: Book, *, held: Promise | None = None, waits: Promise | None = None) -> Book:
    if len(book.held) + len(book.waits) >= MOST:
        raise CapReached("promises_reached", cap=MOST)
    return replace(
        book,
        held=(*book.held, held) if held else book.held,
        waits=(*book.waits, waits) if waits else book.waits,
    )
