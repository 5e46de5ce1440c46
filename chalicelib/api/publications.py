"""The publication of photos over HTTP: a person says that everybody may see one, or takes that back."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api import marks
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.marks import Covered, PublicationView
from chalicelib.domain.publications import MOST_RECTANGLES, FreeOf

api = Api(__name__)


class PhotoMark(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All four are named in `free_of`: with these rectangles painted over, the photo shows none of them."""

    free_of: Annotated[tuple[FreeOf, ...], Meta(max_length=8)]
    rectangles: Annotated[tuple[Covered, ...], Meta(max_length=MOST_RECTANGLES)] = ()


@api.route("/reports/{report_id}/photos/{photo_id}/publication", methods=["PUT"], authorizer=authorize)
def publish_photo(ask: Ask, report_id: str, photo_id: str, body: PhotoMark) -> PublicationView:
    """Let everybody see a photo, with parts of it painted over on a copy; the original stays. For grid member, village,
    centre and lead, but not for their own report. If-Match: the version of the publication that was read, 0 if none."""
    from chalicelib.services.reports import publications

    said = publications.publish(
        report_id,
        photo_id,
        free_of=body.free_of,
        rectangles=[marks.rectangle(one) for one in body.rectangles],
        version=ask.version,
        by=ask.actor,
        now=ask.now,
    )
    return marks.publication(said)


@api.route("/reports/{report_id}/photos/{photo_id}/publication", methods=["DELETE"], authorizer=authorize)
def unpublish_photo(ask: Ask, report_id: str, photo_id: str) -> PublicationView:
    """Take that back, for the same people: no new links are given from now on, and the public copies are erased."""
    from chalicelib.services.reports import publications

    said = publications.withdraw(report_id, photo_id, version=ask.version, by=ask.actor, now=ask.now)
    return marks.publication(said)
