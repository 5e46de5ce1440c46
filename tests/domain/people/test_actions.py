"""What may be done to somebody: every action by every hand in every state, and what it makes of him."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from chalicelib.domain.errors import Conflict, DomainError, Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.actions import TABLE, Hand, PersonAction, Places, Wish, hand_of
from chalicelib.domain.people.effects import EFFECTS, check_post, decide, erased
from chalicelib.domain.people.model import CLOSED, Actor, Identity, Person, PersonState, Post, Role
from tests.builders import ADMIN, CENTRE, COURIER2, EVERYONE, GRID, NOW, RULES, TOWNSHIP, VILLAGE, actor

A, S = PersonAction, PersonState
DAY = date(2026, 11, 20)
OWN = Post(Role.COURIER, "p1")
VILLAGER = Post(Role.VILLAGE, VILLAGE)
PLACES = Places(township=TOWNSHIP, villages={VILLAGE}, grids={GRID}, departments=RULES.departments)
KNOWN = Person(
    id="p1",
    name="试点快递员",
    phone="10000000001",
    posts=(OWN,),
    valid_from=NOW - timedelta(days=9),
    employer="试点快递公司",
    villages=(VILLAGE,),
    adult=True,
    trained_on=DAY,
    approved_at=NOW - timedelta(days=9),
    version=4,
)
SELF = KNOWN.actor
BY: dict[Hand, Actor] = {Hand.SELF: SELF, Hand.CENTRE: CENTRE, Hand.ADMIN: ADMIN}

# A person in each state, and a wish for each action that is granted where hand and state allow it.
IN: dict[PersonState, Person] = {
    S.ACTIVE: KNOWN,
    S.PAUSED: replace(KNOWN, state=S.PAUSED, posts=(), paused_by="p1"),
    S.LEFT: replace(KNOWN, state=S.LEFT, posts=(), left_at=NOW),
    S.ERASED: replace(KNOWN, state=S.ERASED, posts=(), name="", phone=""),
}
WISHES: dict[PersonAction, dict[str, Any]] = {
    A.CHANGE_EMPLOYER: {"employer": " 另一家 "},
    A.CHANGE_ROUND: {"villages": (VILLAGE, VILLAGE)},
    A.CHANGE_PHONE: {"phone": "10000000009", "in_person": True},
    A.REAPPROVE: {"in_person": True},
    A.TRAINING: {"day": DAY, "trainer": " 讲师 "},
    A.WELCOME_PACK: {"day": DAY},
    A.GRANT_ROLE: {"post": VILLAGER},
    A.REVOKE_ROLE: {"post": VILLAGER},
    A.LINK_IDENTITY: {"identity": Identity("https://a", "1")},
}


def done(action: PersonAction, person: Person = KNOWN, *, by: Actor = ADMIN, **said: Any) -> Person:
    """What becomes of the person."""
    wish = Wish(action=action, **(WISHES.get(action, {}) | said))
    hand = hand_of(person.id, action, by=by, township=TOWNSHIP)
    return decide(person, wish, hand, by=by, now=NOW, places=PLACES)


def refusal(action: PersonAction, person: Person = KNOWN, *, by: Actor = ADMIN, **said: Any) -> DomainError:
    """What it is refused with."""
    with pytest.raises(DomainError) as refused:
        done(action, person, by=by, **said)
    return refused.value


@pytest.mark.parametrize(("action", "hand", "state"), list(product(A, Hand, S)))
def test_what_is_done_by_whose_hand_in_which_state(action: PersonAction, hand: Hand, state: PersonState) -> None:
    hands, states = TABLE[action]
    person = IN[state]
    if action is A.REVOKE_ROLE:  # only the admin reaches a village's staff, and only he may do this
        person = replace(person, posts=(*person.posts, VILLAGER))
    if hand in hands and state in states:
        after = done(action, person, by=BY[hand])
        assert after.version == 5 and after.id == "p1"
    else:
        refused = refusal(action, person, by=BY[hand])
        assert isinstance(refused, Forbidden if hand not in hands else IllegalAction), refused


def test_every_action_has_its_rule_and_its_effect() -> None:
    assert TABLE.keys() == EFFECTS.keys() == set(A)


@pytest.mark.parametrize("action", A)
def test_nobody_else_does_anything_to_anybody(action: PersonAction) -> None:
    for by in EVERYONE:
        if by not in (CENTRE, ADMIN):
            assert refusal(action, by=by).rule == "person_not_yours"


@pytest.mark.parametrize("role", [Role.CENTRE, Role.ADMIN])
def test_the_office_of_another_township_does_nothing_here(role: Role) -> None:
    assert refusal(A.PAUSE, by=actor("x", (role, "350211103"))).rule == "person_not_yours"


@pytest.mark.parametrize("action", [A.GRANT_ROLE, A.REVOKE_ROLE, A.REAPPROVE, A.CHANGE_PHONE, A.LINK_IDENTITY])
def test_nobody_does_the_offices_work_on_himself(action: PersonAction) -> None:
    admin = replace(KNOWN, id=ADMIN.id, posts=ADMIN.posts)
    assert refusal(action, admin).rule == "not_to_oneself"


@pytest.mark.parametrize("action", [A.PAUSE, A.LEAVE, A.CHANGE_PHONE, A.REAPPROVE, A.TRAINING])
def test_the_centre_touches_no_staff(action: PersonAction) -> None:
    """Else it could sign in as the admin, whose phone it had changed to its own."""
    both = replace(KNOWN, posts=(OWN, Post(Role.ADMIN, TOWNSHIP)))
    assert refusal(action, both, by=CENTRE).rule == "staff_by_admin"
    assert done(action, both).version == 5


def test_leaving_ends_every_post_and_every_token_at_once() -> None:
    after = done(A.LEAVE, replace(KNOWN, posts=(OWN, VILLAGER)), by=SELF)
    assert (after.state, after.posts, after.left_at, after.valid_from) == (S.LEFT, (), NOW, NOW)
    assert after.name and after.phone


def test_an_admin_leaves_by_another_admins_hand() -> None:
    admin = replace(KNOWN, posts=(Post(Role.ADMIN, TOWNSHIP),))
    assert refusal(A.LEAVE, admin, by=SELF).rule == "admin_leaves_by_another"
    assert done(A.LEAVE, admin).state in CLOSED


def test_pausing_takes_the_courier_role_alone() -> None:
    after = done(A.PAUSE, replace(KNOWN, posts=(OWN, VILLAGER)))
    assert (after.state, after.posts, after.valid_from) == (S.PAUSED, (VILLAGER,), NOW)
    assert done(A.RESUME, after).posts == (VILLAGER, OWN)
    assert refusal(A.PAUSE, replace(KNOWN, posts=(VILLAGER,))).rule == "not_a_courier"


def test_whom_the_office_paused_only_the_office_lets_go_on() -> None:
    paused = done(A.PAUSE, by=CENTRE)
    assert refusal(A.RESUME, paused, by=SELF).rule == "paused_by_office"
    assert done(A.RESUME, paused, by=CENTRE).posts == (OWN,)
    assert done(A.RESUME, done(A.PAUSE, by=SELF), by=SELF).state is S.ACTIVE


def test_a_new_phone_ends_all_tokens_and_in_person_is_an_approval() -> None:
    near, far = done(A.CHANGE_PHONE, by=CENTRE), done(A.CHANGE_PHONE, in_person=False)
    assert (near.phone, near.approved_at, near.valid_from) == ("10000000009", NOW, NOW)
    assert (far.phone_at, far.approved_at) == (NOW, KNOWN.approved_at)
    assert refusal(A.CHANGE_PHONE, by=CENTRE, in_person=False).rule == "in_person_needed"


def test_who_left_comes_back_in_person_as_the_courier_he_was() -> None:
    left = replace(IN[S.LEFT], erase_asked_at=NOW)
    back = done(A.REAPPROVE, left, by=CENTRE)
    assert (back.state, back.posts, back.left_at, back.erase_asked_at) == (S.ACTIVE, (OWN,), None, None)
    assert done(A.REAPPROVE, replace(left, trained_on=None)).posts == ()
    assert refusal(A.REAPPROVE, left, in_person=False).rule == "in_person_needed"
    assert done(A.REAPPROVE).posts == KNOWN.posts and done(A.REAPPROVE).approved_at == NOW


def test_a_role_is_given_once_and_taken_from_who_has_it() -> None:
    granted = done(A.GRANT_ROLE)
    assert granted.posts == (OWN, VILLAGER) and granted.valid_from == KNOWN.valid_from
    assert refusal(A.GRANT_ROLE, granted).rule == "role_held"
    assert done(A.REVOKE_ROLE, granted).posts == (OWN,)
    assert done(A.REVOKE_ROLE, granted).valid_from == NOW
    assert refusal(A.REVOKE_ROLE).rule == "role_not_held"


def test_a_courier_is_an_adult_who_was_trained() -> None:
    staff = replace(KNOWN, posts=(VILLAGER,), trained_on=None)
    refused = refusal(A.GRANT_ROLE, staff, post=OWN)
    assert isinstance(refused, Conflict) and refused.rule == "training_needed"
    assert OWN in done(A.GRANT_ROLE, replace(staff, trained_on=DAY), post=OWN).posts


GOOD = [
    OWN,
    VILLAGER,
    Post(Role.GRID_MEMBER, GRID),
    Post(Role.CENTRE, TOWNSHIP),
    Post(Role.COMMITTEE, TOWNSHIP),
    Post(Role.AUDITOR, TOWNSHIP),
    Post(Role.ADMIN, TOWNSHIP),
    Post(Role.DISTRICT, "350211"),
    Post(Role.DEPARTMENT, "D04"),
]
BAD = [
    Post(Role.COURIER, COURIER2.id),
    Post(Role.VILLAGE, GRID),
    Post(Role.VILLAGE, "350211102999"),
    Post(Role.GRID_MEMBER, VILLAGE),
    Post(Role.CENTRE, VILLAGE),
    Post(Role.ADMIN, "350211103"),
    Post(Role.DISTRICT, TOWNSHIP),
    Post(Role.DEPARTMENT, "D99"),
    Post(Role.DEPARTMENT, "V"),
    Post(Role.AUDITOR, ""),
]


@pytest.mark.parametrize("post", GOOD, ids=lambda post: post.key)
def test_a_role_is_held_in_a_place_that_there_is(post: Post) -> None:
    check_post(post, "p1", PLACES)


@pytest.mark.parametrize("post", BAD, ids=lambda post: post.key)
def test_and_in_no_other(post: Post) -> None:
    with pytest.raises(Invalid):
        check_post(post, "p1", PLACES)


def test_every_role_was_tried() -> None:
    assert {post.role for post in GOOD} == set(Role)


@pytest.mark.parametrize("action", [A.TRAINING, A.WELCOME_PACK])
def test_what_was_done_was_done_by_today(action: PersonAction) -> None:
    assert done(action, day=date(2026, 11, 23)).version == 5
    assert refusal(action, day=date(2026, 11, 24)).rule == "day_ahead"


def test_rounds_lead_through_villages_that_there_are() -> None:
    assert done(A.CHANGE_ROUND).villages == (VILLAGE,)
    assert refusal(A.CHANGE_ROUND, villages=("350211102999",)).rule == "unknown_village"


def test_what_is_written_is_trimmed() -> None:
    assert done(A.CHANGE_EMPLOYER).employer == "另一家"
    assert done(A.TRAINING).trained_by == "讲师"


def test_who_is_forgotten_is_an_id_that_was_here() -> None:
    whole = replace(IN[S.LEFT], skills=("急救",), identity=Identity("https://a", "1"), consent=1, erase_asked_at=NOW)
    gone = erased(whole, now=NOW)
    assert gone == Person(
        id="p1", name="", phone="", posts=(), valid_from=NOW, state=S.ERASED, left_at=NOW, version=whole.version + 1
    )
