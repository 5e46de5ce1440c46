"""A page of a board: two reads; names as the reader may see them; who hides or left is on none, at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.people.access import What
from chalicelib.domain.people.actions import PersonAction, Wish
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.services.people import access, own_data, person_actions
from chalicelib.services.rankings import showing
from chalicelib.services.rankings.showing import Reading
from chalicelib.store.people import people
from chalicelib.store.rankings import boards
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, COMMITTEE, DISTRICT, GRID, NOW, TOWNSHIP, VILLAGE, WORKS, actor
from tests.ranked import enrolled, post, ranked, sent_for

pytestmark = pytest.mark.usefixtures("rules")
MONTH, OTHER = "2026-11", "350211102004"


def courier(id: str) -> Actor:
    return actor(id, (Role.COURIER, id))


@pytest.fixture(autouse=True)
def sent() -> Iterator[list[str]]:
    with sent_for() as sent:
        yield sent


@pytest.fixture
def crowd(rules: None) -> None:
    """p1 is the first of nine, p9 the last; the even ones ride elsewhere for another company."""
    for number in range(1, 10):
        more: dict[str, Any] = {} if number % 2 else {"villages": (OTHER,), "employer": "另一家"}
        enrolled(f"p{number}", **more)
        post(f"p{number}", 100 - number)
    ranked()


def look(by: Actor, period: str = MONTH, *, area: str | None = None, employer: str | None = None) -> Reading:
    return showing.page(period, area=area, employer=employer, by=by, now=NOW)


def names(reading: Reading) -> list[tuple[int, str]]:
    return [(one.rank, one.name) for one in reading.top]


@pytest.mark.usefixtures("crowd")
def test_a_courier_reads_the_first_and_those_around_him_by_two_reads() -> None:
    look(courier("p5"))  # the process knows its reference data from here on
    with counted() as calls:
        found = look(courier("p5"))
    assert calls.names == ["Query", "BatchGetItem"]
    assert names(found) == [(number, "林**") for number in range(1, 10)] and found.ranked == 9
    assert [(one.rank, one.own) for one in found.around] == [(3, False), (4, False), (5, True), (6, False), (7, False)]
    assert found.me and (found.me.rank, found.me.honour, found.me.solved) == (5, 95, 0)
    assert found.as_of and not found.frozen


@pytest.mark.usefixtures("crowd")
def test_boards_of_village_grid_and_employer_are_numbered_anew() -> None:
    for asked in ({"area": VILLAGE}, {"area": GRID}, {"employer": "试点快递"}):
        found = look(courier("p3"), **asked)
        assert found.ranked == 5 and [one.rank for one in found.around] == [1, 2, 3, 4]
        assert found.me and found.me.rank == 2
    assert look(CENTRE, area=OTHER).ranked == 4 == look(CENTRE, employer="另一家").ranked


@pytest.mark.usefixtures("crowd")
def test_a_courier_reads_no_board_that_he_is_not_on() -> None:
    for asked in ({"area": OTHER}, {"employer": "另一家"}):
        with pytest.raises(Forbidden) as refused:
            look(courier("p3"), **asked)
        assert refused.value.rule == "ranking_not_yours"


@pytest.mark.usefixtures("crowd")
def test_the_office_reads_names_and_its_looks_are_noted_the_auditor_and_the_district_do_not() -> None:
    assert names(look(CENTRE))[0] == (1, "林p1")
    assert len(access.about("p1", now=NOW, limit=10, cursor=None).entries) == 1
    for by in (AUDITOR, DISTRICT, COMMITTEE):
        assert names(look(by))[0] == (1, "林**")
    assert len(access.about("p1", now=NOW, limit=10, cursor=None).entries) == 1
    own = access.page(actor=AUDITOR.id, by=AUDITOR, now=NOW, limit=10, cursor=None).entries
    assert (What.READ_RANKINGS, MONTH) in [(one.what, one.subject) for one in own]
    with counted() as calls, pytest.raises(Forbidden):
        look(WORKS)
    assert calls.reads == 0


@pytest.mark.usefixtures("crowd")
def test_who_hides_is_gone_at_once_from_every_page_but_his_own(sent: list[str]) -> None:
    assert showing.is_shown(courier("p2"))
    assert showing.show(False, by=courier("p2"), now=NOW) is False
    assert [rank for rank, _ in names(look(CENTRE))] == [1, 3, 4, 5, 6, 7, 8, 9]
    assert [one.rank for one in look(courier("p1")).around] == [1, 3]
    ranked(now=NOW + timedelta(minutes=20))
    assert [rank for rank, _ in names(look(CENTRE))] == list(range(1, 9)) and look(CENTRE).ranked == 8
    own = look(courier("p2"))
    assert own.me and own.me.rank == 2 and [one.own for one in own.around] == [False, True, False, False]
    assert showing.show(True, by=courier("p2"), now=NOW) is True
    ranked(now=NOW + timedelta(minutes=40))
    assert look(CENTRE).ranked == 9


def test_hiding_twice_is_once_and_noted() -> None:
    enrolled("p1")
    for _ in range(2):
        showing.show(False, by=courier("p1"), now=NOW)
    (line,) = access.about("p1", now=NOW, limit=10, cursor=None).entries
    assert line.details == {"hidden_in_ranking": True} and people.get("p1").version == 1


@pytest.mark.usefixtures("crowd")
def test_who_leaves_or_becomes_staff_is_gone_at_once_and_counted_no_longer_soon(sent: list[str]) -> None:
    own_data.close_account(courier("p1"), now=NOW)
    staff = Wish(action=PersonAction.GRANT_ROLE, post=Post(Role.GRID_MEMBER, GRID))
    person_actions.act("p2", staff, version=None, key=None, by=ADMIN, now=NOW)
    assert [rank for rank, _ in names(look(CENTRE))] == [3, 4, 5, 6, 7, 8, 9]
    ranked(now=NOW + timedelta(minutes=20))
    assert [rank for rank, _ in names(look(CENTRE))] == list(range(1, 8)) and look(CENTRE).ranked == 7


@pytest.mark.usefixtures("crowd")
def test_who_is_erased_has_no_name_left_on_a_page() -> None:
    person = people.get("p1")
    people.put(replace(person, name="", posts=()))
    assert all(one.name for one in look(CENTRE).top)


def test_a_board_that_never_was_is_sent_for_and_empty_until_then(sent: list[str]) -> None:
    enrolled("p1")
    found = look(courier("p1"))
    assert (found.as_of, found.ranked, found.top, found.me) == (None, 0, [], None)
    look(courier("p1"), "2025-01")  # over: nobody waits for it
    assert sent == [f'rankings {{"period":"{MONTH}"}}']


@pytest.mark.usefixtures("crowd")
def test_the_number_of_the_first_is_the_townships(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "_top", lambda now: 3)
    found = look(courier("p9"))
    assert [one.rank for one in found.top] == [1, 2, 3] and [one.rank for one in found.around] == [7, 8, 9]


@pytest.mark.parametrize("asked", [{"area": "350211102999"}, {"area": f"{VILLAGE}999"}, {"area": "350211103"}])
def test_a_place_that_is_none_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        look(CENTRE, **asked)
    assert refused.value.rule == "unknown_area"


def test_the_township_may_be_named(crowd: None) -> None:
    assert look(CENTRE, area=TOWNSHIP).top == look(CENTRE).top
    assert boards.of(MONTH).live is not None
