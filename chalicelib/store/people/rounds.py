"""Villages on couriers' rounds: an item each beside the profile (`round#<village>`), written with it by `people`.

| access                          | by                                                |
|---------------------------------|---------------------------------------------------|
| all rounds of a township        | index `by_scope`: scope_key `round:<township>`    |
| who rides in a village          | index `by_scope`: scope_key `round:<village>`     |
"""

from collections.abc import Iterator

from chalicelib.store.people.filed import ROUND, round_key
from chalicelib.store.people.people import ByScope, PersonItem


def of(township: str) -> Iterator[tuple[str, str]]:
    """(village, person) for every village on a round of the township: one query."""
    for item in PersonItem.by_scope.query(round_key(township)):
        yield item.part.removeprefix(ROUND), item.id


def riders(village: str, *, after: str | None, limit: int) -> list[str]:
    """Some of the people on whose round a village lies, by their ids, from behind `after` on: one query."""
    behind = ByScope.id > after if after else None
    return [item.id for item in PersonItem.by_scope.query(round_key(village), behind, limit=limit)]
