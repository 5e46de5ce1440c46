"""Boards follow the scores: the clock finds the months that have changed, a worker ranks their periods anew.

Each period at most every five minutes. What broke off is found again by the next tick.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache

import msgspec

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.people.membership import Membership
from chalicelib.domain.points import scores
from chalicelib.domain.queues import Queue
from chalicelib.domain.rankings.ranking import ordered
from chalicelib.domain.rankings.results import Board
from chalicelib.gateways import lean_queues, queues
from chalicelib.services.reference import areas
from chalicelib.store.people import memberships
from chalicelib.store.points import wallets
from chalicelib.store.rankings import boards
from chalicelib.store.rankings.boards import Change

type Members = dict[str, Membership]


def call(*, now: datetime) -> int:
    """Send for the worker if boards have changed: the clock; one query. How many messages were taken."""
    if not boards.due(now):
        return 0
    return 1 - len(queues.send(Queue.RANKINGS, {"due": _message()}))


def send_for(period: str) -> None:
    """Have a board ranked that never was: at once. Raises Busy."""
    lean_queues.send(Queue.RANKINGS, _message(period))


def rank(period: str = "", *, now: datetime) -> int:
    """Rank what is due, and a period that somebody asked for; how many boards. The worker: repeated, it does nothing.

    For each board a claim, one query of its scores and a write; one look at who is ranked for all of them.
    """
    township = areas.township(now=now)
    members = cache(lambda: memberships.of(township))
    done: set[str] = {period} if period and _rank(period, members(), now) else set()
    for month in boards.due(now):
        before = boards.change(month)
        wanted = scores.periods(f"{month}-01")
        done.update(one for one in wanted if one not in done and _rank(one, members(), now))
        if before.is_new:
            boards.note(before, whole=done.issuperset(wanted), now=now)
        elif _is_behind(before, wanted, done, now):
            boards.rest(before)
    return len(done)


def _is_behind(change: Change, wanted: Iterable[str], done: Collection[str], now: datetime) -> bool:
    """Whether each board of a month was ranked since all was written that its last touch announced, by whichever run:
    months that are touched minutes apart share boards, and no run ranks all that either of them wants."""
    since = change.settles_at
    return since is not None and now >= since and all(one in done or boards.is_since(one, since) for one in wanted)


def ranked(period: str, members: Members, *, now: datetime, editions: dict[str, int] | None = None) -> Board:
    """A period's board as it is now: one query of the scores."""
    found = ((one.courier_id, one.score) for one in wallets.scores(period))
    return Board(period=period, as_of=now, rows=tuple(ordered(found, members)), editions=editions or {})


def _rank(period: str, members: Members, now: datetime) -> bool:
    """Whether it stands as of now, or later."""
    before = boards.claim(period, now=now)
    if before is None:
        return False
    try:
        boards.save(ranked(period, members, now=now), before=before)
    except StaleVersion:  # another was later
        return True
    return True


def _message(period: str = "") -> str:
    return msgspec.json.encode({"period": period}).decode()
