"""Use cases of the two networks in one (双网合一): which grids lack couriers, what fits a courier, who fits a grid.

What they stand on are rounds as couriers declared them, read by index for the whole township: a page a megabyte, and
never somebody's profile, but for the names that are shown.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from chalicelib.domain.areas import model as area_rules
from chalicelib.domain.areas.model import Areas
from chalicelib.domain.areas.neighbours import neighbours
from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.maps import overlap as rules
from chalicelib.domain.maps.overlap import Candidate, Fit, Staffed
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import CLOSED, Actor, Role, require_any
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.people import memberships
from chalicelib.store.people import people as persons
from chalicelib.store.people import rounds as store
from chalicelib.store.reference import reference

ENOUGH, SMALL = "grid_couriers", "small_group"  # in `data/numbers.csv`
MOST = 50  # candidates of a grid, named by one batch
NAMED = (Role.CENTRE, Role.COMMITTEE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """A township's grids, those that lack couriers first; `enough`: how many there should be in each, and how many
    `couriers` have a round here."""

    township: str
    enough: int
    couriers: int
    grids: list[Staffed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """Who could take a grid, each with his name; how many there are in all."""

    grid: str
    candidates: list[tuple[Candidate, str]]
    count: int


def township(*, by: Actor, now: datetime) -> Overlap:
    """Every grid with how many couriers cover it, for centre, committee and district: two queries.

    Raises Forbidden (`role_needed`, `not_your_area`).
    """
    held, numbers = areas.listing(now=now)[0], rulebook.in_force(now=now).numbers
    _require_reader(by, held.township)
    found, enough = _rounds(held), numbers.count(ENOUGH)
    employers = memberships.employers()
    grids = rules.staffed(held.grids, found, employers, enough=enough, small=numbers.count(SMALL))
    return Overlap(township=held.township, enough=enough, couriers=len(found), grids=grids)


def of_courier(person_id: str, *, by: Actor, now: datetime) -> Fit:
    """What fits a courier, for centre and committee, who are noted, and for himself: a query.

    Raises Forbidden (`role_needed`, `not_your_area`), Conflict (`no_round`).
    """
    held, numbers = areas.listing(now=now)[0], rulebook.in_force(now=now).numbers
    if by.id != person_id:
        require_any(by, NAMED, held.township)
        access.record(by, What.SAW_PERSON, person_id, now=now)
    found = _rounds(held)
    if not found.get(person_id):
        raise Conflict("no_round", person=person_id)
    lacks = rules.lacking(held.grids, found, enough=numbers.count(ENOUGH))
    return rules.fit(found[person_id], _beside(now), lacks)


def of_grid(grid: str, *, by: Actor, now: datetime) -> Fitting:
    """Who could take a grid, for centre and committee: a query, a batch of names, and the looks are noted in one call.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`unknown_area`).
    """
    held = areas.listing(now=now)[0]
    require_any(by, NAMED, held.township)
    if grid not in {area.code for area in held.grids}:
        raise Invalid("unknown_area", area=grid)
    found = rules.candidates(grid, _rounds(held), _beside(now))
    first = found[:MOST]
    known = {one.id: one for one in persons.several([one.person_id for one in first]) if one.state not in CLOSED}
    access.record_all(by, What.SAW_PERSON, list(known), now=now)
    named = [(one, known[one.person_id].name) for one in first if one.person_id in known]
    return Fitting(grid=grid, candidates=named, count=len(found))


def _rounds(held: Areas) -> dict[str, frozenset[str]]:
    return rules.rounds(store.of(held.township), held.grids)


def _require_reader(by: Actor, township: str) -> None:
    here = any(post.role is Role.DISTRICT and township.startswith(post.scope) for post in by.posts)
    if not here:
        if by.holds(Role.DISTRICT):
            raise Forbidden("not_your_area", area=township)
        require_any(by, NAMED, township)


def _beside(now: datetime) -> dict[str, tuple[str, ...]]:
    return _neighbours(reference.current(areas.NAME, now=now)[areas.NAME].body)


@lru_cache(maxsize=2)
def _neighbours(body: bytes) -> dict[str, tuple[str, ...]]:
    return neighbours(area_rules.decode(body))
