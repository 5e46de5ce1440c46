"""What is done to people, and who sees whom, on both stores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.access import What
from chalicelib.domain.errors import DomainError, Forbidden, KeyReused, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people import Actor, Identity, Person, PersonState, Post, Role
from chalicelib.domain.people_sight import Sight
from chalicelib.domain.person_actions import PersonAction, Wish
from chalicelib.services import people, person_actions
from chalicelib.store import access
from chalicelib.store import people as store
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, COURIER, EVERYONE, GRID, NOW, TOWNSHIP, VILLAGE, VILLAGER, actor

pytestmark = pytest.mark.usefixtures("rules")
A, WRITE = PersonAction, "TransactWriteItems"
PHONE, OTHER_PHONE = "10000000001", "10000000002"
VILLAGE_POST = Post(Role.VILLAGE, VILLAGE)


def known(id: str = "p1", phone: str = PHONE, *posts: Post, **fields: Any) -> Person:
    """Somebody who is a courier, unless he holds other posts, and is in the store."""
    held = posts or (Post(Role.COURIER, id),)
    person = Person(id=id, name="试点快递员", phone=phone, posts=held, valid_from=NOW - timedelta(days=9), **fields)
    people.enrol(person)
    return person


def act(
    action: PersonAction,
    id: str = "p1",
    *,
    by: Actor = CENTRE,
    key: Key | None = None,
    version: int | None = None,
    **said: Any,
) -> Person:
    return person_actions.act(id, Wish(action=action, **said), version=version, key=key, by=by, now=NOW)


def rule(do: Callable[[], object]) -> str:
    """The rule that refuses it."""
    with pytest.raises(DomainError) as refusal:
        do()
    return refusal.value.rule


def test_who_leaves_is_nobody_anywhere_at_once() -> None:
    known("p1", PHONE, Post(Role.COURIER, "p1"), VILLAGE_POST)
    act(A.LEAVE, by=actor("p1", (Role.COURIER, "p1")))
    left = store.get("p1")
    assert (left.state, left.posts, left.valid_from) == (PersonState.LEFT, (), NOW)
    assert store.holders(VILLAGE_POST.key) == store.holders("courier:p1") == []
    assert store.left_before(NOW, asked=False, limit=9) == ["p1"]
    assert store.by_phone(PHONE) == left


def test_who_leaves_is_signed_out_of_every_session() -> None:
    from chalicelib.store.sessions import SessionItem

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


@pytest.mark.parametrize("id", ["p1", "p9"])
def test_a_stranger_learns_nothing_of_who_there_is(id: str) -> None:
    known()
    assert rule(lambda: act(A.PAUSE, id, by=COURIER)) == "person_not_yours"
    assert rule(lambda: people.show(id, by=COURIER, now=NOW)) == "people_not_yours_to_see"


def test_who_may_is_told_that_there_is_nobody() -> None:
    with pytest.raises(NotFound):
        act(A.PAUSE)
    with pytest.raises(NotFound):
        people.show("p1", by=CENTRE, now=NOW)


def test_every_change_is_noted_with_what_it_was_and_without_personal_data() -> None:
    known()
    act(A.CHANGE_PHONE, phone=OTHER_PHONE, in_person=True, reason="换号")
    (line,) = access.of("p1", limit=9, cursor=None).entries
    assert (line.what, line.actor_id, line.purpose) == (What.CHANGED_PERSON, CENTRE.id, "换号")
    assert line.details == {"action": "change_phone"}
    assert rule(lambda: act(A.RESUME)) == "person_state"
    assert len(access.of("p1", limit=9, cursor=None).entries) == 1


def test_people_are_seen_by_id_phone_and_post_and_each_look_is_noted() -> None:
    person = known("p1", PHONE, VILLAGE_POST)
    assert people.show("p1", by=CENTRE, now=NOW).people == [person]
    assert people.by_phone(PHONE, by=ADMIN, now=NOW).people == [person]
    assert people.by_phone(OTHER_PHONE, by=ADMIN, now=NOW).people == []
    masked = people.by_post(VILLAGE_POST, by=AUDITOR, now=NOW, limit=9, cursor=None)
    assert (masked.sight, masked.people[0].name, masked.people[0].phone) == (Sight.MASKED, "试****", "100****0001")
    looks = access.of("p1", limit=9, cursor=None).entries
    assert {(line.actor_id, line.what) for line in looks} == {
        (by.id, What.SAW_PERSON) for by in (CENTRE, ADMIN, AUDITOR)
    }


def test_the_auditor_cannot_ask_whose_phone_it_is() -> None:
    known()
    for by in EVERYONE:
        if by not in (CENTRE, ADMIN):
            with pytest.raises(Forbidden):
                people.by_phone(PHONE, by=by, now=NOW)


def test_holders_come_page_by_page() -> None:
    for number in range(5):
        known(f"p{number}", f"1000000010{number}", VILLAGE_POST)
    seen: list[str] = []
    cursor = None
    while cursor or not seen:
        page = people.by_post(VILLAGE_POST, by=VILLAGER, now=NOW, limit=2, cursor=cursor)
        seen += [person.id for person in page.people]
        if not (cursor := page.cursor):
            break
    assert seen == [f"p{number}" for number in range(5)]


def test_what_it_costs() -> None:
    for number in range(5):
        known(f"p{number}", f"1000000010{number}", VILLAGE_POST)
    people.show("p1", by=CENTRE, now=NOW)
    person_actions.places(now=NOW)
    with counted() as calls:
        people.show("p1", by=CENTRE, now=NOW)
        people.by_phone("10000000101", by=CENTRE, now=NOW)
        people.by_phone("10000000999", by=CENTRE, now=NOW)
        people.by_post(VILLAGE_POST, by=CENTRE, now=NOW, limit=9, cursor=None)
        act(A.CHANGE_EMPLOYER, by=ADMIN, employer="a")
    reads = ["GetItem", WRITE, "GetItem", "GetItem", WRITE, "GetItem", "GetItem"]
    assert calls.names == [*reads, "Query", "BatchGetItem", WRITE, "GetItem", WRITE]


def test_people_of_before_there_were_versions_and_phones_of_their_own() -> None:
    """As the first release stored them: a body, no version, no item that says whose the phone is."""
    import msgspec

    old = {"id": "p1", "name": "甲", "phone": PHONE, "posts": [{"role": "courier", "scope": "p1"}]}
    body = msgspec.json.encode(old | {"valid_from": NOW - timedelta(days=9), "employer": "", "villages": []}).decode()
    store.PersonItem("p1", store.PROFILE, body=body).save()
    store.PersonItem("p1", "post#courier:p1", scope_key="courier:p1").save()
    assert store.get("p1").state is PersonState.ACTIVE and store.by_phone(PHONE) is None
    act(A.CHANGE_EMPLOYER, employer="a")
    found = store.by_phone(PHONE)
    assert found and found.version == 1
    act(A.LEAVE)
    assert store.get("p1").posts == ()


def test_being_active_is_no_new_version() -> None:
    known()
    store.seen("p1", NOW)
    store.seen("p1", NOW - timedelta(days=1))
    store.seen("nobody", NOW)
    assert store.find("nobody") is None
    seen = store.get("p1")
    assert (seen.last_active_at, seen.version) == (NOW, 0)
    after = act(A.CHANGE_EMPLOYER, employer="a", version=0)
    assert after.last_active_at == NOW == store.get("p1").last_active_at


def test_grids_are_places_for_roles_as_the_areas_in_force_say() -> None:
    known()
    assert Post(Role.GRID_MEMBER, GRID) in act(A.GRANT_ROLE, by=ADMIN, post=Post(Role.GRID_MEMBER, GRID)).posts
    unknown = Post(Role.GRID_MEMBER, f"{VILLAGE}999")
    assert rule(lambda: act(A.GRANT_ROLE, by=ADMIN, post=unknown)) == "unknown_scope"
    assert person_actions.places(now=NOW).township == TOWNSHIP
