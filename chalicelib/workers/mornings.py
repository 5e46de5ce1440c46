"""The hour strikes: what a day begins with is done, as soon as it may be."""

from datetime import UTC, datetime

from chalice.app import CloudWatchEvent


def begin(_: CloudWatchEvent) -> dict[str, int]:
    """Digests, and tomorrow's rosters; answers how many people heard."""
    from chalicelib.services import mornings  # here: the API imports this module too, and must not pay for it

    return mornings.begin(now=datetime.now(UTC))
