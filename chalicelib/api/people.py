"""People over HTTP."""

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.services import people

api = Api(__name__)


class Me(Struct, frozen=True, kw_only=True):
    """The caller as Fenjian knows him. `posts` are `role:scope`."""

    id: str
    name: str
    phone: str
    posts: list[str]


@api.route("/me", methods=["GET"], authorizer=authorize)
def get_me(ask: Ask) -> Me:
    """Who am I, and what may I be?"""
    person = people.profile(ask.actor)
    return Me(id=person.id, name=person.name, phone=person.phone, posts=[post.key for post in person.posts])
