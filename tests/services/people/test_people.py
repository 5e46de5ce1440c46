"""Who sees whom, what it costs, and people as an older release stored them, on both stores."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import PersonState
from chalicelib.domain.people.sight import Sight
from chalicelib.services.people import people, person_actions
from chalicelib.store.people import access
from chalicelib.store.people import people as store
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, COURIER, EVERYONE, NOW, VILLAGER
from tests.known import OTHER_PHONE, PHONE, VILLAGE_POST, WRITE, A, act, known, rule

pytestmark = pytest.mark.usefixtures("rules")


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


def test_people_are_seen_by_id_phone_and_post_and_each_look_is_noted() -> None:
    person = known("p1", PHONE, VILLAGE_POST)
    assert people.show("p1", by=CENTRE, now=NOW).people == [person]
    assert people.by_phone(PHONE, by=ADMIN, now=NOW).people == [person]
    assert people.by_phone(OTHER_PHONE, by=ADMIN, now=NOW).people == []
    masked = people.by_post(VILLAGE_POST, by=AUDITOR, now=NOW, limit=9, cursor=None)
    assert (masked.sight, masked.people[0].name, masked.people[0].phone) == (Sight.MASKED, "试****", "100****0001")
    looks = access.of("p1", limit=9)
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
