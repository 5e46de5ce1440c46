"""Use case of a team's own view of its area: what is open there, as far as who looks may know it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_month, today
from chalicelib.domain.reports.model import Report
from chalicelib.domain.teams import ground, powers
from chalicelib.domain.teams.ground import OpenMatter
from chalicelib.domain.teams.model import Team
from chalicelib.store.reports import listings
from chalicelib.store.reports.listings import Sifting
from chalicelib.store.teams import teams as store

MOST = 50  # of a village's month


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A team's grids and what is open in them, newest first; `whole`: that is all of it."""

    team: Team
    open: list[OpenMatter]
    whole: bool


def view(team_id: str, *, by: Actor, now: datetime) -> Ground:
    """What was filed in the team's grids this month or the last and is open: two reads, and for each village that they
    lie in two queries, of so many reports at most.

    Raises NotFound, Forbidden (`team_not_yours`).
    """
    team = store.get(team_id)
    powers.require_insider(team, by, is_member=store.member(team_id, by.id) is not None)
    found: list[Report] = []
    whole = True
    for village in team.villages:
        for month in _months(now):
            page = _open(team, village, month)
            found += page.reports
            whole = whole and page.cursor is None
    found.sort(key=lambda report: (report.created_at, report.id), reverse=True)
    return Ground(team=team, open=[ground.as_seen(report, by, now=now) for report in found], whole=whole)


def _open(team: Team, village: str, month: str) -> listings.Page:
    grids = frozenset(team.charter.grids)
    sifting = Sifting(keep=lambda report: ground.lies_in(report, grids))
    return listings.area(
        village, month, kind=None, status=None, keep=lambda _: True, limit=MOST, cursor=None, sifting=sifting
    )


def _months(now: datetime) -> tuple[str, str]:
    last = today(now).replace(day=1) - timedelta(days=1)
    return local_month(now), f"{last:%Y-%m}"
