"""What may be asked, by whom, of which grids, for how long; how it ends; who may look.

A village asks in its own grids, the centre in all. Anybody who holds the post that asked stops it, and so does the
centre. Where a child is missed the police are told first: a look-out never stands in for 110.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import AlreadyDone, Conflict, Forbidden, Invalid, NotFound
from chalicelib.domain.lookouts import words
from chalicelib.domain.lookouts.model import Lookout, LookoutKind, LookoutState, Tally, Words
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.numbers import Numbers

HOURS, A_DAY = "lookout_hours", "lookouts_per_day"  # in `data/numbers.csv`
MOST_GRIDS = 60
POLICE_FIRST = frozenset({LookoutKind.CHILD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks for. `post`: the one he asks from, None for the only one he can; `hours`: for how long."""

    kind: LookoutKind
    words: Words
    grids: tuple[str, ...]
    villages: tuple[str, ...]
    hours: float
    photo: bool
    police_told: bool
    post: str | None = None


def asker(by: Actor, post: str | None, township: str) -> Post:
    """The post somebody asks from. Raises Forbidden (`role_needed`, `no_such_post`), Invalid (`post_needed`)."""
    held = [one for one in by.posts if _may_ask(one, township)]
    if not held:
        raise Forbidden("role_needed", role=Role.VILLAGE)
    if post is None and len(held) > 1:
        raise Invalid("post_needed")
    found = [one for one in held if post in (None, one.key)]
    if not found:
        raise Forbidden("no_such_post", post=post or "")
    return found[0]


def asked(
    id: str, wanted: Wanted, post: Post, *, township: str, inside: Mapping[str, str], by: Actor, numbers: Numbers,
    now: datetime,
) -> tuple[Lookout, Words]:  # fmt: skip
    """A new look-out and its words; `inside`: the village of each grid there is.

    Raises Invalid (`lookout_words`, `lookout_hours`, `unknown_area`, `lookout_grids`, and what `words.checked` does),
    Forbidden (`not_your_area`), Conflict (`lookout_police_first`).
    """
    if wanted.kind in POLICE_FIRST and not wanted.police_told:
        raise Conflict("lookout_police_first")
    said = Words(zh=words.checked(wanted.words.zh), en=words.checked(wanted.words.en))
    if not said.zh:
        raise Invalid("lookout_words")
    longest = numbers.hours(HOURS)
    lasts = wanted.hours
    if not 0 < lasts * 3600 <= longest.total_seconds():
        raise Invalid("lookout_hours", most=numbers.count(HOURS))
    made = Lookout(
        id=id,
        township=township,
        post=post.key,
        asked_by=by.id,
        kind=wanted.kind,
        grids=_grids(wanted, post, inside),
        asked_at=now,
        until=now + longest * (lasts * 3600 / longest.total_seconds()),
        has_photo=wanted.photo,
    )
    return made, said


def stopped(lookout: Lookout, *, by: Actor, now: datetime) -> Lookout:
    """Nobody is asked any more, by one tap of anybody of the post. Raises AlreadyDone (`lookout_over`)."""
    if lookout.state is not LookoutState.OPEN:
        raise AlreadyDone("lookout_over")
    return replace(lookout, state=LookoutState.STOPPED, ended_at=now, stopped_by=by.id, version=lookout.version + 1)


def expired(lookout: Lookout, *, now: datetime) -> Lookout:
    """Its time is over."""
    return replace(lookout, state=LookoutState.EXPIRED, ended_at=min(now, lookout.until), version=lookout.version + 1)


def erased(lookout: Lookout, tally: Tally) -> Lookout:
    """All that is kept of it: that it was, and how many answered what."""
    return replace(lookout, has_photo=False, erased=True, tally=tally, version=lookout.version + 1)


def is_askers(lookout: Lookout, by: Actor) -> bool:
    """Whether he reads the answers and may stop it: anybody of the post that asked, or of the centre."""
    return any(post.key == lookout.post for post in by.posts) or by.holds(Role.CENTRE, lookout.township)


def require_asker(lookout: Lookout, by: Actor) -> None:
    """Raises NotFound (`no_such_lookout`): others are not told that it is there."""
    if not is_askers(lookout, by):
        raise NotFound("no_such_lookout", lookout=lookout.id)


def concerns(lookout: Lookout, villages: Collection[str]) -> bool:
    """Whether couriers with these villages on their rounds are asked."""
    return bool(set(lookout.villages) & set(villages))


def _may_ask(post: Post, township: str) -> bool:
    if post.role is Role.VILLAGE:
        return post.scope.startswith(township)
    return post.role is Role.CENTRE and post.scope == township


def _grids(wanted: Wanted, post: Post, inside: Mapping[str, str]) -> tuple[str, ...]:
    """The grids named, and all of the villages named; of a village's own only."""
    unknown = sorted((set(wanted.grids) - set(inside)) | (set(wanted.villages) - set(inside.values())))
    if unknown:
        raise Invalid("unknown_area", area=", ".join(unknown))
    chosen = set(wanted.grids) | set(_of(wanted.villages, inside))
    if not 1 <= len(chosen) <= MOST_GRIDS:
        raise Invalid("lookout_grids", most=MOST_GRIDS)
    if post.role is Role.VILLAGE and any(inside[grid] != post.scope for grid in chosen):
        raise Forbidden("not_your_area", area=", ".join(sorted(chosen)))
    return tuple(sorted(chosen))


def _of(villages: Iterable[str], inside: Mapping[str, str]) -> list[str]:
    held = frozenset(villages)
    return [grid for grid, village in inside.items() if village in held]
