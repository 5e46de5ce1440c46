"""A copy of one's own data, and being forgotten."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import Forbidden, IllegalAction, Invalid
from chalicelib.domain.people.access import What
from chalicelib.domain.people.actions import PersonAction, Wish
from chalicelib.domain.people.model import Person, PersonState, Post, Role
from chalicelib.services.people import access, own_data, people, person_actions
from chalicelib.services.people.own_parts import Part, Piece
from chalicelib.services.reports import intake
from chalicelib.store.people import people as store
from tests.bench.calls import counted
from tests.builders import ADMIN, CENTRE, COURIER, COURIER2, NOW, TOWNSHIP, draft

pytestmark = pytest.mark.usefixtures("rules", "courier")
DAY = timedelta(days=1)
PHONE = "10000000001"


@pytest.fixture
def courier(rules: None) -> Person:
    """A courier who is known."""
    person = Person(
        id=COURIER.id,
        name="试点快递员",
        phone=PHONE,
        posts=COURIER.posts,
        valid_from=NOW - DAY,
        employer="试点快递公司",
        skills=("急救",),
        adult=True,
        trained_on=NOW.date(),
    )
    people.enrol(person)
    return person


def pieces(limit: int = 50) -> list[Piece]:
    """The whole copy."""
    found = [own_data.copy(COURIER, limit=limit, cursor=None, now=NOW)]
    while found[-1].cursor:
        found.append(own_data.copy(COURIER, limit=limit, cursor=found[-1].cursor, now=NOW))
    return found


def test_a_copy_has_all_parts_one_after_the_other() -> None:
    for number in range(3):
        intake.accept(f"r{number}", draft(text=f"坑{number}"), key=None, by=COURIER, now=NOW + number * DAY / 24)
    intake.accept("other", draft(), key=None, by=COURIER2, now=NOW)
    access.record(CENTRE, What.SAW_REPORTER, COURIER.id, now=NOW)
    whole = pieces(limit=2)
    assert list(dict.fromkeys(piece.part for piece in whole)) == list(Part)
    assert [piece.person.phone for piece in whole if piece.person] == [PHONE]
    texts = [text for piece in whole for _, text in piece.reports]
    assert texts == ["坑2", "坑1", "坑0"]
    noted = {line.what for piece in whole for line in piece.access}
    assert noted == {What.SAW_REPORTER, What.COPIED_OWN_DATA}


def test_a_copy_costs_a_note_a_part_and_a_query_a_page() -> None:
    intake.accept("r1", draft(), key=None, by=COURIER, now=NOW)
    intake.accept("r2", draft(), key=None, by=COURIER, now=NOW)
    pieces()
    with counted() as calls:
        pieces(limit=1)
    assert calls.names[:7] == ["PutItem", "GetItem", "PutItem", "Query", "BatchGetItem", "Query", "BatchGetItem"]
    assert calls.names[7:] == [
        *["PutItem", "Query"] * 3,
        "PutItem",
        "BatchGetItem",
        "PutItem",
        "Query",
        "PutItem",
        "GetItem",
        "PutItem",
        "Query",
        *["PutItem", "Query", "GetItem", "GetItem"],  # visits and, once, what he is as one who carries
        *["PutItem", "Query", "GetItem"],  # findings and, once, trust
        *["PutItem", "Query"] * 5,  # appeals, volunteering, teams, look-outs, consents as a guardian
        *["PutItem", "GetItem"],
        *["PutItem", "Query"],  # certificates
    ]


@pytest.mark.parametrize("part", Part)
def test_a_copy_that_begins_with_another_part_is_noted_too(part: Part) -> None:
    """A cursor is no secret: whoever has a token can write one himself."""
    cursor = base64.urlsafe_b64encode(f'{{"part":"{part}"}}'.encode()).decode()
    own_data.copy(COURIER, limit=9, cursor=cursor, now=NOW)
    [line] = access.about(COURIER.id, now=NOW + 99 * DAY, limit=9, cursor=None).entries
    assert (line.what, line.details) == (What.COPIED_OWN_DATA, {"part": part})


@pytest.mark.parametrize("cursor", ["x", "eyJwYXJ0IjoiYWxsIn0", "%%%"])
def test_a_cursor_that_is_none_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        own_data.copy(COURIER, limit=9, cursor=cursor, now=NOW)


def test_who_asks_to_be_forgotten_is_out_now_and_forgotten_in_time(courier: Person) -> None:
    until = own_data.close_account(COURIER, now=NOW)
    closed = store.get(COURIER.id)
    assert (closed.state, closed.posts, closed.valid_from) == (PersonState.LEFT, (), NOW)
    assert until == NOW + 15 * DAY
    assert own_data.close_account(COURIER, now=NOW + DAY) == until
    assert own_data.erasable(now=until - DAY) == []
    assert own_data.erasable(now=until) == [COURIER.id]


def test_being_forgotten_leaves_an_id_and_frees_the_phone() -> None:
    own_data.close_account(COURIER, now=NOW)
    later = NOW + 15 * DAY
    assert own_data.erase(COURIER.id, now=later)
    assert not own_data.erase(COURIER.id, now=later)
    gone = store.get(COURIER.id)
    assert (gone.state, gone.name, gone.phone, gone.employer, gone.skills) == (PersonState.ERASED, "", "", "", ())
    assert store.by_phone(PHONE) is None and own_data.erasable(now=later) == []
    people.enrol(Person(id="p2", name="乙", phone=PHONE, posts=(), valid_from=NOW))
    whats = [line.what for line in access.about(COURIER.id, now=NOW + 99 * DAY, limit=9, cursor=None).entries]
    assert whats == [What.ERASED_OWN_DATA, What.CLOSED_OWN_ACCOUNT]


def test_who_only_left_is_kept_for_a_year() -> None:
    person_actions.act(COURIER.id, Wish(action=PersonAction.LEAVE), version=None, key=None, by=COURIER, now=NOW)
    assert own_data.erasable(now=NOW + 364 * DAY) == []
    assert own_data.erasable(now=NOW + 365 * DAY) == [COURIER.id]
    with pytest.raises(IllegalAction):
        own_data.close_account(COURIER, now=NOW)


def test_who_came_back_is_not_forgotten() -> None:
    own_data.close_account(COURIER, now=NOW)
    wish = Wish(action=PersonAction.REAPPROVE, in_person=True)
    person_actions.act(COURIER.id, wish, version=None, key=None, by=CENTRE, now=NOW + DAY)
    assert own_data.erasable(now=NOW + 999 * DAY) == []
    assert not own_data.erase(COURIER.id, now=NOW + 999 * DAY)
    assert store.get(COURIER.id).posts == COURIER.posts


def test_an_admin_is_not_forgotten_by_his_own_hand(courier: Person) -> None:
    people.enrol(replace(courier, id=ADMIN.id, phone="", posts=(Post(Role.ADMIN, TOWNSHIP),)))
    with pytest.raises(Forbidden):
        own_data.close_account(ADMIN, now=NOW)


def test_nobody_is_forgotten_who_is_not_there() -> None:
    assert not own_data.erase("nobody", now=NOW)
    assert not own_data.erase(COURIER.id, now=NOW)
