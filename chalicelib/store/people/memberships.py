"""Who is ranked, and on which boards: read off the keys of items that `people` writes with the profile.

| access                          | by                                                                              |
|---------------------------------|---------------------------------------------------------------------------------|
| everybody who is ranked         | index `by_scope`: scope_key `ranked`, and `round:<township>`: a page a megabyte |
| for whom each of them delivers  | index `by_scope`: scope_key `ranked`                                            |
"""

from chalicelib.domain.people.membership import Membership
from chalicelib.store.people import rounds
from chalicelib.store.people.filed import RANKED, RANKED_KEY, SHOWN
from chalicelib.store.people.people import PersonItem


def of(township: str) -> dict[str, Membership]:
    """Everybody who is ranked, by his id: two queries, however many they are."""
    villages: dict[str, list[str]] = {}
    for village, person_id in rounds.of(township):
        villages.setdefault(person_id, []).append(village)
    found: dict[str, Membership] = {}
    for item in PersonItem.by_scope.query(RANKED_KEY):
        standing, _, employer = item.part.removeprefix(RANKED).partition("#")
        own = tuple(sorted(villages.get(item.id, ())))
        found[item.id] = Membership(shown=standing == SHOWN, employer=employer, villages=own)
    return found


def employers() -> dict[str, str]:
    """For whom everybody who is ranked delivers, by his id: one query."""
    found = PersonItem.by_scope.query(RANKED_KEY)
    return {item.id: item.part.removeprefix(RANKED).partition("#")[2] for item in found}
