"""Whether the areas of a township fit together. Surveyors' rounding is tolerated, mistakes are not.

Outlines may overlap, or stick out of what holds them, by connected pieces of up to 10 m², or of up to 1 m of mean
width however long: a border drawn twice, by two hands.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from typing import Protocol

from chalicelib.domain.areas.model import Area, Areas
from chalicelib.domain.areas.outlines import Piece, area_m2, bounds, close_pairs, mean_width_m, meets_itself
from chalicelib.domain.areas.polygons import Outline, Ring
from chalicelib.domain.errors import Invalid

TOLERATED_M2 = 10
TOLERATED_WIDTH_M = 1
SMALLEST_RING_M2 = 1
WIDEST_DEGREES = 0.5  # some 50 km; the index of cells stays small and a flat map true
TOWNSHIP_DIGITS, VILLAGE_DIGITS, GRID_DIGITS = 9, 12, 15


class Clipper(Protocol):
    """How outlines lie to each other: the connected pieces both cover, and those only the first covers."""

    def overlap(self, one: Outline, other: Outline, /) -> Iterable[Piece]: ...

    def excess(self, one: Outline, other: Outline, /) -> Iterable[Piece]: ...


def check(areas: Areas, clipper: Clipper) -> None:
    """Raise Invalid with the name of the first area that is wrong."""
    everything = [*areas.villages, *areas.grids]
    _check_codes(areas, everything)
    _check_width(everything)
    for area in everything:
        _check_rings(area)
        _check_parts(area, clipper)
    _check_siblings(areas.villages, clipper)
    for _, siblings in groupby(areas.grids, key=lambda grid: grid.parent):
        _check_siblings(list(siblings), clipper)
    _check_within(areas, clipper)


def _check_codes(areas: Areas, everything: Sequence[Area]) -> None:
    """Official codes nest: township 9 digits, village 12, grid 15, each beginning with its parent's."""
    if not _is_code(areas.township, TOWNSHIP_DIGITS):
        raise Invalid("areas_without_township")
    seen: set[str] = set()
    for area in everything:
        if area.code in seen:
            raise Invalid("area_code_duplicate", feature=area.name, area=area.code)
        seen.add(area.code)
    _check_level(areas.villages, VILLAGE_DIGITS, parents={areas.township})
    _check_level(areas.grids, GRID_DIGITS, parents={village.code for village in areas.villages})


def _check_level(level: Iterable[Area], digits: int, *, parents: set[str]) -> None:
    for area in level:
        if area.parent not in parents:
            raise Invalid("area_parent_unknown", feature=area.name, parent=area.parent)
        if not _is_code(area.code, digits) or not area.code.startswith(area.parent):
            raise Invalid("area_code_malformed", feature=area.name, area=area.code, digits=digits)


def _is_code(code: str, digits: int) -> bool:
    return len(code) == digits and code.isascii() and code.isdigit()


def _check_width(everything: Iterable[Area]) -> None:
    boxes = [bounds(area.outline) for area in everything]
    east_west = max(box.east for box in boxes) - min(box.west for box in boxes)
    north_south = max(box.north for box in boxes) - min(box.south for box in boxes)
    if max(east_west, north_south) > WIDEST_DEGREES:
        raise Invalid("areas_too_wide", most=WIDEST_DEGREES)


def _check_rings(area: Area) -> None:
    for ring in chain.from_iterable(area.outline):
        if meets_itself(ring):
            raise Invalid("ring_crosses_itself", feature=area.name)
        if area_m2(ring) < SMALLEST_RING_M2:
            raise Invalid("ring_too_small", feature=area.name, least_m2=SMALLEST_RING_M2)


def _check_parts(area: Area, clipper: Clipper) -> None:
    """Parts lie apart; holes lie apart and within their part."""
    for outer, *holes in area.outline:
        if any(_mistakes(clipper.excess(_alone(hole), _alone(outer))) for hole in holes):
            raise Invalid("hole_sticks_out", feature=area.name)
        _check_apart([_alone(hole) for hole in holes], area, clipper)
    _check_apart([(part,) for part in area.outline], area, clipper)


def _check_apart(outlines: Sequence[Outline], area: Area, clipper: Clipper) -> None:
    for i, j in close_pairs([bounds(outline) for outline in outlines]):
        if _mistakes(clipper.overlap(outlines[i], outlines[j])):
            raise Invalid("area_parts_overlap", feature=area.name)


def _check_siblings(siblings: Sequence[Area], clipper: Clipper) -> None:
    for i, j in sorted(close_pairs([bounds(area.outline) for area in siblings])):
        one, other = siblings[i], siblings[j]
        for piece in _mistakes(clipper.overlap(one.outline, other.outline)):
            raise Invalid("area_overlaps", feature=other.name, other=one.name, **_size(piece))


def _check_within(areas: Areas, clipper: Clipper) -> None:
    villages = {village.code: village for village in areas.villages}
    for grid in areas.grids:
        village = villages[grid.parent]
        for piece in _mistakes(clipper.excess(grid.outline, village.outline)):
            raise Invalid("area_sticks_out", feature=grid.name, other=village.name, **_size(piece))


def _mistakes(pieces: Iterable[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.area_m2 > TOLERATED_M2 and mean_width_m(piece) > TOLERATED_WIDTH_M]


def _size(piece: Piece) -> dict[str, object]:
    return {"area_m2": round(piece.area_m2), "width_m": round(mean_width_m(piece), 1)}


def _alone(ring: Ring) -> Outline:
    return ((ring,),)
