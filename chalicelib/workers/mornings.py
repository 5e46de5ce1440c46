"""The hour strikes: what a day begins with is done, as soon as it may be."""

from datetime import UTC, datetime

from chalice.app import CloudWatchEvent

from chalicelib.services.duty import mornings


def begin(_: CloudWatchEvent) -> dict[str, int]:
    """Digests, tomorrow's rosters, last week and last month; answers how many people heard, how many reports."""
    return mornings.begin(now=datetime.now(UTC))
