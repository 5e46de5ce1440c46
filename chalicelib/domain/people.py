"""Who acts: persons, the roles they hold, and where each role reaches (DOMAIN §1)."""

from dataclasses import dataclass, field
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Post:
    """A role in a place: what a person may do, and where. One person may hold several."""

    role: Role
    scope: str

    @property
    def key(self) -> str:
        """`grid_member:350211102202001`: names the pool of people who hold this post."""
        return f"{self.role}:{self.scope}"

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone Fenjian knows. Tokens issued before `valid_from` (UTC) no longer count: so access is revoked."""

    id: str
    name: str
    phone: str
    posts: tuple[Post, ...]
    valid_from: datetime
    employer: str = ""
    villages: tuple[str, ...] = field(default=())

    @property
    def actor(self) -> Actor:
        """The person as someone who acts."""
        return Actor(id=self.id, posts=self.posts)
