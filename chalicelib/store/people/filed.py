"""What a person is found by, beside his phone and identity: items that say all in their keys, written with his profile.

| part                                 | scope_key          | says                                                 |
|--------------------------------------|--------------------|------------------------------------------------------|
| `post#<role>:<scope>`                | `<role>:<scope>`   | he holds the post                                    |
| `round#<village>`                    | `round:<township>` | the village is on his round                          |
| `rides#<village>`                    | `round:<village>`  | the same, to be found by the village alone           |
| `ranked#<shown, hidden>#<employer>`  | `ranked`           | he is ranked, and whether others see where he stands |
"""

from chalicelib.domain.people.membership import membership
from chalicelib.domain.people.model import Person

POST, ROUND, RIDES, RANKED = "post#", "round#", "rides#", "ranked#"
SHOWN, HIDDEN = "shown", "hidden"
TOWNSHIP_DIGITS = 9
RANKED_KEY = "ranked"  # no post is called so, nor is any round


def filed(person: Person) -> set[tuple[str, str]]:
    """The parts, each with what it is found by."""
    parts = {(f"{POST}{post.key}", post.key) for post in person.posts}
    parts |= {(f"{ROUND}{village}", round_key(village[:TOWNSHIP_DIGITS])) for village in person.round}
    parts |= {(f"{RIDES}{village}", round_key(village)) for village in person.round}
    if member := membership(person):
        parts.add((f"{RANKED}{SHOWN if member.shown else HIDDEN}#{member.employer}", RANKED_KEY))
    return parts


def round_key(area: str) -> str:
    """What the rounds of a township, or through a village, are found by; no post is called so."""
    return f"round:{area}"
