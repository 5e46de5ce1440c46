"""Nobody can tell from what is published that a kind or a group has one report, or two.

The attack: take every cell's month there can be, sort them by what is published of them, and look in each heap for a
count that is the same throughout. The attacker knows the rules, and everything that is shown.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.maps import showing
from chalicelib.domain.maps.showing import Counts, Shown

type World = dict[str, int]

LEAST = 3
# How many kinds each group has: alone, alone in its group, of two, of three; and many groups of one.
CATALOGUES = [[1], [1, 1], [2], [3], [2, 1], [2, 2], [1, 1, 1], [3, 1], [1, 1, 2], [1, 1, 1, 1]]


def codes(catalogue: Sequence[int]) -> list[str]:
    return [f"{group:02}{kind:02}" for group, kinds in enumerate(catalogue, 1) for kind in range(1, kinds + 1)]


def worlds(catalogue: Sequence[int], most: int) -> Iterator[World]:
    """Every cell's month there can be."""
    kinds = codes(catalogue)
    for counts in product(range(most + 1), repeat=len(kinds)):
        yield {kind: count for kind, count in zip(kinds, counts, strict=True) if count}


def seen(shown: Shown) -> object:
    """All of it, so that two that look alike are one."""
    return shown.count, tuple(sorted(shown.groups.items())), tuple(sorted(shown.kinds.items()))


def secrets(world: World, shown: Shown, catalogue: Sequence[int]) -> dict[str, int]:
    """What an attacker is after: each kind, each group, all together, and what lies outside the groups shown."""
    groups = [f"{group:02}" for group in range(1, len(catalogue) + 1)]
    found = dict.fromkeys([*groups, *codes(catalogue)], 0) | world
    for kind, count in world.items():
        found[kind[:2]] += count
    total = sum(world.values())
    return found | {"total": total, "rest": total - sum(shown.groups.values())}


@pytest.mark.parametrize("least", [3, 4])
@pytest.mark.parametrize("catalogue", CATALOGUES, ids=str)
def test_no_count_below_the_least_follows_from_what_is_published(catalogue: list[int], least: int) -> None:
    possible: dict[object, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for world in worlds(catalogue, most=2 * least if len(codes(catalogue)) < 4 else least + 1):
        shown = showing.published(world, groups=len(catalogue), least=least)
        for name, count in secrets(world, shown, catalogue).items():
            possible[seen(shown)][name].add(count)
    for looks, names in possible.items():
        told = {name: counts for name, counts in names.items() if len(counts) == 1 and 0 < min(counts) < least}
        assert not told, looks


kinds = st.sampled_from(codes([3, 2, 1, 1, 4]))
cells = st.dictionaries(kinds, st.integers(1, 6), max_size=11)


@given(cells)
def test_nothing_below_the_least_is_shown_and_nothing_shown_is_wrong(world: World) -> None:
    shown, whole = showing.published(world, groups=5, least=LEAST), showing.exact(world)
    assert all(count >= LEAST for count in (*shown.groups.values(), *shown.kinds.values()))
    assert shown.groups.items() <= whole.groups.items() and shown.kinds.items() <= whole.kinds.items()
    assert sum(shown.groups.values()) <= shown.count <= whole.count == sum(world.values())


@given(cells)
def test_of_one_group_or_kind_is_shown_what_is_shown_of_it_among_the_others(world: World) -> None:
    shown = showing.published(world, groups=5, least=LEAST)
    for kind in codes([3, 2, 1, 1, 4]):
        alone = shown.narrowed(group=None, kind=kind)
        assert (alone.count, alone.groups) == (shown.kinds.get(kind, 0), {})
        alone = shown.narrowed(group=kind[:2], kind=None)
        assert alone.count == sum(alone.groups.values()) == shown.groups.get(kind[:2], 0)
        assert alone.kinds.items() <= shown.kinds.items()
    assert shown.narrowed(group=None, kind=None) == shown


@pytest.mark.parametrize(
    ("world", "count", "groups", "kinds"),
    [
        ({"0101": 2}, 0, {}, {}),
        ({"0101": 3}, 3, {"01": 3}, {"0101": 3}),
        ({"0101": 3, "0102": 1}, 4, {"01": 4}, {}),  # else the difference were the other kind
        ({"0101": 3, "0201": 1}, 3, {"01": 3}, {"0101": 3}),  # a total of 4 would tell of the one
        ({"0101": 2, "0201": 2, "0301": 2}, 6, {}, {}),  # of any three of ten groups
        ({"0101": 4, "0201": 2, "0301": 1}, 7, {"01": 4}, {"0101": 4}),
    ],
)
def test_a_few_reports_are_none(world: Counts, count: int, groups: Counts, kinds: Counts) -> None:
    assert showing.published(world, groups=10, least=LEAST) == Shown(count=count, groups=groups, kinds=kinds)


def test_two_in_every_group_left_are_not_added_up() -> None:
    assert showing.published({"0101": 2, "0201": 2}, groups=2, least=LEAST).count == 0
    assert showing.published({"0101": 2, "0201": 2}, groups=3, least=LEAST).count == 4


@given(st.lists(cells, max_size=4))
def test_of_several_months_is_shown_what_each_of_them_shows(months: list[World]) -> None:
    shown = [showing.published(world, groups=5, least=LEAST) for world in months]
    whole = sum(shown, start=Shown())
    assert whole.count == sum(one.count for one in shown)
    assert all(count == sum(one.kinds.get(kind, 0) for one in shown) for kind, count in whole.kinds.items())
    assert all(count == sum(one.groups.get(group, 0) for one in shown) for group, count in whole.groups.items())
