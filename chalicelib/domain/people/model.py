"""Who acts: persons, the roles they hold, and where each role reaches (DOMAIN §1)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from chalicelib.domain.errors import Forbidden


class Role(StrEnum):
    """The nine roles. The comment names what a role's scope is the code of."""

    COURIER = "courier"  # the person himself
    GRID_MEMBER = "grid_member"  # a grid: village code + 3 digits
    VILLAGE = "village"  # a village or community: 12 digits
    CENTRE = "centre"  # a township: 9 digits
    COMMITTEE = "committee"  # a township
    DEPARTMENT = "department"  # a department, D01…
    DISTRICT = "district"  # a district: 6 digits
    AUDITOR = "auditor"  # a township
    ADMIN = "admin"  # a township


STAFF = frozenset(Role) - {Role.COURIER}
VILLAGE_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Post:
    """A role in a place: what a person may do, and where. One person may hold several."""

    role: Role
    scope: str

    @property
    def key(self) -> str:
        """`grid_member:350211102202001`: names the pool of people who hold this post."""
        return f"{self.role}:{self.scope}"

    @property
    def village(self) -> str | None:
        """The village that the place is or lies in; None for a role whose scope is wider, or no place."""
        return self.scope[:VILLAGE_DIGITS] if self.role in (Role.VILLAGE, Role.GRID_MEMBER) else None

    @staticmethod
    def of(key: str) -> "Post":
        """The post that `key` names."""
        role, _, scope = key.partition(":")
        return Post(Role(role), scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is asking, as the bearer token says."""

    id: str
    posts: tuple[Post, ...]

    def holds(self, role: Role, scope: str | None = None) -> bool:
        """Whether one of the posts is this role, in this scope where one is given."""
        return any(post.role is role and scope in (None, post.scope) for post in self.posts)

    def require(self, role: Role) -> None:
        """Raises Forbidden (`role_needed`) unless one of the posts is this role."""
        if not self.holds(role):
            raise Forbidden("role_needed", role=role)

    @property
    def is_staff(self) -> bool:
        """Whether any post is more than a courier's."""
        return any(post.role in STAFF for post in self.posts)


def require_any(by: Actor, roles: Collection[Role], township: str) -> None:
    """Raises Forbidden unless somebody holds one of the roles (`role_needed`), in this township (`not_your_area`)."""
    if not any(by.holds(role) for role in roles):
        raise Forbidden("role_needed", role=min(roles))
    if not any(by.holds(role, township) for role in roles):
        raise Forbidden("not_your_area", area=township)


class PersonState(StrEnum):
    """Where somebody stands with Fenjian. Who is paused may sign in; whose account is closed may not."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"
    ERASED = "erased"


CLOSED = frozenset({PersonState.LEFT, PersonState.ERASED})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to an OpenID Connect issuer: its `iss` and his `sub` there."""

    issuer: str
    subject: str

    @property
    def key(self) -> str:
        """Names him among all issuers; an issuer is an address, so it holds no blank."""
        return f"{self.issuer} {self.subject}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone Fenjian knows. Tokens issued before `valid_from` (UTC) no longer count: so access is revoked.

    `approved_at` is when he was last approved in person, `phone_at` when his phone number last changed;
    `paused_by` who paused him, `erase_asked_at` when he asked to be forgotten. `hidden_in_ranking`: nobody but he
    himself sees where he stands.
    """

    id: str
    name: str
    phone: str
    posts: tuple[Post, ...]
    valid_from: datetime
    employer: str = ""
    villages: tuple[str, ...] = field(default=())
    state: PersonState = PersonState.ACTIVE
    identity: Identity | None = None
    skills: tuple[str, ...] = field(default=())
    adult: bool = False
    consent: int | None = None
    trained_on: date | None = None
    trained_by: str = ""
    pack_on: date | None = None
    joined_at: datetime | None = None
    approved_at: datetime | None = None
    phone_at: datetime | None = None
    last_active_at: datetime | None = None
    paused_by: str | None = None
    left_at: datetime | None = None
    erase_asked_at: datetime | None = None
    hidden_in_ranking: bool = False
    version: int = 0

    @property
    def actor(self) -> Actor:
        """The person as someone who acts."""
        return Actor(id=self.id, posts=self.posts)

    @property
    def own_post(self) -> Post:
        """The post of a courier, whose scope is himself."""
        return Post(Role.COURIER, self.id)

    @property
    def round(self) -> tuple[str, ...]:
        """The villages that his round leads through now: none while he is no courier."""
        return self.villages if self.own_post in self.posts else ()


def may_sign_in(person: Person, now: datetime, idle: timedelta) -> str | None:
    """The rule that keeps somebody from signing in; None if nothing does.

    Who was away for longer than `idle`, or whose phone changed, is approved in person first.
    """
    if person.state in CLOSED:
        return "account_closed"
    approved, active = person.approved_at, person.last_active_at
    if approved is None or (person.phone_at and person.phone_at > approved):
        return "reapproval_needed"
    return "reapproval_needed" if now - max(approved, active or approved) > idle else None


def masked_phone(phone: str) -> str:
    """`138****0001`: enough to recognise a number, too little to call it."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "*" * len(phone)


def masked_name(name: str) -> str:
    """The surname, and a star for each further character."""
    return name[:1] + "*" * (len(name) - 1)
