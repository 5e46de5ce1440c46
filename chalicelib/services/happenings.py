"""What follows from what happens to things that are no reports: each follower does its part once, in any order."""

from datetime import datetime

from chalicelib.domain.care import earning as visits
from chalicelib.domain.happenings import Happening, Thing
from chalicelib.domain.prizes import deeds as activities
from chalicelib.services.notifications import happenings as notices
from chalicelib.services.points import deeds as points
from chalicelib.services.volunteering import happenings as volunteering
from chalicelib.store.figures import deeds as figures


def follow(line: Happening, *, now: datetime) -> None:
    """Do all that follows from it, however often it is told. Raises Busy."""
    figures.count(line)
    if line.thing is Thing.SLOT:
        volunteering.follow(line, now=now)
    if line.thing is Thing.VISIT and (gained := visits.earned(line)):
        points.follow(line, gained, now=now)
    if line.thing is Thing.ACTIVITY and (earned := activities.earned(line)) and line.person_id:
        points.follow(line, earned, now=now)
    notices.tell(line, now=now)
