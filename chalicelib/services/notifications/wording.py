"""The sentences that are shipped, read once a process."""

from functools import cache
from pathlib import Path

from chalicelib.domain.notifications import messages
from chalicelib.domain.notifications.messages import Messages

MESSAGES = Path(__file__).parents[2] / "data" / "messages.csv"


@cache
def sentences() -> Messages:
    """Raises Invalid naming the line if the shipped file is wrong; a test reads it, so that it never is."""
    return messages.read(MESSAGES.read_bytes())
