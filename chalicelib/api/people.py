"""People over HTTP: who they are, as far as the caller may see it, and what is done to them."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, Limit
from chalicelib.domain.errors import Invalid
from chalicelib.domain.people.model import Person, PersonState, Post
from chalicelib.domain.people.phones import phone_of
from chalicelib.domain.people.sight import Sight

api = Api(__name__)

Phone = Annotated[str, Meta(min_length=11, max_length=20)]
PersonId = Annotated[str, Meta(min_length=1, max_length=200)]


class Me(Struct, frozen=True, kw_only=True):
    """The caller as Fenjian knows him. `posts` are `role:scope`."""

    id: str
    name: str
    phone: str
    posts: list[str]
    state: PersonState


class PersonView(Struct, frozen=True, kw_only=True):
    """Somebody as far as the caller may see him: what is hidden is empty, and `sight` says how much is shown.

    `full`: all. `colleague`: the phone masked, nothing but name and posts. `masked`: the name too.
    """

    id: str
    sight: Sight
    name: str
    phone: str
    posts: list[str]
    state: PersonState
    employer: str
    villages: tuple[str, ...]
    skills: tuple[str, ...]
    trained_on: date | None
    trained_by: str
    pack_on: date | None
    joined_at: Instant | None
    approved_at: Instant | None
    last_active_at: Instant | None
    left_at: Instant | None
    erase_asked_at: Instant | None
    version: int


class PeoplePage(Struct, frozen=True, kw_only=True):
    """Some people; `cursor` asks for the next ones, null at the end."""

    people: list[PersonView]
    cursor: str | None


class PeopleQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either whose `phone` it is, or who holds a `post` (`role:scope`)."""

    phone: Phone | None = None
    post: Annotated[str, Meta(pattern=r"^[a-z_]+:[!-~]{1,100}$")] | None = None
    limit: Limit = 50
    cursor: PersonId | None = None

    def __post_init__(self) -> None:
        if (self.phone is None) is (self.post is None):
            raise ValueError("either phone or post")


@api.route("/me", methods=["GET"], authorizer=authorize)
def get_me(ask: Ask) -> Me:
    """Who am I, and what may I be?"""
    from chalicelib.services.people import people

    person = people.profile(ask.actor)
    posts = [post.key for post in person.posts]
    return Me(id=person.id, name=person.name, phone=person.phone, posts=posts, state=person.state)


@api.route("/people/{person_id}", methods=["GET"], authorizer=authorize)
def get_person(ask: Ask, person_id: str) -> PersonView:
    """One person. The look is noted, and he can see that somebody of your role looked."""
    from chalicelib.services.people import people

    page = people.show(person_id, by=ask.actor, now=ask.now)
    return view(page.people[0], page.sight)


@api.route("/people", methods=["GET"], authorizer=authorize)
def find_people(ask: Ask, query: PeopleQuery) -> PeoplePage:
    """Whose `phone` this is, or who holds a `post` (`role:scope`). The looks are noted."""
    from chalicelib.services.people import people

    if query.phone is not None:
        page = people.by_phone(phone_of(query.phone), by=ask.actor, now=ask.now)
    else:
        post = _post(query.post or "")
        page = people.by_post(post, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return PeoplePage(people=[view(person, page.sight) for person in page.people], cursor=page.cursor)


def view(person: Person, sight: Sight = Sight.FULL) -> PersonView:
    """Somebody as his viewer may see him."""
    return PersonView(
        id=person.id,
        sight=sight,
        name=person.name,
        phone=person.phone,
        posts=[post.key for post in person.posts],
        state=person.state,
        employer=person.employer,
        villages=person.villages,
        skills=person.skills,
        trained_on=person.trained_on,
        trained_by=person.trained_by,
        pack_on=person.pack_on,
        joined_at=person.joined_at,
        approved_at=person.approved_at,
        last_active_at=person.last_active_at,
        left_at=person.left_at,
        erase_asked_at=person.erase_asked_at,
        version=person.version,
    )


def _post(key: str) -> Post:
    try:
        return Post.of(key)
    except ValueError as error:
        raise Invalid("unknown_scope", role=key.partition(":")[0], scope=key.partition(":")[2]) from error
