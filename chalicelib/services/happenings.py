"""What follows from what happens to things that are no reports: each follower does its part once, in any order."""

from datetime import datetime

from chalicelib.domain.happenings import Happening
from chalicelib.store.figures import deeds


def follow(line: Happening, *, now: datetime) -> None:
    """Do all that follows from it, however often it is told. Raises Busy."""
    deeds.count(line)
