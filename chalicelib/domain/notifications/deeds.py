"""Who hears of what happens to things that are no reports, in which words of `messages.csv`: one table.

What a step tells the person whom it concerns within its own transaction is not told here again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.care import telling
from chalicelib.domain.care.telling import Whom
from chalicelib.domain.happenings import Happening, Thing
from chalicelib.domain.people.model import Post, Role

FAMILY = "family"  # the family contact, by his link: what staff do, their colleagues see

TOLD: Mapping[tuple[Thing, str], tuple[tuple[Whom, str], ...]] = {
    **{(Thing.VISIT, deed): rows for deed, rows in telling.TOLD.items()},
    (Thing.BENEFICIARY, "complained"): ((Whom.VILLAGE, "family_complained"),),
    (Thing.BENEFICIARY, "stop_asked"): ((Whom.VILLAGE, "family_stop_asked"),),
    (Thing.BENEFICIARY, "paused"): ((Whom.VILLAGE, "family_paused"),),
    (Thing.SLOT, "disputed"): ((Whom.CENTRE, "slot_disputed"),),
    (Thing.TEAM, "applied"): ((Whom.CENTRE, "team_joining"),),
}
POSTS = {Whom.VILLAGE: Role.VILLAGE, Whom.CENTRE: Role.CENTRE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody is to hear it: who holds the post, or the courier whom it concerns where there is none."""

    template: str
    role: str
    post: Post | None = None


def calls(line: Happening) -> list[Call]:
    """Who is to hear of it; nobody of what is not in the table, and of a pause only where the family asked for it."""
    if line.thing is Thing.BENEFICIARY and line.as_role != FAMILY:
        return []
    return [_call(line, whom, template) for whom, template in TOLD.get((line.thing, line.deed), ())]


def _call(line: Happening, whom: Whom, template: str) -> Call:
    if whom is Whom.COURIER:
        return Call(template=template, role=Role.COURIER)
    role = POSTS[whom]
    scope = line.township if role is Role.CENTRE else line.village or ""
    return Call(template=template, role=role, post=Post(role, scope))


def addressed(line: Happening, called: list[Call], pools: Mapping[str, list[str]]) -> dict[str, Call]:
    """By person, what he hears: each one thing, the first of the table, and nothing of what he did himself."""
    heard: dict[str, Call] = {}
    for call in called:
        people = pools[call.post.key] if call.post else [line.person_id or ""]
        for person in people:
            if person and person != line.actor_id:
                heard.setdefault(person, call)
    return heard
