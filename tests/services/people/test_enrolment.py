"""The admin enrols staff: once, and noted."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from chalicelib.domain.errors import DomainError, Forbidden, KeyReused
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.enrolment import Newcomer
from chalicelib.domain.people.model import Actor, Identity, Person, Post, Role
from chalicelib.services.people import enrolment
from chalicelib.store.people import access
from chalicelib.store.people import people as store
from tests.bench.calls import counted
from tests.builders import ADMIN, EVERYONE, NOW, TOWNSHIP, VILLAGE, actor
from tests.known import OTHER_PHONE, PHONE, VILLAGE_POST, WRITE, A, act, known, rule

pytestmark = pytest.mark.usefixtures("rules")
IDENTITY = Identity("https://login.example.gov.cn", "1")
NEW = Newcomer(id="n1", name="值班员", phone=PHONE, posts=(VILLAGE_POST,), identity=IDENTITY)
KEY = Key(caller_id=ADMIN.id, key="k", fingerprint="f")


def enrol(id: str = "n1", *, by: Actor = ADMIN, key: Key | None = None, phone: str = PHONE) -> Person:
    """The admin enrols somebody."""
    return enrolment.admit(replace(NEW, id=id, phone=phone), key=key, by=by, now=NOW)


def test_who_is_enrolled_is_known_by_phone_identity_and_post() -> None:
    person = enrol()
    assert store.by_phone(PHONE) == store.by_identity(IDENTITY.issuer, IDENTITY.subject) == person
    assert store.holders(VILLAGE_POST.key) == ["n1"]
    (line,) = access.of("n1", limit=9)
    assert (line.what, line.actor_id, line.details) == (
        What.ENROLLED_PERSON,
        ADMIN.id,
        {"posts": [f"village:{VILLAGE}"]},
    )


def test_the_admin_of_this_township_alone_enrols() -> None:
    for by in (*EVERYONE, actor("x", (Role.ADMIN, "350211103"))):
        if by != ADMIN:
            with pytest.raises(Forbidden):
                enrol(by=by)
    assert store.find("n1") is None


def test_a_number_and_an_identity_are_one_persons() -> None:
    enrol()
    assert rule(lambda: enrol("n2")) == "phone_taken"
    assert rule(lambda: enrol("n2", phone=OTHER_PHONE)) == "identity_taken"
    assert store.find("n2") is None


def test_sent_again_with_its_key_it_is_the_same_person() -> None:
    assert enrol(key=KEY) == enrol("n2", key=KEY)
    assert store.find("n2") is None
    with pytest.raises(KeyReused):
        enrol("n3", key=replace(KEY, fingerprint="g"))


def test_at_once_one_is_enrolled() -> None:
    def one(number: int) -> str:
        try:
            return enrol(f"n{number}").id
        except DomainError as error:
            return error.rule

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, range(4)))
    assert found.count("phone_taken") == 3


def test_who_left_comes_back_as_who_he_was_unless_the_number_has_become_somebody_elses() -> None:
    known("p1", PHONE, VILLAGE_POST)
    act(A.LEAVE, by=ADMIN)
    assert rule(enrol) == "phone_taken"
    act(A.CHANGE_PHONE, by=ADMIN, phone="", in_person=False)
    assert enrol().id == "n1"
    assert store.get("p1").phone == "" and store.get("p1").name == "试点快递员"
    act(A.REAPPROVE, by=ADMIN, in_person=True)
    assert act(A.GRANT_ROLE, by=ADMIN, post=Post(Role.CENTRE, TOWNSHIP)).posts == (Post(Role.CENTRE, TOWNSHIP),)


def test_it_costs_one_write() -> None:
    enrolment.admit(replace(NEW, id="n0", phone=OTHER_PHONE, identity=None), key=None, by=ADMIN, now=NOW)
    with counted() as calls:
        enrol(key=KEY)
    assert calls.names == [WRITE]
