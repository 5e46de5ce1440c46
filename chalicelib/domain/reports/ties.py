"""Which of the reports that fall due at the same moment comes first (DOMAIN §3): trust breaks the tie, and no more.

What is reported at night falls due together in the morning. Of what waits to be verified, that of who was right more
often comes first; everything else stays as it was.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from chalicelib.domain.reports.model import Report, Status


def reporters(reports: Sequence[Report]) -> set[str]:
    """Whose trust breaks a tie: the reporters of what waits to be verified and falls due together."""
    tied = [list(group) for _, group in groupby(reports, key=_moment)]
    found = [{one.reporter_id for one in group if _waits(one)} for group in tied]
    return set[str]().union(*(several for several in found if len(several) > 1))


def broken(reports: Sequence[Report], percent: Mapping[str, int]) -> list[Report]:
    """The reports, in the order of their deadlines, with each tie broken by the trust of `percent` by reporter."""
    ordered: list[Report] = []
    for _, group in groupby(reports, key=_moment):
        ordered += _ranked(list(group), lambda one: -percent.get(one.reporter_id, 0))
    return ordered


def _ranked(group: list[Report], key: Callable[[Report], int]) -> list[Report]:
    """Only the places of what waits to be verified are dealt out anew."""
    waiting = iter(sorted(filter(_waits, group), key=key))
    return [next(waiting) if _waits(one) else one for one in group]


def _waits(report: Report) -> bool:
    return report.status is Status.SUBMITTED


def _moment(report: Report) -> object:
    return report.due_at
