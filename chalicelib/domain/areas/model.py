"""A township's areas, and which of them a place belongs to.

A place belongs to the grid that contains it or, within 1 cm, touches it; of several (a shared border) to the one with
the lowest code. Outside every grid it goes to the nearest within 300 m, else to the centre (DOMAIN §1).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from chalicelib.domain.areas.polygons import Outline, gap
from chalicelib.domain.places import Point

NEAREST_WITHIN_M = 300
# The unit in which outlines are kept. So a place on a border stays with its grid when it is stated in another system.
BORDER_M = 0.01


class How(StrEnum):
    """How a place found its area."""

    INSIDE = "inside"
    NEAREST = "nearest"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A village (12-digit code, its parent the township) or a grid (15 digits, its parent the village)."""

    code: str
    name: str
    name_en: str
    parent: str
    outline: Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """A township with its villages and grids in the order of their codes.

    `cells` is the index: for every cell that some grid overlaps, the positions of those grids in `grids`, ascending.
    """

    township: str
    name: str
    villages: tuple[Area, ...]
    grids: tuple[Area, ...]
    cells: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a place belongs: village and grid are None with the centre, `distance_m` is set with the nearest grid."""

    how: How
    township: str
    village: str | None = None
    grid: str | None = None
    distance_m: float | None = None


def indexed(areas: Areas, *, cover: Callable[[Outline], Iterable[str]]) -> Areas:
    """The areas with their index of cells; `cover` gives the cells that an outline overlaps."""
    cells: dict[str, list[int]] = {}
    for i, grid in enumerate(areas.grids):
        for cell in cover(grid.outline):
            cells.setdefault(cell, []).append(i)
    return replace(areas, cells=dict(sorted(cells.items())))


def locate(areas: Areas, point: Point, *, cell: str, around: Callable[[], Iterable[str]]) -> Location:
    """The area the place belongs to; never refuses.

    `cell` is the place's cell of the index, `around()` every cell within 300 m: asked only outside every grid.
    """
    for i in areas.cells.get(cell, ()):
        if gap(areas.grids[i].outline, point) <= BORDER_M:
            return _inside(areas, areas.grids[i])
    return _nearest(areas, point, around())


def encode(areas: Areas) -> bytes:
    """The areas as the body of an edition: equal areas give equal bytes."""
    parts = {
        "township": areas.township,
        "name": areas.name,
        "villages": [_fields(area) for area in areas.villages],
        "grids": [_fields(area) for area in areas.grids],
        "cells": areas.cells,
    }
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def decode(body: bytes) -> Areas:
    """The areas from the body of an edition that `encode` made."""
    parts = json.loads(body)
    return Areas(
        township=parts["township"],
        name=parts["name"],
        villages=tuple(_area(*fields) for fields in parts["villages"]),
        grids=tuple(_area(*fields) for fields in parts["grids"]),
        cells=parts["cells"],
    )


def _inside(areas: Areas, grid: Area) -> Location:
    return Location(how=How.INSIDE, township=areas.township, village=grid.parent, grid=grid.code)


def _nearest(areas: Areas, point: Point, cells: Iterable[str]) -> Location:
    """Distances count in centimetres, so that of two grids that meet nearest to the place the lower code gets it."""
    near = {i for cell in cells for i in areas.cells.get(cell, ())}
    metres, i = min(((round(gap(areas.grids[i].outline, point), 2), i) for i in near), default=(None, 0))
    if metres is None or metres > NEAREST_WITHIN_M:
        return Location(how=How.CENTRE, township=areas.township)
    if metres <= BORDER_M:
        return _inside(areas, areas.grids[i])
    grid = areas.grids[i]
    return Location(how=How.NEAREST, township=areas.township, village=grid.parent, grid=grid.code, distance_m=metres)


def _fields(area: Area) -> list[object]:
    return [area.code, area.name, area.name_en, area.parent, area.outline]


def _area(code: str, name: str, name_en: str, parent: str, outline: Sequence[Any]) -> Area:
    return Area(code=code, name=name, name_en=name_en, parent=parent, outline=tuple(_polygons(outline)))


def _polygons(parts: Sequence[Any]) -> Iterator[Any]:
    """Tuples again of what JSON knows as lists."""
    for rings in parts:
        yield tuple(tuple(map(tuple, ring)) for ring in rings)
