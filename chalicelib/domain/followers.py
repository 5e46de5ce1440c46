"""Which follower wants which event. Each follower's own rules say so, so that a route cannot drift from them."""

from collections.abc import Callable

from chalicelib.domain import contributors, recurrences
from chalicelib.domain.care import anomalies
from chalicelib.domain.duty import alarms
from chalicelib.domain.events import Event
from chalicelib.domain.figures import tallies
from chalicelib.domain.fraud import signals as fraud
from chalicelib.domain.happenings import Happening, Line
from chalicelib.domain.maps import counting as maps
from chalicelib.domain.notifications import notices
from chalicelib.domain.points import awards as points
from chalicelib.domain.queues import Queue
from chalicelib.domain.rechecks import sampling as rechecks
from chalicelib.domain.reports import publishing

ROUTES: dict[Queue, Callable[[Event], bool]] = {
    Queue.NOTICES: notices.concerns,  # somebody hears of it
    Queue.POINTS: points.concerns,  # it may earn or lose points
    Queue.FIGURES: tallies.concerns,  # something is to be counted
    Queue.LINKS: recurrences.concerns,  # it may have come back, or come back later
    Queue.MERGES: lambda event: contributors.concerns(event) or anomalies.concerns(event),  # others who are concerned:
    # they reported the same and hear of it, or one takes its place; or the visit that it came of hears that it was true
    Queue.CELLS: maps.concerns,  # it comes onto the map, leaves it, or is of another kind there
    Queue.PHOTOS: publishing.concerns,  # public copies of a photo are to be drawn, or erased
    Queue.RECHECKS: rechecks.concerns,  # it may be looked at once more, or proves not to be solved
    Queue.CHECKS: fraud.concerns,  # it may look wrong, by itself or together with others
    Queue.ALARMS: alarms.concerns,  # lives are in danger: somebody on duty is called
}


def queues(line: Line) -> list[Queue]:
    """Where the line goes; nowhere where nothing follows from it. What is no report's has one queue for all of it."""
    if isinstance(line, Happening):
        return [Queue.HAPPENINGS]
    return [queue for queue, wants in ROUTES.items() if wants(line)]
