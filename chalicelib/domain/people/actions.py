"""What may be done to somebody Fenjian knows, by whom, and what it makes of him (DOMAIN §1).

Leaving, pausing, changing employer or round are ordinary, and "roles end the same day": those that were bound to what
is left, at once (docs/adr/0027). Leaving ends all posts, pausing the courier's; a courier with another employer or
round is one still, but posts in villages that his round has left end with it. Points stay. Nobody gives himself a role,
and who signs in as staff is the admin's business alone: else the centre could take over an admin by changing his phone.

Who left can do nothing himself: that he be forgotten early, and that his number be free, the office does for him.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor, Identity, Person, PersonState, Post, Role
from chalicelib.domain.reference.departments import Departments


class PersonAction(StrEnum):
    """What may be done."""

    PAUSE = "pause"
    RESUME = "resume"
    LEAVE = "leave"
    CHANGE_EMPLOYER = "change_employer"
    CHANGE_ROUND = "change_round"
    CHANGE_PHONE = "change_phone"
    REAPPROVE = "reapprove"
    TRAINING = "training"
    WELCOME_PACK = "welcome_pack"
    GRANT_ROLE = "grant_role"
    REVOKE_ROLE = "revoke_role"
    LINK_IDENTITY = "link_identity"
    ERASE = "erase"


class Hand(StrEnum):
    """By whose hand: the person's own, the centre's, the admin's."""

    SELF = "self"
    CENTRE = "centre"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants done, as he stated it; what an action does not ask for stays as it is here."""

    action: PersonAction
    employer: str = ""
    villages: tuple[str, ...] = ()
    phone: str = ""
    in_person: bool = False
    day: date | None = None
    trainer: str = ""
    post: Post | None = None
    identity: Identity | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where roles may be held: a township, its villages and grids, and the departments."""

    township: str
    villages: Collection[str]
    grids: Collection[str]
    departments: Departments


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A wish for a person, by a hand, at a moment."""

    person: Person
    wish: Wish
    by: Actor
    hand: Hand
    now: datetime
    places: Places


A, H, S = PersonAction, Hand, PersonState
OFFICES = {H.ADMIN: Role.ADMIN, H.CENTRE: Role.CENTRE}
OFFICE = frozenset(OFFICES)
HERE = frozenset({S.ACTIVE, S.PAUSED})

# action → by whose hand, in which states.
TABLE: dict[PersonAction, tuple[frozenset[Hand], frozenset[PersonState]]] = {
    A.PAUSE: (frozenset(Hand), frozenset({S.ACTIVE})),
    A.RESUME: (frozenset(Hand), frozenset({S.PAUSED})),
    A.LEAVE: (frozenset(Hand), HERE),
    A.CHANGE_EMPLOYER: (OFFICE, HERE),
    A.CHANGE_ROUND: (OFFICE, HERE),
    A.CHANGE_PHONE: (OFFICE, HERE | {S.LEFT}),
    A.REAPPROVE: (OFFICE, HERE | {S.LEFT}),
    A.TRAINING: (OFFICE, HERE),
    A.WELCOME_PACK: (OFFICE, HERE),
    A.GRANT_ROLE: (frozenset({H.ADMIN}), frozenset({S.ACTIVE})),
    A.REVOKE_ROLE: (frozenset({H.ADMIN}), HERE),
    A.LINK_IDENTITY: (frozenset({H.ADMIN}), HERE),
    A.ERASE: (OFFICE, frozenset({S.LEFT})),
}


def hand_of(person_id: str, action: PersonAction, *, by: Actor, township: str) -> Hand:
    """By whose hand it is done, whoever the person is; what is one's own to do, one does by one's own hand only.

    Raises Forbidden (`not_to_oneself`, `person_not_yours`).
    """
    allowed = TABLE[action][0]
    if by.id == person_id:
        if Hand.SELF in allowed:
            return Hand.SELF
        raise Forbidden("not_to_oneself", action=action)
    for hand, role in OFFICES.items():
        if hand in allowed and by.holds(role, township):
            return hand
    raise Forbidden("person_not_yours", action=action)
