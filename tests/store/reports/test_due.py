"""What is yet to fall due, read page by page."""

from datetime import timedelta

from chalicelib.store.reports import due
from chalicelib.store.reports import reports as store
from chalicelib.store.reports.due import Due
from tests.builders import NOW


def waits(id: str, part: str, minutes: int = 0) -> Due:
    """Puts one thing into shard 0."""
    at = NOW + timedelta(minutes=minutes)
    store.ReportItem(id=id, part=part, body="", due_shard=0, next_at=at).save()
    return Due(id=id, part=part, at=at)


def test_pages_of_one_pass_over_nothing(tables: str) -> None:
    everything = {
        waits(id, part, minutes)
        for minutes in (0, 1)
        for id in ("r1", "r2", "r3")
        for part in ("answer", store.HEAD)
        if (minutes == 0) is (id != "r3")
    }
    seen: list[Due] = []
    more = True
    while more:
        page, more = due.open_ids(0, seen[-1] if seen else None, limit=1)
        seen += page
    assert len(seen) == len(everything)
    assert set(seen) == everything
