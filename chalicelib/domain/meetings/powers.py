"""Who holds the pen of a meeting and who reads it (DOMAIN §1, §5): a table, and what of it is a department's to see.

The committee writes the town's meetings. The district has only viewers, so the centre of the township writes the joint
meeting's.
"""

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.meetings.model import Body, Item, Meeting, MeetingState
from chalicelib.domain.people.model import Actor, Role

R = Role
PEN = {Body.TOWN: R.COMMITTEE, Body.JOINT: R.CENTRE}
READERS = {
    Body.TOWN: frozenset({R.COMMITTEE, R.CENTRE, R.AUDITOR}),
    Body.JOINT: frozenset({R.COMMITTEE, R.CENTRE, R.AUDITOR}),
}
VIEWERS = {Body.TOWN: frozenset[Role](), Body.JOINT: frozenset({R.DISTRICT})}  # by district


def require_pen(by: Actor, body: Body, township: str) -> None:
    """Raises Forbidden unless somebody writes this body's minutes (`role_needed`), in this township
    (`not_your_area`)."""
    role = PEN[body]
    by.require(role)
    if not by.holds(role, township):
        raise Forbidden("not_your_area", area=township)


def reads_all(by: Actor, body: Body, township: str) -> bool:
    """Whether somebody reads everything of this body's meetings."""
    of_township = any(by.holds(role, township) for role in READERS[body])
    of_district = any(post.role in VIEWERS[body] and township.startswith(post.scope) for post in by.posts)
    return of_township or of_district


def require_reader(by: Actor, body: Body, township: str) -> None:
    """Raises Forbidden (`role_needed`, `not_your_area`)."""
    if reads_all(by, body, township):
        return
    known = READERS[body] | VIEWERS[body]
    if any(post.role in known for post in by.posts):
        raise Forbidden("not_your_area", area=township)
    raise Forbidden("role_needed", role=PEN[body])


def departments(by: Actor) -> frozenset[str]:
    """The codes of the departments somebody belongs to."""
    return frozenset(post.scope for post in by.posts if post.role is R.DEPARTMENT)


def takes_part(by: Actor, meeting: Meeting) -> bool:
    """Whether somebody's department is invited or was charged, and the meeting was made known."""
    known = meeting.announced_at is not None or meeting.state in (MeetingState.PUBLISHING, MeetingState.PUBLISHED)
    return known and bool(departments(by) & {*meeting.plan.invited, *meeting.involved})


def require_sight(by: Actor, meeting: Meeting) -> None:
    """Raises NotFound (`no_such_meeting`): a stranger is not told that it exists."""
    if not reads_all(by, meeting.body, meeting.township) and not takes_part(by, meeting):
        raise NotFound("no_such_meeting", meeting=meeting.id)


def concerns(by: Actor, item: Item, meeting: Meeting) -> bool:
    """Whether published minutes charge somebody's department with the item."""
    decision = item.decision
    if decision is None or meeting.state not in (MeetingState.PUBLISHING, MeetingState.PUBLISHED):
        return False
    return bool(departments(by) & {decision.department, *decision.co_handlers})
