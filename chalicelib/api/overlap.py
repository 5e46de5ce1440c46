"""Rounds laid over grids (双网合一) over HTTP: which grids lack couriers, what fits a courier, who fits a grid."""

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask

api = Api(__name__)


class EmployerCount(Struct, frozen=True, kw_only=True):
    """How many of a grid's couriers deliver for a company."""

    employer: str
    couriers: int


class StaffedGrid(Struct, frozen=True, kw_only=True):
    """How many `couriers` cover a grid, and whether it `lacks` some. `employers`: companies with enough couriers there
    to be told apart; `others`: couriers of all the rest."""

    grid: str
    village: str
    name: str
    name_en: str
    couriers: int
    lacks: bool
    employers: list[EmployerCount]
    others: int


class Overlap(Struct, frozen=True, kw_only=True):
    """A township's grids, those with fewest couriers first; their outlines are those of GET /areas/outlines. `enough`:
    how many a grid should have; `couriers`: how many have a round here."""

    township: str
    enough: int
    couriers: int
    grids: list[StaffedGrid]


class CourierFit(Struct, frozen=True, kw_only=True):
    """The grids that a courier covers, and those beside them that lack couriers."""

    courier: str
    covers: tuple[str, ...]
    nearby: tuple[str, ...]


class GridCandidate(Struct, frozen=True, kw_only=True):
    """A courier who could take a grid: the grids `beside` it that he covers, and how many he `covers` in all."""

    courier: str
    name: str
    beside: tuple[str, ...]
    covers: int


class GridFit(Struct, frozen=True, kw_only=True):
    """Who could take a grid, who knows most of what lies around it first: 50 at most of `count`."""

    grid: str
    count: int
    candidates: list[GridCandidate]


@api.route("/map/overlap", methods=["GET"], authorizer=authorize)
def get_overlap(ask: Ask) -> Overlap:
    """How many couriers cover each grid by their declared rounds, and which grids lack some: for the centre, the
    committee and the district."""
    from chalicelib.services.maps import overlap

    found = overlap.township(by=ask.actor, now=ask.now)
    grids = [
        StaffedGrid(
            grid=one.grid.code,
            village=one.grid.parent,
            name=one.grid.name,
            name_en=one.grid.name_en,
            couriers=one.couriers,
            lacks=one.lacks,
            employers=[EmployerCount(employer=name, couriers=count) for name, count in one.employers],
            others=one.others,
        )
        for one in found.grids
    ]
    return Overlap(township=found.township, enough=found.enough, couriers=found.couriers, grids=grids)


@api.route("/map/overlap/couriers/{courier_id}", methods=["GET"], authorizer=authorize)
def get_courier_fit(ask: Ask, courier_id: str) -> CourierFit:
    """Which grids a courier covers, and which beside them lack couriers: for himself, the centre and the committee. The
    look is noted."""
    from chalicelib.services.maps import overlap

    fit = overlap.of_courier(courier_id, by=ask.actor, now=ask.now)
    return CourierFit(courier=courier_id, covers=fit.covers, nearby=fit.nearby)


@api.route("/map/overlap/grids/{grid}", methods=["GET"], authorizer=authorize)
def get_grid_fit(ask: Ask, grid: str) -> GridFit:
    """Which couriers could take a grid, for the centre and the committee. The looks are noted."""
    from chalicelib.services.maps import overlap

    found = overlap.of_grid(grid, by=ask.actor, now=ask.now)
    candidates = [
        GridCandidate(courier=one.person_id, name=name, beside=one.beside, covers=one.covers)
        for one, name in found.candidates
    ]
    return GridFit(grid=found.grid, count=found.count, candidates=candidates)
