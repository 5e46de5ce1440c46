"""What follows on a line of a slot: points, and what people are told of it. Each is done once, in any order."""

from datetime import datetime

from chalicelib.domain.happenings import Happening
from chalicelib.services.volunteering import points, telling


def follow(line: Happening, *, now: datetime) -> None:
    """Do all of it. Raises Busy."""
    points.follow(line, now=now)
    telling.tell(line)
