"""What an export of the ledger reads: the township's entries of some local days, oldest first, and whose they are."""

from collections.abc import Iterator, Sequence

from chalicelib.domain.exports import ledger as table
from chalicelib.domain.exports.covers import Shown
from chalicelib.domain.exports.jobs import Cursor, Job
from chalicelib.domain.exports.rows import NOBODY, Person, Words
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.calendar import instants
from chalicelib.store.people import people
from chalicelib.store.points import ledger

opening = table.opening


def entries(job: Job) -> Iterator[tuple[Cursor, Transfer]]:
    """Behind the last one that is in the parts, each with its place: a query a local month, a page at a time."""
    start, end = instants(job.first, job.last)
    after = job.upload.cursor[0] if job.upload.cursor else ""
    for moment, entry in ledger.oldest_first(start, end, after=after):
        yield (moment, ""), entry


def rows(job: Job, batch: Sequence[Transfer], words: Words) -> Iterator[bytes]:
    """Their rows; of couriers nothing is read that is not shown."""
    cover = table.cover(job)
    shown = {entry.courier_id for entry in batch} if cover.courier is not Shown.HIDDEN else set()
    known = {one.id: Person(name=one.name, phone=one.phone) for one in people.several(shown)}
    for entry in batch:
        courier = known.get(entry.courier_id, NOBODY)
        yield table.row(table.Posted(entry=entry, courier=courier, cover=cover), words)
