"""A week's summaries: for each village what came of its reports, for each company what its couriers did.

A company never learns who reported, and nothing of so few of its couriers that it could guess: fewer than
`small_group` stand together under `others`, or nowhere. No sum is told from which one could be subtracted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.figures.weeks import Effort
from chalicelib.domain.people.model import Role

READERS = frozenset({Role.CENTRE, Role.COMMITTEE, Role.AUDITOR})
OTHERS = ""  # the name of companies too small to be told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """How many couriers took part in a village, and how many reports of the busiest one were found true."""

    couriers: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """How many of a company's couriers took part, what they filed, and how much of it was found true and solved."""

    name: str
    couriers: int
    filed: int
    verified: int
    solved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """A township's summary of a week for companies; local days, UTC times."""

    township: str
    week: str
    first: str
    last: str
    as_of: datetime
    companies: tuple[Company, ...]


def helped(efforts: Iterable[Effort]) -> dict[str, Helped]:
    """Of each village, without names."""
    verified: dict[str, list[int]] = {}
    for one in efforts:
        verified.setdefault(one.village, []).append(one.verified)
    return {village: Helped(couriers=len(counts), most=max(counts)) for village, counts in verified.items()}


def companies(efforts: Iterable[Effort], employers: Mapping[str, str], *, least: int) -> tuple[Company, ...]:
    """By name, the small ones together last; those whose employer is not known count among the small."""
    of_courier: dict[str, list[Effort]] = {}
    for one in efforts:
        of_courier.setdefault(one.courier_id, []).append(one)
    groups: dict[str, list[str]] = {}
    for courier in of_courier:
        groups.setdefault(employers.get(courier, "").strip(), []).append(courier)
    small = [name for name, couriers in groups.items() if not name or len(couriers) < least]
    together = [courier for name in small for courier in groups.pop(name)]
    if len(together) >= least:
        groups[OTHERS] = together
    names = sorted(groups, key=lambda name: (name == OTHERS, name))
    return tuple(_company(name, [one for courier in groups[name] for one in of_courier[courier]]) for name in names)


def _company(name: str, efforts: list[Effort]) -> Company:
    return Company(
        name=name,
        couriers=len({one.courier_id for one in efforts}),
        filed=sum(one.filed for one in efforts),
        verified=sum(one.verified for one in efforts),
        solved=sum(one.solved for one in efforts),
    )
