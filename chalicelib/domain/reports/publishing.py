"""Who decides what of a report everybody may see: photos one by one, and the page as a whole (DOMAIN §2)."""

from datetime import datetime, timedelta

from chalicelib.domain.errors import Conflict, Forbidden
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import Media, Photo, Purpose, State
from chalicelib.domain.reports import publicity
from chalicelib.domain.reports.model import Action, Report
from chalicelib.domain.reports.parties import OWN, Party
from chalicelib.domain.reports.powers import RANK
from chalicelib.domain.reports.sight import require_sight

P, A = Party, Action
# Who has looked at the place or deals with the matter. A co-handler and the committee know it from the file alone.
MARKS = frozenset({P.GRID, P.VILLAGE, P.CENTRE, P.LEAD})
LINKS = OWN | {P.VILLAGE, P.CENTRE, P.LEAD}
CLOSES = frozenset({P.CENTRE})
PUBLISHING = frozenset({A.PUBLISH_PHOTO, A.UNPUBLISH_PHOTO})


def concerns(event: Event) -> bool:
    """Whether public copies are to be drawn or erased."""
    return event.action in PUBLISHING


def marker(by: Actor, action: Action, report: Report) -> Party:
    """As whom somebody decides on a photo. Nobody decides on his own report: he may not see whom he has photographed.

    Raises NotFound where he sees nothing of it, Forbidden (`nobody_judges_his_own`, `not_your_part`).
    """
    party = _party(by, action, report, MARKS)
    if by.id in (report.reporter_id, report.filed_by):
        raise Forbidden("nobody_judges_his_own", action=action)
    return party


def closer(by: Actor, action: Action, report: Report) -> Party:
    """As whom somebody closes the page, or opens it again. Raises NotFound, Forbidden (`not_your_part`)."""
    return _party(by, action, report, CLOSES)


def linker(by: Actor, report: Report) -> Party:
    """As whom somebody asks for the link to the page. Raises NotFound, Forbidden (`not_your_part`)."""
    return _party(by, A.OPEN_PAGE, report, LINKS)


def _party(by: Actor, action: Action, report: Report, may: frozenset[Party]) -> Party:
    held = require_sight(by, report) & may
    if not held:
        raise Forbidden("not_your_part", action=action, status=report.status)
    return min(held, key=RANK.__getitem__)


def require_markable(report: Report, photo: Photo, *, kept: timedelta, now: datetime) -> None:
    """Raises Conflict: `page_not_public` where nothing of the report is for everybody, `photo_not_markable`."""
    if not publicity.is_tellable(report) or publicity.is_over(report, kept=kept, now=now):
        raise Conflict("page_not_public")
    shows = photo.media is Media.PHOTO and photo.purpose in (Purpose.BEFORE, Purpose.AFTER)
    if not shows or photo.state is not State.READY:
        raise Conflict("photo_not_markable", photo=photo.id, state=photo.state)
