"""What was said of a photo's publication stands in the photo's own item (table `photos`).

Two who decide at once: the number that was read is a condition of the write. Whether the copies of a number are drawn
is noted apart, under the condition that the number is still the last one.
"""

import msgspec

from chalicelib.domain.errors import Conflict
from chalicelib.domain.photos import Photo, State
from chalicelib.domain.publications import Publication
from chalicelib.store.base import Transaction
from chalicelib.store.reports.photos import PhotoItem


def put(photo: Photo, said: Publication, transaction: Transaction) -> None:
    """Store what was said of the photo as it was read. Refuses with Conflict (`marked_meanwhile`)."""
    before = photo.publication
    unchanged = (
        PhotoItem.publication_number == before.number if before else PhotoItem.publication_number.does_not_exist()
    )
    body = msgspec.json.encode(said).decode()
    transaction.update(
        PhotoItem(photo.report_id, photo.id),
        [PhotoItem.publication.set(body), PhotoItem.publication_number.set(said.number)],
        unchanged & (PhotoItem.state == State.READY),
        Conflict("marked_meanwhile", photo=photo.id),
    )


def note_drawn(photo: Photo, number: int) -> bool:
    """Note that the copies of this number stand; whether it still is the last one of a photo that may be shown."""
    current = (PhotoItem.publication_number == number) & (PhotoItem.state == State.READY)
    return PhotoItem(photo.report_id, photo.id).update_if(current, [PhotoItem.publication_drawn.set(number)])
