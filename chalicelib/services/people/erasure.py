"""Forgetting what a report leaves behind when its time is over.

Each may be repeated, so that a crash between any two steps is made good. Each answers whether there was
anything left to forget; with `dry` it only looks.
"""

from collections.abc import Callable, Iterable
from itertools import batched

from chalicelib.domain import anonymity
from chalicelib.domain.fraud.findings import of_photos
from chalicelib.domain.photos import Photo, State
from chalicelib.domain.reports.model import Report
from chalicelib.gateways import files
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings
from chalicelib.store.reports import lanes, photos, reports

AT_ONCE = 1000  # S3 deletes no more in one call
LINES = 50  # of history in one transaction, which takes a hundred writes: a report has 30 photos at most


def originals(report: Report, *, dry: bool) -> bool:
    """The photos as they were sent, and before them what findings hold of them."""
    due = [photo for photo in photos.of(report.id) if photo.found and photo.has_original]
    if due and not dry:
        findings.forget_originals(id for by in {photo.by for photo in due} for id in of_photos(report.id, by))
        files.delete_all([photo.original for photo in due])
        photos.erase_originals(due)
    return bool(due)


def shown(report: Report, *, dry: bool) -> bool:
    """The copies that were shown, to the parties and to everybody."""
    due = [photo for photo in photos.of(report.id) if photo.state is State.READY]
    if due and not dry:
        files.delete_all([photo.shown(name) for photo in due for name in photo.copies])
        _unpublish(due)
        photos.erase_shown(due)
    return bool(due)


def _unpublish(due: Iterable[Photo]) -> None:
    """Every copy that a marking may have left: its worker may have died before it erased those of the one before."""
    keys = [
        key
        for photo in due
        if photo.publication
        for n in range(photo.publication.number)
        for key in photo.public(n + 1)
    ]
    for some in batched(keys, AT_ONCE, strict=False):
        files.delete_all(some)


def text(report: Report, *, dry: bool) -> bool:
    """The words of a report and of its history, and who reported it. Its head comes last: it says that this is done.

    Raises StaleVersion if somebody acts on it meanwhile.
    """
    if anonymity.is_anonymous(report) or dry:
        return not anonymity.is_anonymous(report)
    for lines in batched(history.of(report.id), LINES, strict=False):
        part = Transaction()
        for line in lines:
            history.strip(anonymity.wordless(line), part)
        part.commit()
    transaction = Transaction()
    reports.put(after := anonymity.anonymous(report), transaction=transaction)
    lanes.enter(after, transaction)
    reports.erase_text(report.id, transaction=transaction)
    own = [photo for photo in photos.of(report.id) if photo.by == report.reporter_id]
    photos.disown(own, anonymity.nobody(report.id), transaction)
    transaction.commit()
    return True


OF_REPORTS: dict[str, Callable[..., bool]] = {
    "photo_original": originals,
    "photo_shown": shown,
    "report_text": text,
}
