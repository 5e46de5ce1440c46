"""A photo's publication: a person's word that everybody may see a copy of it, parts covered where need be (DOMAIN §2).

Each marking has a number, and so has each withdrawal. The copies of a marking stand under its number, so what is shown
is what was marked last or nothing: no copy is ever written over.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import Invalid

MOST_RECTANGLES = 50


class FreeOf(StrEnum):
    """What somebody says that he has looked for, and that the picture does not show once the rectangles cover it."""

    FACES = "faces"
    PLATES = "plates"
    WAYBILLS = "waybills"
    INTERIORS = "interiors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A part of the upright picture, in fractions of its width and height from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The last word on a photo. `number` counts words; `on`: it may be shown; `drawn` is the number whose copies stand.

    `by` said so at `at` (UTC), as the party `as_role`.
    """

    number: int
    on: bool
    rectangles: tuple[Rectangle, ...]
    by: str
    as_role: str
    at: datetime
    drawn: int = 0

    @property
    def stands(self) -> bool:
        """Whether its copies may be shown: they are drawn, and nobody has said anything else since."""
        return self.on and self.drawn == self.number


def marked(
    before: Publication | None, rectangles: tuple[Rectangle, ...], *, by: str, as_role: str, now: datetime
) -> Publication:
    """The photo may be shown, with these parts covered. Said before just so, it stays as it is, once its copies stand.

    Where they do not, this is a new word: whoever was to draw them may never come.
    """
    if before and before.stands and before.rectangles == rectangles:
        return before
    return Publication(number=_next(before), on=True, rectangles=rectangles, by=by, as_role=as_role, at=now)


def repeats(before: Publication, rectangles: tuple[Rectangle, ...], *, version: int | None) -> bool:
    """Whether somebody who had read an older word says what has been said since: most likely he has said it himself,
    and the answer got lost."""
    return before.on and before.rectangles == rectangles and version not in (None, before.number)


def withdrawn(before: Publication, *, by: str, as_role: str, now: datetime) -> Publication:
    """It may not be shown any more."""
    if not before.on:
        return before
    return replace(before, number=_next(before), on=False, rectangles=(), by=by, as_role=as_role, at=now)


def require_looked(free_of: Iterable[FreeOf]) -> None:
    """All four are affirmed, each by name. Raises Invalid (`free_of_all_four`)."""
    if missing := set(FreeOf) - set(free_of):
        raise Invalid("free_of_all_four", missing=", ".join(sorted(missing)))


def require_whole(rectangles: Iterable[Rectangle]) -> None:
    """Raises Invalid (`rectangle_empty`) for one that covers nothing: whoever drew it meant to cover something."""
    for number, one in enumerate(rectangles, start=1):
        if not (0 <= one.left < one.right <= 1 and 0 <= one.top < one.bottom <= 1):
            raise Invalid("rectangle_empty", number=number)


def key(report_id: str, photo_id: str, number: int, name: str) -> str:
    """Where a public copy stands: under the number of its marking."""
    return f"public/{report_id}/{photo_id}/{number}/{name}"


def _next(before: Publication | None) -> int:
    return before.number + 1 if before else 1
