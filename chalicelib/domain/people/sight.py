"""Who sees what of whom among the people Fenjian knows (DOMAIN §6: masked by role)."""

from datetime import UTC, datetime
from enum import StrEnum

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import STAFF, Actor, Person, PersonState, Post, Role, masked_name, masked_phone


class Sight(StrEnum):
    """How much is seen: all; names and posts of colleagues; or what an auditor needs, without who it is."""

    FULL = "full"
    COLLEAGUE = "colleague"
    MASKED = "masked"


# The widest first. Whose role is not here sees nobody; colleagues see who holds a post of staff, not who is a courier.
SIGHTS: dict[Role, Sight] = {
    Role.ADMIN: Sight.FULL,
    Role.CENTRE: Sight.FULL,
    Role.COMMITTEE: Sight.COLLEAGUE,
    Role.VILLAGE: Sight.COLLEAGUE,
    Role.GRID_MEMBER: Sight.COLLEAGUE,
    Role.DEPARTMENT: Sight.COLLEAGUE,
    Role.AUDITOR: Sight.MASKED,
}
UNTOLD = datetime.min.replace(tzinfo=UTC)  # stands where nobody is told since when tokens count
OF_TOWNSHIP = frozenset({Role.ADMIN, Role.CENTRE, Role.COMMITTEE, Role.AUDITOR})


def sight_of(viewer: Actor, township: str) -> Sight:
    """The widest sight that the viewer's posts in the township give. Raises Forbidden (`people_not_yours_to_see`)."""
    for role, sight in SIGHTS.items():
        if any(post.role is role and _is_here(post, township) for post in viewer.posts):
            return sight
    raise Forbidden("people_not_yours_to_see")


def require(viewer: Actor, township: str, *sights: Sight) -> Sight:
    """The viewer's sight. Raises Forbidden (`people_not_yours_to_see`) unless it is one of these."""
    if (found := sight_of(viewer, township)) not in sights:
        raise Forbidden("people_not_yours_to_see")
    return found


def require_holders(viewer: Actor, township: str, post: Post) -> Sight:
    """The sight of who holds a post. Raises Forbidden (`people_not_yours_to_see`)."""
    if post.role is Role.COURIER:
        return require(viewer, township, Sight.FULL, Sight.MASKED)
    return sight_of(viewer, township)


def shown(person: Person, sight: Sight) -> Person:
    """The person as far as this sight goes; what is hidden is empty.

    Less than all is what is named here, so that what a person has besides is hidden from the day it is thought of. Who
    is a courier is no colleague's business: that post is left out, and that he is paused, which only couriers are.
    """
    if sight is Sight.FULL:
        return person
    masked = sight is Sight.MASKED
    return Person(
        id=person.id,
        name=masked_name(person.name) if masked else person.name,
        phone=masked_phone(person.phone),
        posts=tuple(post for post in person.posts if post.role in STAFF),
        valid_from=UNTOLD,
        state=person.state if masked else PersonState.ACTIVE,
        version=person.version,
    )


def _is_here(post: Post, township: str) -> bool:
    """A post of the township or of a place in it; departments serve the township that they are listed in."""
    if post.role is Role.DEPARTMENT:
        return True
    return post.scope == township if post.role in OF_TOWNSHIP else post.scope.startswith(township)
