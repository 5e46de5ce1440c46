"""How staff come in: the admin enrols who stands before him (DOMAIN §1). Couriers apply (`domain.applications`)."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.people.actions import Places
from chalicelib.domain.people.effects import check_post
from chalicelib.domain.people.model import STAFF, Identity, Person, Post, Role

ENROLLERS = frozenset({Role.ADMIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Whom the admin enrols, with the posts that he is to hold and who he is to the staff's issuer, if to any."""

    id: str
    name: str
    phone: str
    posts: tuple[Post, ...]
    identity: Identity | None = None


def enrol(newcomer: Newcomer, *, now: datetime, places: Places) -> Person:
    """The person that he is from now on, approved in person.

    Raises Forbidden (`couriers_apply`), Invalid (`name_needed`, `unknown_scope`, `unknown_department`).
    """
    if any(post.role not in STAFF for post in newcomer.posts):
        raise Forbidden("couriers_apply")
    if not newcomer.name.strip():
        raise Invalid("name_needed")
    for post in newcomer.posts:
        check_post(post, newcomer.id, places)
    return Person(
        id=newcomer.id,
        name=newcomer.name.strip(),
        phone=newcomer.phone,
        posts=tuple(dict.fromkeys(newcomer.posts)),
        valid_from=now.replace(microsecond=0),  # tokens tell whole seconds, and there are none of before
        identity=newcomer.identity,
        joined_at=now,
        approved_at=now,
    )
