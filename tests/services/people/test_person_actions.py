"""What is done to people, on both stores."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chalicelib.domain.errors import DomainError, KeyReused
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Identity, PersonState, Post, Role
from chalicelib.services.people import person_actions
from chalicelib.store.people import access
from chalicelib.store.people import people as store
from tests.builders import ADMIN, CENTRE, GRID, NOW, TOWNSHIP, VILLAGE, actor
from tests.known import OTHER_PHONE, PHONE, VILLAGE_POST, A, act, known, rule

pytestmark = pytest.mark.usefixtures("rules")


def test_who_leaves_is_nobody_anywhere_at_once() -> None:
    known("p1", PHONE, Post(Role.COURIER, "p1"), VILLAGE_POST)
    act(A.LEAVE, by=actor("p1", (Role.COURIER, "p1")))
    left = store.get("p1")
    assert (left.state, left.posts, left.valid_from) == (PersonState.LEFT, (), NOW)
    assert store.holders(VILLAGE_POST.key) == store.holders("courier:p1") == []
    assert store.left_before(NOW, asked=False, limit=9) == ["p1"]
    assert store.by_phone(PHONE) == left


def test_who_leaves_is_signed_out_of_every_session() -> None:
    from chalicelib.store.login.sessions import SessionItem

    known()
    SessionItem("p1", "s1", body="{}", current="x", expires_at=1).save()
    act(A.LEAVE)
    assert list(SessionItem.query("p1")) == []


def test_a_role_that_is_taken_is_gone_with_every_token() -> None:
    known()
    act(A.GRANT_ROLE, by=ADMIN, post=VILLAGE_POST)
    assert store.holders(VILLAGE_POST.key) == ["p1"]
    act(A.REVOKE_ROLE, by=ADMIN, post=VILLAGE_POST)
    assert store.holders(VILLAGE_POST.key) == []
    assert store.get("p1").valid_from == NOW


def test_a_phone_moves_as_a_whole() -> None:
    known()
    act(A.CHANGE_PHONE, phone=OTHER_PHONE, in_person=True)
    moved = store.by_phone(OTHER_PHONE)
    assert moved and moved.id == "p1" and store.by_phone(PHONE) is None
    known("p2", PHONE)
    assert rule(lambda: act(A.CHANGE_PHONE, phone=PHONE, in_person=True)) == "phone_taken"
    assert store.get("p1").phone == OTHER_PHONE


def test_two_who_want_one_phone_at_once_do_not_both_get_it() -> None:
    for number in range(4):
        known(f"p{number}", f"1000000010{number}")

    def one(number: int) -> str:
        try:
            return act(A.CHANGE_PHONE, f"p{number}", phone=OTHER_PHONE, in_person=True).id
        except DomainError as error:
            return error.rule

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, range(4)))
    assert sorted(found)[1:] == ["phone_taken"] * 3
    holder = store.by_phone(OTHER_PHONE)
    assert holder and holder.id == min(found)


def test_two_changes_of_one_person_at_once_are_one_after_the_other() -> None:
    known()

    def one(number: int) -> str:
        try:
            act(A.CHANGE_EMPLOYER, employer=f"e{number}")
        except DomainError as error:
            return error.rule
        return "done"

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, range(4)))
    assert set(found) <= {"done", "changed_meanwhile"} and "done" in found
    assert store.get("p1").version == found.count("done")


def test_an_identity_belongs_to_one() -> None:
    identity = Identity("https://login.example.gov.cn", "1")
    known("p1", PHONE, VILLAGE_POST)
    known("p2", OTHER_PHONE, VILLAGE_POST)
    act(A.LINK_IDENTITY, by=ADMIN, identity=identity)
    found = store.by_identity(identity.issuer, identity.subject)
    assert found and found.id == "p1"
    assert rule(lambda: act(A.LINK_IDENTITY, "p2", by=ADMIN, identity=identity)) == "identity_taken"
    act(A.LINK_IDENTITY, by=ADMIN, identity=None)
    assert store.by_identity(identity.issuer, identity.subject) is None


def test_an_action_sent_again_with_its_key_is_done_once() -> None:
    known()
    key = Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    first = act(A.PAUSE, key=key)
    assert act(A.PAUSE, key=key) == first
    assert rule(lambda: act(A.PAUSE)) == "person_state"
    with pytest.raises(KeyReused):
        act(A.PAUSE, key=replace(key, fingerprint="g"))


def test_who_read_an_older_version_is_told() -> None:
    known()
    act(A.CHANGE_EMPLOYER, employer="a", version=0)
    assert rule(lambda: act(A.CHANGE_EMPLOYER, employer="b", version=0)) == "stale_version"


def test_every_change_is_noted_with_what_it_was_and_without_personal_data() -> None:
    known()
    act(A.CHANGE_PHONE, phone=OTHER_PHONE, in_person=True, reason="换号")
    (line,) = access.of("p1", limit=9)
    assert (line.what, line.actor_id, line.purpose) == (What.CHANGED_PERSON, CENTRE.id, "换号")
    assert line.details == {"action": "change_phone"}
    assert rule(lambda: act(A.RESUME)) == "person_state"
    assert len(access.of("p1", limit=9)) == 1


def test_grids_are_places_for_roles_as_the_areas_in_force_say() -> None:
    known()
    assert Post(Role.GRID_MEMBER, GRID) in act(A.GRANT_ROLE, by=ADMIN, post=Post(Role.GRID_MEMBER, GRID)).posts
    unknown = Post(Role.GRID_MEMBER, f"{VILLAGE}999")
    assert rule(lambda: act(A.GRANT_ROLE, by=ADMIN, post=unknown)) == "unknown_scope"
    assert person_actions.places(now=NOW).township == TOWNSHIP
