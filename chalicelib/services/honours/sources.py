"""What evidence is drawn from: all of a courier's entries in the ledger, and all his reports. Queries only."""

from collections.abc import Iterator

from chalicelib.domain.points import transfers
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reports.model import Report
from chalicelib.store.fraud import traces
from chalicelib.store.points import ledger
from chalicelib.store.reports import listings

AT_ONCE = 1000  # entries, or reports, of a query: about as much as one answers


def entries(courier_id: str) -> list[Transfer]:
    """Every entry of a courier: a query for each thousand."""
    account, found = transfers.account(courier_id), list[Transfer]()
    before: str | None = None
    while page := ledger.page(account, limit=AT_ONCE, before=before):
        found += page
        if len(page) < AT_ONCE:
            break
        before = page[-1].id
    return found


def forfeited(courier_id: str) -> frozenset[str]:
    """Which of a courier's reports lost what they gave by a decision on a finding: one read."""
    return frozenset(traces.measures(courier_id).forfeited)


def reports(courier_id: str) -> Iterator[Report]:
    """Every report of a courier, newest first: a query for each thousand."""
    cursor: str | None = None
    while True:
        page = listings.mine(courier_id, limit=AT_ONCE, cursor=cursor)
        yield from page.reports
        if (cursor := page.cursor) is None:
            return
