"""Couriers' rounds laid over the grids (双网合一, DOMAIN §1): who covers what, where couriers lack, who would fit.

A courier covers the grids that he declared of the villages on his round, all of them where he declared none.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from chalicelib.domain.areas.model import Area

type Rounds = Mapping[str, frozenset[str]]  # courier → grids


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """How many couriers cover a grid. `lacks`: fewer than there should be. `employers`: of those that have enough
    couriers there to be told apart; `others`: how many deliver for the rest."""

    grid: Area
    couriers: int
    lacks: bool
    employers: tuple[tuple[str, int], ...]
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What fits a courier: the grids he covers, and those beside them that lack couriers."""

    covers: tuple[str, ...]
    nearby: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A courier who could take a grid: he covers these beside it, and so many in all."""

    person_id: str
    beside: tuple[str, ...]
    covers: int


def rounds(declared: Iterable[tuple[str, str]], grids: Iterable[Area]) -> dict[str, frozenset[str]]:
    """Which grids each courier covers, of (village, courier)."""
    inside: dict[str, list[str]] = {}
    for grid in grids:
        inside.setdefault(grid.parent, []).append(grid.code)
    found: dict[str, set[str]] = {}
    for village, person in declared:
        found.setdefault(person, set()).update(inside.get(village, ()))
    return {person: frozenset(codes) for person, codes in found.items()}


def staffed(
    grids: Iterable[Area], held: Rounds, employers: Mapping[str, str], *, enough: int, small: int
) -> list[Staffed]:
    """Every grid with how many cover it, those that lack most first; fewer than `small` of one employer are not told
    apart."""
    by_grid: dict[str, list[str]] = {}
    for person, codes in held.items():
        for code in codes:
            by_grid.setdefault(code, []).append(person)
    found = [_staffed(grid, by_grid.get(grid.code, []), employers, enough, small) for grid in grids]
    return sorted(found, key=lambda one: (one.couriers, one.grid.code))


def lacking(grids: Iterable[Area], held: Rounds, *, enough: int) -> frozenset[str]:
    """Codes of the grids that fewer cover than there should be."""
    counts = Counter(code for codes in held.values() for code in codes)
    return frozenset(grid.code for grid in grids if counts[grid.code] < enough)


def fit(own: Collection[str], beside: Mapping[str, Collection[str]], lacks: Collection[str]) -> Fit:
    """What fits somebody who covers these grids."""
    near = {other for code in own for other in beside.get(code, ())}
    return Fit(covers=tuple(sorted(own)), nearby=tuple(sorted((near - set(own)) & set(lacks))))


def candidates(grid: str, held: Rounds, beside: Mapping[str, Collection[str]]) -> list[Candidate]:
    """Who covers grids beside this one and not itself: who knows most of what lies around it, then who has least."""
    near = frozenset(beside.get(grid, ()))
    found = [
        Candidate(person_id=person, beside=tuple(sorted(codes & near)), covers=len(codes))
        for person, codes in held.items()
        if codes & near and grid not in codes
    ]
    return sorted(found, key=lambda one: (-len(one.beside), one.covers, one.person_id))


def _staffed(grid: Area, people: list[str], employers: Mapping[str, str], enough: int, small: int) -> Staffed:
    counts = Counter(employers.get(person, "") for person in people)
    told = sorted((name, count) for name, count in counts.items() if name and count >= small)
    return Staffed(
        grid=grid,
        couriers=len(people),
        lacks=len(people) < enough,
        employers=tuple(told),
        others=len(people) - sum(count for _, count in told),
    )
