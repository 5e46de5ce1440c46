"""The shape of a photo's publication, and how it comes from the domain."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.domain.photos import Photo
from chalicelib.domain.publications import Publication, Rectangle

Fraction = Annotated[float, Meta(ge=0, le=1)]


class Covered(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the upright picture that is painted over: fractions of its width and height, from the upper left."""

    left: Fraction
    top: Fraction
    right: Fraction
    bottom: Fraction


class PublicationView(Struct, frozen=True, kw_only=True):
    """Whether everybody may see the photo: `drawing` until the copies stand, `public`, or `withdrawn`."""

    version: int
    state: str
    rectangles: list[Covered]
    at: Annotated[datetime, Meta(tz=True)]


def publication(said: Publication) -> PublicationView:
    """What was said last, without who said it: that stands in the history, for staff."""
    state = "public" if said.stands else "drawing" if said.on else "withdrawn"
    covered = [Covered(left=r.left, top=r.top, right=r.right, bottom=r.bottom) for r in said.rectangles]
    return PublicationView(version=said.number, state=state, rectangles=covered, at=said.at)


def of(photo: Photo) -> PublicationView | None:
    """The photo's publication, if anybody ever decided on it."""
    return publication(photo.publication) if photo.publication else None


def rectangle(body: Covered) -> Rectangle:
    """A rectangle as the domain has it."""
    return Rectangle(left=body.left, top=body.top, right=body.right, bottom=body.bottom)
