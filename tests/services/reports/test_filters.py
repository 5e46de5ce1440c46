"""Saved filters in the store: whose they are, how they are shared, and that no change is lost."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.errors import CapReached, DomainError, Forbidden, Invalid, KeyReused, NotFound, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.actions import PersonAction
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reports.filters import Criteria, Listing, SavedFilter
from chalicelib.services.people import own_data
from chalicelib.services.people.own_parts import Part
from chalicelib.services.reference import tables
from chalicelib.services.reports import filters
from chalicelib.store.reports import filters as store
from tests.bench.calls import counted
from tests.builders import ADMIN, CENTRE, COURIER, DATA, GRID_MEMBER, NEXT_GRID, NOW, TOWNSHIP, VILLAGE, actor
from tests.known import act, known

pytestmark = pytest.mark.usefixtures("rules")
COLLEAGUE = actor("colleague", (Role.CENTRE, TOWNSHIP))
POST = f"centre:{TOWNSHIP}"
KEY = Key(caller_id=GRID_MEMBER.id, key="k", fingerprint="f")
WRITE = "TransactWriteItems"


def save(
    id: str = "f1",
    name: str = "今天到期",
    *,
    by: Actor = GRID_MEMBER,
    post: str | None = None,
    key: Key | None = None,
    **criteria: Any,
) -> SavedFilter:
    wish = filters.wanted(name, Listing.INBOX, None, Criteria(**criteria), now=NOW)
    return filters.save(id, wish, post=post, key=key, by=by, now=NOW)


def ids(by: Actor = GRID_MEMBER) -> list[str]:
    return [one.id for one in filters.listing(by=by)]


def rename(id: str, name: str, *, by: Actor = GRID_MEMBER, version: int | None = None) -> SavedFilter:
    wish = filters.wanted(name, Listing.INBOX, None, Criteria(), now=NOW)
    return filters.change(id, wish, version=version, by=by, now=NOW)


def refusal(error: type[DomainError], do: Callable[[], object]) -> str:
    with pytest.raises(error) as refused:
        do()
    return refused.value.rule


def test_what_is_saved_is_there_until_it_is_thrown_away() -> None:
    made = save(kinds=("0303", "01"), due_within_hours=4.0)
    save("f2")
    assert filters.view("f1", by=GRID_MEMBER) == made
    assert ids() == ["f1", "f2"]
    filters.remove("f1", version=1, by=GRID_MEMBER)
    assert ids() == ["f2"]
    assert refusal(NotFound, lambda: filters.view("f1", by=GRID_MEMBER)) == "no_such_filter"


def test_saving_is_one_read_and_one_transaction_and_reading_is_one_read() -> None:
    save("f0")
    with counted() as calls:
        save("f1")
        filters.listing(by=CENTRE)
        rename("f1", "b")
        filters.remove("f1", version=None, by=GRID_MEMBER)
    assert calls.names == ["BatchGetItem", WRITE, "BatchGetItem", "BatchGetItem", WRITE, "BatchGetItem", WRITE]


def test_a_persons_filters_are_his_own() -> None:
    save()
    assert ids(CENTRE) == ids(ADMIN) == []
    assert refusal(NotFound, lambda: rename("f1", "b", by=CENTRE)) == "no_such_filter"
    assert refusal(NotFound, lambda: filters.remove("f1", version=None, by=CENTRE)) == "no_such_filter"


def test_what_the_centre_shares_all_its_people_use_and_change() -> None:
    save("own", by=COLLEAGUE)
    made = save("f1", by=CENTRE, post=POST)
    assert made.post == POST
    assert ids(CENTRE) == ["f1"] and ids(COLLEAGUE) == ["own", "f1"] and ids(GRID_MEMBER) == []
    assert rename("f1", "急件", by=COLLEAGUE, version=1).version == 2
    with pytest.raises(StaleVersion):
        rename("f1", "b", by=CENTRE, version=1)
    filters.remove("f1", version=2, by=CENTRE)
    assert ids(COLLEAGUE) == ["own"]


@pytest.mark.parametrize("post", [f"grid_member:{NEXT_GRID}", f"village:{VILLAGE}", POST, "centre:350211103"])
def test_nobody_shares_for_a_post_that_is_not_the_centres_and_his(post: str) -> None:
    by = replace(GRID_MEMBER, posts=(*GRID_MEMBER.posts, *actor("x", (Role.VILLAGE, VILLAGE)).posts))
    assert refusal(Forbidden, lambda: save(by=by, post=post)) == "filter_sharing"


def test_they_are_for_staff() -> None:
    asked: list[Callable[[], object]] = [
        lambda: ids(COURIER),
        lambda: save(by=COURIER),
        lambda: filters.view("f1", by=COURIER),
    ]
    assert {refusal(Forbidden, do) for do in asked} == {"filters_for_staff"}


def test_the_drawer_is_full_at_the_townships_number() -> None:
    few = (DATA / "numbers.csv").read_bytes().replace(b"filters_per_drawer,20", b"filters_per_drawer,2")
    tables.replace_table("numbers", few, base=None, by=ADMIN, now=NOW)
    save("f1")
    save("f2")
    assert refusal(CapReached, lambda: save("f3")) == "filters_per_drawer"
    save("f3", by=CENTRE)


@pytest.mark.parametrize(
    ("criteria", "rule"),
    [
        ({"kinds": ("9999",)}, "unknown_kind"),
        ({"kinds": ("99",)}, "unknown_kind"),
        ({"village": "350211102999"}, "unknown_area"),
        ({"grid": "350211102999001"}, "unknown_area"),
    ],
)
def test_kinds_and_places_that_there_are_not_are_refused(criteria: dict[str, Any], rule: str) -> None:
    assert refusal(Invalid, lambda: save(**criteria)) == rule


def test_sent_again_with_its_key_it_is_saved_once() -> None:
    first = save("f1", key=KEY)
    assert save("f2", key=KEY) == first
    assert ids() == ["f1"]
    assert refusal(KeyReused, lambda: save("f3", key=replace(KEY, fingerprint="g"))) == "key_reused"


def test_two_who_save_at_once_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    read = store.several

    def late(owners: list[str]) -> object:
        found = read(owners)
        monkeypatch.setattr(store, "several", read)
        save("f2", by=COLLEAGUE, post=POST)
        return found

    monkeypatch.setattr(store, "several", late)
    save("f1", by=CENTRE, post=POST)
    assert ids(CENTRE) == ["f2", "f1"]


def test_two_who_change_the_same_one_at_once_do_not_undo_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    save("f1", by=CENTRE, post=POST)
    read = store.several

    def late(owners: list[str]) -> object:
        found = read(owners)
        monkeypatch.setattr(store, "several", read)
        rename("f1", "他的", by=COLLEAGUE, version=1)
        return found

    monkeypatch.setattr(store, "several", late)
    with pytest.raises(StaleVersion):
        rename("f1", "我的", by=CENTRE, version=1)
    assert filters.view("f1", by=CENTRE).wish.name == "他的"


def test_the_copy_of_ones_data_holds_them_and_being_forgotten_erases_them() -> None:
    person = known("p1", "10000000001", *GRID_MEMBER.posts)
    made = save(by=person.actor)
    piece, cursor = own_data.copy(person.actor, limit=50, cursor=None, now=NOW), ""
    while piece.part is not Part.FILTERS and (cursor := piece.cursor or ""):
        piece = own_data.copy(person.actor, limit=50, cursor=cursor, now=NOW)
    assert piece.filters == [made]
    act(PersonAction.LEAVE, by=ADMIN)
    assert own_data.erase(person.id, now=NOW)
    assert filters.own(person.id) == []
