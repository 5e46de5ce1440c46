"""What of a report is for everybody (DOMAIN §2): nothing confidential, nothing unclassified, nothing unlooked at."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.domain.reference.taxonomy import SECURITY_LEADS
from chalicelib.domain.reports.model import Report, Status

S = Status
CARE = "09"  # group: whoever needs help is not shown needing it
NEVER = (SECURITY_LEADS, CARE)
# There was nothing, or it was taken back; what was merged is told where it was merged into.
UNTOLD = frozenset({S.INVALID, S.WITHDRAWN, S.DUPLICATE})
HOPS = 3  # what was merged may have been merged into what was merged later


def is_tellable(report: Report) -> bool:
    """Whether everybody may be told of it at all: its kind is one of those, and somebody has found it true.

    A transfer, and an order without waiting for the verifier, say as much as a verification.
    """
    kind = report.nature.kind
    if kind is None or report.nature.confidential or kind.startswith(NEVER):
        return False
    seen = report.verified_by or report.ordered_at or report.status is S.TRANSFERRED
    return bool(seen) and report.status not in UNTOLD


def page(report: Report) -> int | None:
    """The count that links to its public page carry; None while it has no such page."""
    return report.page if is_tellable(report) and not report.page_closed else None


def is_open(report: Report, *, kept: timedelta, now: datetime) -> bool:
    """Whether it has a page that everybody with a link may read."""
    return page(report) is not None and not is_over(report, kept=kept, now=now)


def taken_back(way: Sequence[Report]) -> bool:
    """Whether links to the first of these, each merged into the next, are dead because of those it was merged into.

    Such a link does not count how often the centre took the links of those back. So it is good for a page of which it
    never did that; of any other, a new link is asked for.
    """
    return any(report.page for report in way[1:])


def lasts_until(report: Report, *, kept: timedelta) -> datetime | None:
    """When its page ends: with its photos, which are kept so long after the end; None while it is open."""
    return report.ended_at + kept if report.ended_at else None


def is_over(report: Report, *, kept: timedelta, now: datetime) -> bool:
    """Whether its page has ended."""
    until = lasts_until(report, kept=kept)
    return until is not None and until <= now
