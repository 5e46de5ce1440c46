"""Staff come in over HTTP: the admin enrols them."""

from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.people import PersonId, PersonView, Phone, view
from chalicelib.api.person_actions import Name, StaffIdentity
from chalicelib.domain.people.model import Identity, Post, Role
from chalicelib.domain.people.phones import phone_of

api = Api(__name__)


class PostNamed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role, and the place that it is held in."""

    role: Role
    scope: PersonId


class NewPerson(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody of the staff, who stands before you: that approves him. A courier applies by a recruitment call."""

    name: Name
    phone: Phone
    posts: Annotated[tuple[PostNamed, ...], Meta(min_length=1, max_length=20)]
    identity: StaffIdentity | None = None


@api.route("/people", methods=["POST"], status=201, authorizer=authorize)
def enrol_person(ask: Ask, body: NewPerson) -> PersonView:
    """Enrol somebody of the staff: from now on he may sign in. Who left keeps his number: approve him anew instead."""
    from chalicelib.domain.people.enrolment import Newcomer
    from chalicelib.services.people import enrolment

    newcomer = Newcomer(
        id=new_id(ask.now),
        name=body.name,
        phone=phone_of(body.phone),
        posts=tuple(Post(post.role, post.scope) for post in body.posts),
        identity=Identity(body.identity.issuer, body.identity.subject) if body.identity else None,
    )
    return view(enrolment.admit(newcomer, key=ask.key, by=ask.actor, now=ask.now))
