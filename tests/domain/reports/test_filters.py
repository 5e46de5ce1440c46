"""Saved filters: what they let through, and the drawers they lie in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import CapReached, Invalid, NotFound, StaleVersion
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports import filters as rules
from chalicelib.domain.reports.filters import Assigned, Criteria, Drawer, Listing, Order, SavedFilter, Wish, matches
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import Source, Watch
from tests.builders import CENTRE, COURIER, GRID, GRID_MEMBER, NEXT_GRID, NOW, SANITATION, VILLAGE, WORKS, report
from tests.deeds import do, handled

HOUR = timedelta(hours=1)
HELD = report(due_at=NOW + 3 * HOUR, assignee=GRID_MEMBER.id, watch=Watch.RED, source=Source.PATROL)
FREE = replace(HELD, assignee=None)


def fits(held: Report, by: Actor = GRID_MEMBER, **wanted: Any) -> bool:
    return matches(held, Criteria(**wanted), by=by, now=NOW)


def test_nothing_wanted_is_everything() -> None:
    assert fits(HELD) and fits(report(kind=None)) and fits(report(Status.CLOSED))


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ({"statuses": (Status.SUBMITTED, Status.WITH_CENTRE)}, {"statuses": (Status.CLOSED,)}),
        ({"kinds": ("0303",)}, {"kinds": ("0302",)}),
        ({"kinds": ("01", "03")}, {"kinds": ("01",)}),
        ({"severities": (1, 2)}, {"severities": (3, 4)}),
        ({"sources": (Source.PATROL,)}, {"sources": (Source.APP,)}),
        ({"watch": (Watch.RED,)}, {"watch": (Watch.YELLOW,)}),
        ({"village": VILLAGE}, {"village": "350211102004"}),
        ({"grid": GRID}, {"grid": NEXT_GRID}),
        ({"post": f"grid_member:{GRID}"}, {"post": f"village:{VILLAGE}"}),
        ({"assignee": Assigned.ME}, {"assignee": Assigned.NOBODY}),
        ({"due_within_hours": 3.0}, {"due_within_hours": 2.9}),
    ],
)
def test_each_field_lets_through_what_it_says(wanted: dict[str, Any], other: dict[str, Any]) -> None:
    assert fits(HELD, **wanted) and not fits(HELD, **other)


def test_all_fields_must_be_true_at_once() -> None:
    assert fits(HELD, kinds=("03",), grid=GRID, watch=(Watch.RED,))
    assert not fits(HELD, kinds=("03",), grid=NEXT_GRID, watch=(Watch.RED,))


def test_what_nobody_has_is_nobodys() -> None:
    assert fits(FREE, assignee=Assigned.NOBODY) and not fits(FREE, assignee=Assigned.ME)


def test_overdue_is_what_has_passed_and_due_within_counts_that_too() -> None:
    late = replace(HELD, due_at=NOW - HOUR)
    assert fits(late, overdue=True) and fits(late, due_within_hours=0)
    assert not fits(HELD, overdue=True)
    assert not fits(replace(HELD, due_at=None), overdue=True)
    assert not fits(HELD, overdue=True, due_within_hours=100)


def test_what_has_no_kind_yet_is_in_no_kind_and_no_group() -> None:
    assert not fits(report(kind=None), kinds=("03", "0303"))


def test_a_co_handler_goes_by_the_deadline_of_his_own_part() -> None:
    helped = handled("D03")
    part = helped.parts[0].due_at
    assert rules.due_for(helped, SANITATION) == part != helped.due_at
    assert rules.due_for(helped, WORKS) == rules.due_for(helped, CENTRE) == helped.due_at


def test_a_filter_does_not_tell_who_the_reporter_is() -> None:
    """Who is asked is shown as `courier` to all, and nobody can guess on."""
    asked = do(report(), Action.ASK_INFO, CENTRE, text="哪里？").report
    assert asked.holder and asked.holder.key == f"courier:{COURIER.id}"
    assert not fits(asked, post=asked.holder.key)


@pytest.mark.parametrize(
    ("listing", "order", "made"),
    [
        (Listing.INBOX, None, Order.FIRST_DUE),
        (Listing.INBOX, Order.LAST_DUE, Order.LAST_DUE),
        (Listing.AREA, None, Order.NEWEST),
        (Listing.AREA, Order.OLDEST, Order.OLDEST),
    ],
)
def test_each_list_is_read_in_its_own_order(listing: Listing, order: Order | None, made: Order) -> None:
    assert rules.wish(" 今天 ", listing, order, Criteria()) == Wish(name="今天", listing=listing, order=made)


@pytest.mark.parametrize(
    ("name", "listing", "order", "rule"),
    [
        ("  ", Listing.INBOX, None, "filter_name"),
        ("a", Listing.INBOX, Order.NEWEST, "filter_order"),
        ("a", Listing.AREA, Order.FIRST_DUE, "filter_order"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(name: str, listing: Listing, order: Order | None, rule: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rules.wish(name, listing, order, Criteria())
    assert refusal.value.rule == rule


WISH = Wish(name="a", listing=Listing.INBOX, order=Order.FIRST_DUE)
OTHER = replace(WISH, name="b")


def saved(id: str) -> SavedFilter:
    return SavedFilter(id=id, wish=WISH, post=None, version=1, changed_at=NOW)


def drawer(*ids: str) -> Drawer:
    return Drawer(owner="person#p1", filters=tuple(saved(id) for id in ids), version=len(ids))


def test_a_full_drawer_takes_no_more() -> None:
    assert rules.added(drawer("a"), saved("b"), most=2) == drawer("a", "b")
    with pytest.raises(CapReached) as refusal:
        rules.added(drawer("a", "b"), saved("c"), most=2)
    assert refusal.value.facts == {"cap": 2}


def test_a_change_touches_one_filter_and_counts_its_version() -> None:
    after = rules.changed(drawer("a", "b"), "b", OTHER, version=1, now=NOW + HOUR)
    assert after.version == 3 and after.filters[0] == saved("a")
    assert (after.filters[1].wish, after.filters[1].version) == (OTHER, 2)


def test_who_read_an_old_version_changes_and_removes_nothing() -> None:
    after = rules.changed(drawer("a"), "a", OTHER, version=1, now=NOW)
    with pytest.raises(StaleVersion) as refusal:
        rules.changed(after, "a", WISH, version=1, now=NOW)
    assert refusal.value.facts == {"version": 2}
    with pytest.raises(StaleVersion):
        rules.without(after, "a", version=1)
    assert rules.without(after, "a", version=None).filters == ()


def test_what_is_not_there_is_neither_changed_nor_removed() -> None:
    with pytest.raises(NotFound):
        rules.changed(drawer("a"), "b", OTHER, version=None, now=NOW)
    with pytest.raises(NotFound):
        rules.without(drawer("a"), "b", version=None)


@given(st.lists(st.sampled_from(["add", "drop"]), max_size=30))
def test_whatever_is_done_a_drawer_holds_each_filter_once_and_never_too_many(steps: list[str]) -> None:
    held = drawer()
    for number, step in enumerate(steps):
        if step == "drop" and held.filters:
            held = rules.without(held, held.filters[0].id, version=None)
        elif len(held.filters) < 5:
            held = rules.added(held, saved(str(number)), most=5)
    ids = [one.id for one in held.filters]
    assert len(ids) == len(set(ids)) <= 5
