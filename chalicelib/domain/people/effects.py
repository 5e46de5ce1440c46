"""What an action makes of a person; and what closing an account and forgetting somebody do."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.actions import TABLE, Case, Hand, PersonAction, Places, Wish
from chalicelib.domain.people.applications import require_past
from chalicelib.domain.people.model import Actor, Person, PersonState, Post, Role


def decide(person: Person, wish: Wish, hand: Hand, *, by: Actor, now: datetime, places: Places) -> Person:
    """What becomes of the person. Where a post ends, so does every token.

    Raises Forbidden (`staff_by_admin`, …), IllegalAction (`person_state`, …), Invalid, Conflict (`training_needed`).
    """
    if hand is Hand.CENTRE and person.actor.is_staff:
        raise Forbidden("staff_by_admin", action=wish.action)
    if person.state not in TABLE[wish.action][1]:
        raise IllegalAction("person_state", action=wish.action, state=person.state)
    case = Case(person=person, wish=wish, by=by, hand=hand, now=now, places=places)
    return replace(person, **EFFECTS[wish.action](case), version=person.version + 1)


def close(person: Person, *, now: datetime) -> dict[str, Any]:
    """What leaving changes: all posts end, and with them every token."""
    return {"state": PersonState.LEFT, "posts": (), "left_at": now, "valid_from": now, "paused_by": None}


def erased(person: Person, *, now: datetime) -> Person:
    """Who left, forgotten: what remains is that somebody of this id was here, and since when no longer."""
    return Person(
        id=person.id,
        name="",
        phone="",
        posts=(),
        valid_from=now,
        state=PersonState.ERASED,
        joined_at=person.joined_at,
        left_at=person.left_at,
        version=person.version + 1,
    )


def check_post(post: Post, person_id: str, places: Places) -> None:
    """Whether there is such a place for the role. Raises Invalid (`unknown_scope`, `unknown_department`)."""
    if post.role is Role.DEPARTMENT:
        places.departments.named(post.scope)
        return
    scopes: dict[Role, Collection[str]] = {
        Role.COURIER: (person_id,),
        Role.GRID_MEMBER: places.grids,
        Role.VILLAGE: places.villages,
        Role.DISTRICT: (places.township[:6],),
    }
    if post.scope not in scopes.get(post.role, (places.township,)):
        raise Invalid("unknown_scope", role=post.role, scope=post.scope)


def _pause(case: Case) -> dict[str, Any]:
    person = case.person
    if person.own_post not in person.posts:
        raise IllegalAction("not_a_courier")
    left = tuple(post for post in person.posts if post != person.own_post)
    return {"state": PersonState.PAUSED, "posts": left, "valid_from": case.now, "paused_by": case.by.id}


def _resume(case: Case) -> dict[str, Any]:
    person = case.person
    if case.hand is Hand.SELF and person.paused_by != person.id:
        raise Forbidden("paused_by_office")
    return {"state": PersonState.ACTIVE, "posts": (*person.posts, person.own_post), "paused_by": None}


def _leave(case: Case) -> dict[str, Any]:
    require_replaceable(case.person, case.hand)
    return close(case.person, now=case.now)


def require_replaceable(person: Person, hand: Hand) -> None:
    """An admin leaves by another admin's hand, so that one remains. Raises Forbidden (`admin_leaves_by_another`)."""
    if hand is Hand.SELF and any(post.role is Role.ADMIN for post in person.posts):
        raise Forbidden("admin_leaves_by_another")


def _change_employer(case: Case) -> dict[str, Any]:
    return {"employer": case.wish.employer.strip()}


def _change_round(case: Case) -> dict[str, Any]:
    """Posts in a village that the round has left end; those in villages that it never led through are no part of it."""
    if unknown := set(case.wish.villages).difference(case.places.villages):
        raise Invalid("unknown_village", villages=", ".join(sorted(unknown)))
    person, changed = case.person, {"villages": tuple(dict.fromkeys(case.wish.villages))}
    gone = set(person.villages).difference(case.wish.villages)
    kept = tuple(post for post in person.posts if post.village not in gone)
    return changed if kept == person.posts else changed | {"posts": kept, "valid_from": case.now}


def _change_phone(case: Case) -> dict[str, Any]:
    """In person it is an approval; else one must follow before he signs in again. Who left may be without a number."""
    if not case.wish.phone:
        if case.person.state is not PersonState.LEFT:
            raise Invalid("phone_malformed")
        return {"phone": "", "phone_at": case.now}
    if case.hand is Hand.CENTRE and not case.wish.in_person:
        raise Forbidden("in_person_needed")
    changed = {"phone": case.wish.phone, "phone_at": case.now, "valid_from": case.now}
    return changed | ({"approved_at": case.now} if case.wish.in_person else {})


def _reapprove(case: Case) -> dict[str, Any]:
    """Who had left is a courier again, if he was trained for it."""
    if not case.wish.in_person:
        raise Forbidden("in_person_needed")
    person, again = case.person, {"approved_at": case.now}
    if person.state is not PersonState.LEFT:
        return again
    posts = (person.own_post,) if person.trained_on and person.adult else ()
    return again | {"state": PersonState.ACTIVE, "posts": posts, "left_at": None, "erase_asked_at": None}


def _training(case: Case) -> dict[str, Any]:
    require_past(case.wish.day, case.now)
    return {"trained_on": case.wish.day, "trained_by": case.wish.trainer.strip()}


def _welcome_pack(case: Case) -> dict[str, Any]:
    require_past(case.wish.day, case.now)
    return {"pack_on": case.wish.day}


def _grant_role(case: Case) -> dict[str, Any]:
    person, post = case.person, _post(case)
    check_post(post, person.id, case.places)
    if post in person.posts:
        raise IllegalAction("role_held", post=post.key)
    if post.role is Role.COURIER and not (person.trained_on and person.adult):
        raise Conflict("training_needed")
    return {"posts": (*person.posts, post)}


def _revoke_role(case: Case) -> dict[str, Any]:
    post = _post(case)
    if post not in case.person.posts:
        raise IllegalAction("role_not_held", post=post.key)
    return {"posts": tuple(held for held in case.person.posts if held != post), "valid_from": case.now}


def _link_identity(case: Case) -> dict[str, Any]:
    return {"identity": case.wish.identity, "valid_from": case.now}


def _erase(case: Case) -> dict[str, Any]:
    """Asked for again, the time goes on from the first."""
    return {"erase_asked_at": case.person.erase_asked_at or case.now}


def _post(case: Case) -> Post:
    if case.wish.post is None:
        raise Invalid("unknown_scope", role="", scope="")
    return case.wish.post


EFFECTS: dict[PersonAction, Callable[[Case], dict[str, Any]]] = {
    PersonAction.PAUSE: _pause,
    PersonAction.RESUME: _resume,
    PersonAction.LEAVE: _leave,
    PersonAction.CHANGE_EMPLOYER: _change_employer,
    PersonAction.CHANGE_ROUND: _change_round,
    PersonAction.CHANGE_PHONE: _change_phone,
    PersonAction.REAPPROVE: _reapprove,
    PersonAction.TRAINING: _training,
    PersonAction.WELCOME_PACK: _welcome_pack,
    PersonAction.GRANT_ROLE: _grant_role,
    PersonAction.REVOKE_ROLE: _revoke_role,
    PersonAction.LINK_IDENTITY: _link_identity,
    PersonAction.ERASE: _erase,
}
