"""Who looks at what is said to be solved: another person than who said so (DOMAIN §2).

The grid's member, else a neighbouring grid's, else the centre. Whoever verified it knows the place, and is named; where
only one may look it is he; of several, whoever claims it.
"""

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.commands import Pool, Situation


def given(on: Situation) -> dict[str, object]:
    """The post whose people re-check, and who of them is named; nothing where nobody asked who there is."""
    if not on.around.recheckers or on.report.nature.verify_by_centre:
        return {"recheck_by": None}
    barred = {on.by.id, on.report.reporter_id, on.report.filed_by}
    able = ((pool.post, _able(pool, barred)) for pool in on.around.recheckers)
    for post, people in able:
        if people:
            return {"recheck_by": post, "assignee": _named(people, on.report.verified_by)}
    return {"recheck_by": Post(Role.CENTRE, on.report.place.township)}


def _able(pool: Pool, barred: set[str | None]) -> list[str]:
    return [person for person in pool.people if person not in barred]


def _named(people: list[str], verified_by: str | None) -> str | None:
    if verified_by in people:
        return verified_by
    return people[0] if len(people) == 1 else None
