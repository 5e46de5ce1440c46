"""Who may look at what is about to be said to be solved: the people of the grid, else of those around it."""

from datetime import datetime
from itertools import islice

from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reports.commands import Command, Pool
from chalicelib.domain.reports.model import Action, Report
from chalicelib.domain.reports.terms import Outcome
from chalicelib.services.reference import areas
from chalicelib.store.people import people

GRIDS = 5  # the own one, and so many less one around it: more are not asked one by one


def pools(report: Report, command: Command, *, by: Actor, now: datetime) -> tuple[Pool, ...]:
    """Up to the first grid that has somebody to look: one query a grid, one for nearly every report.

    Nothing for an action that does not say that it is solved, nor where the centre looks anyway.
    """
    place = report.place
    if not _claims(command) or report.nature.verify_by_centre or place.village is None:
        return ()
    found: list[Pool] = []
    for grid in islice(_nearest(place.grid, place.village, now), GRIDS):
        post = Post(Role.GRID_MEMBER, grid)
        found.append(Pool(post=post, people=tuple(sorted(people.holders(post.key)))))
        if set(found[-1].people) - {by.id, report.reporter_id}:
            break
    return tuple(found)


def _claims(command: Command) -> bool:
    return command.action in (Action.RESOLVE, Action.ANSWER) or command.outcome is Outcome.SOLVED_ON_SPOT


def _nearest(own: str | None, village: str, now: datetime) -> list[str]:
    """The village's grids, the own one first, then round from the next: their codes follow the ground."""
    grids = sorted(area.code for area in areas.listing(now=now)[0].grids if area.parent == village)
    if own is None:
        return grids
    return [own, *(grid for grid in grids if grid > own), *(grid for grid in grids if grid < own)]
