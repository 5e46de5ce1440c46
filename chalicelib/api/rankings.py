"""Rankings over HTTP: a page of any board, what is different since a result was frozen, and whether one is shown."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant

if TYPE_CHECKING:
    from chalicelib.domain.rankings.results import Count
    from chalicelib.services.rankings.results import Corrected
    from chalicelib.services.rankings.showing import Reading, Shown

api = Api(__name__)

AreaCode = Annotated[str, Meta(pattern=r"^(\d{9}|\d{12}|\d{15})$")]
Employer = Annotated[str, Meta(min_length=1, max_length=100)]


class RankingScore(Struct, frozen=True, kw_only=True):
    """Honour score and reports solved."""

    honour: int
    solved: int


class RankingPlace(Struct, frozen=True, kw_only=True):
    """Somebody's number, name and what it stands on; `own`: it is you. Names are masked for all but centre and admin.

    `now`: his score as it is known since, where a frozen result says something else; else null.
    """

    rank: int
    name: str
    honour: int
    solved: int
    own: bool
    now: RankingScore | None


class Ranking(Struct, frozen=True, kw_only=True):
    """A board as ranked `as_of` then, null where it never was: it is about to be. `ranked`: how many are on it.

    `top`: the first of them. `around`: you with two before and two behind you, empty where you are not on it.
    """

    period: str
    area: str | None
    employer: str | None
    as_of: Instant | None
    frozen: bool
    ranked: int
    top: list[RankingPlace]
    around: list[RankingPlace]
    me: RankingPlace | None


class RankingCount(Struct, frozen=True, kw_only=True):
    """A number in the township's board, null for none, with what it stands on."""

    rank: int | None
    honour: int
    solved: int


class RankingCorrection(Struct, frozen=True, kw_only=True):
    """Whose score is another now: `before` as frozen, null for who had none, `after` as known now."""

    name: str
    before: RankingCount | None
    after: RankingCount


class RankingCorrections(Struct, frozen=True, kw_only=True):
    """What is different `as_of` now from the result frozen at `frozen_at`; of `total`, the first 200."""

    period: str
    frozen_at: Instant
    as_of: Instant
    total: int
    corrections: list[RankingCorrection]


class RankingSetting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Not `shown`: nobody but you sees where you stand, and you take no award of a month."""

    shown: bool


class RankingQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An `area` (township, village or grid; the township by default), or an `employer`."""

    area: AreaCode | None = None
    employer: Employer | None = None

    def __post_init__(self) -> None:
        if self.area is not None and self.employer is not None:
            raise ValueError("either area or employer")


@api.route("/rankings/{period}", methods=["GET"], authorizer=authorize)
def get_ranking(ask: Ask, period: str, query: RankingQuery) -> Ranking:
    """Who stands where in a month (`2026-11`), quarter (`2026-Q4`), year (`2026`) or `ever`."""
    from chalicelib.services.rankings import showing

    return _ranking(showing.page(period, area=query.area, employer=query.employer, by=ask.actor, now=ask.now))


@api.route("/rankings/{period}/corrections", methods=["GET"], authorizer=authorize)
def get_ranking_corrections(ask: Ask, period: str) -> RankingCorrections:
    """Whose score is another now than the frozen result of a period says. Awards stay: a person decides."""
    from chalicelib.services.rankings import results

    found = results.corrections(period, by=ask.actor, now=ask.now)
    return RankingCorrections(
        period=found.period,
        frozen_at=found.frozen_at,
        as_of=found.as_of,
        total=found.total,
        corrections=[_correction(one) for one in found.listed],
    )


@api.route("/me/ranking", methods=["GET"], authorizer=authorize)
def get_my_ranking_setting(ask: Ask) -> RankingSetting:
    """Whether others see where you stand."""
    from chalicelib.services.rankings import showing

    return RankingSetting(shown=showing.is_shown(ask.actor))


@api.route("/me/ranking", methods=["PUT"], authorizer=authorize)
def set_my_ranking_setting(ask: Ask, body: RankingSetting) -> RankingSetting:
    """Be seen in rankings, or by nobody but yourself: from now on, without a reason."""
    from chalicelib.services.rankings import showing

    return RankingSetting(shown=showing.show(body.shown, by=ask.actor, now=ask.now))


def _ranking(found: "Reading") -> Ranking:
    return Ranking(
        period=found.period,
        area=found.scope.area or None,
        employer=found.scope.employer,
        as_of=found.as_of,
        frozen=found.frozen,
        ranked=found.ranked,
        top=[_place(one) for one in found.top],
        around=[_place(one) for one in found.around],
        me=_place(found.me) if found.me else None,
    )


def _place(one: "Shown") -> RankingPlace:
    return RankingPlace(
        rank=one.rank,
        name=one.name,
        honour=one.honour,
        solved=one.solved,
        own=one.own,
        now=RankingScore(honour=one.now[0], solved=one.now[1]) if one.now else None,
    )


def _correction(one: "Corrected") -> RankingCorrection:
    before = one.correction.before
    return RankingCorrection(
        name=one.name, before=_count(before) if before else None, after=_count(one.correction.after)
    )


def _count(one: "Count") -> RankingCount:
    return RankingCount(rank=one.rank, honour=one.honour, solved=one.solved)
