"""The hour strikes: what a day begins with is done, as soon as it may be."""

from datetime import UTC, datetime

from chalice.app import CloudWatchEvent

from chalicelib.services.duty import mornings


def begin(_: CloudWatchEvent) -> dict[str, int]:
    """Digests, and tomorrow's rosters; answers how many people heard."""
    return mornings.begin(now=datetime.now(UTC))
