"""Use cases on duty rosters: read them, write them, copy last week's, and say the day before what is empty."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.domain.duty import rosters as rules
from chalicelib.domain.duty.rosters import Gap, Roster, Shift
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.duty import rosters as store

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as somebody wants it; `version` is the one he has read, None for whatever there is."""

    day: date
    shifts: tuple[Shift, ...]
    version: int | None = None


def read(post_key: str, first: date, last: date, *, by: Actor, now: datetime) -> list[Roster]:
    """A post's rosters of the days from the first to the last, empty ones too: one query.

    Raises NotFound (`no_roster_for`), Forbidden (`roster_not_yours`), Invalid (`roster_span`).
    """
    post, township, _ = _post(post_key, now)
    rules.require_reader(by, post, township=township)
    return _whole(post_key, rules.span(first, last))


def write(post_key: str, days: Sequence[Day], *, by: Actor, now: datetime) -> list[Roster]:
    """Put these days in place of what there is, all or none; what they are now.

    Raises NotFound, Forbidden, Invalid (`roster_day`, `roster_twice`, `shifts_overlap`), StaleVersion.
    """
    post, township, proxied = _post(post_key, now)
    rules.require_editor(by, post, township=township, proxied=proxied)
    wanted = {one.day: one for one in days}
    rules.require_days([one.day for one in days], now=now)
    held = _held(post_key, wanted)
    changed = []
    for day, one in sorted(wanted.items()):
        version = held[day].version if day in held else 0
        if one.version not in (None, version):
            raise StaleVersion("roster_changed", day=day.isoformat())
        changed.append(Roster(post=post_key, day=day, shifts=rules.checked(one.shifts), version=version + 1))
    _store(post_key, changed, by=by, now=now)
    return changed


def copy_last_week(post_key: str, first: date, *, by: Actor, now: datetime) -> list[Roster]:
    """Fill the seven days from `first` on with those of the week before; days that have a roster are left alone.

    Raises NotFound, Forbidden, Invalid (`roster_day`), StaleVersion.
    """
    post, township, proxied = _post(post_key, now)
    rules.require_editor(by, post, township=township, proxied=proxied)
    week = rules.span(first, first + WEEK - timedelta(days=1))
    rules.require_days(week, now=now)
    known = _held(post_key, [first - WEEK, *week])
    copied = [
        replace(known[day - WEEK], day=day, version=known[day].version + 1 if day in known else 1)
        for day in week
        if day - WEEK in known and not (day in known and known[day].shifts)
    ]
    _store(post_key, copied, by=by, now=now)
    return _whole(post_key, week)


def gaps(day: date, *, now: datetime) -> dict[str, list[Gap]]:
    """The empty slots of a day, by post: of every village, the centre and each department. One call a hundred days."""
    posts = _posts(now)
    held = store.several(posts, [day - timedelta(days=1), day])
    found = {post: rules.gaps(post, held[post], day) for post in posts}
    return {post: empty for post, empty in found.items() if empty}


def today(now: datetime) -> date:
    """The local day that `now` is in."""
    return now.astimezone(ZONE).date()


def tomorrow(now: datetime) -> date:
    """The local day after that."""
    return today(now) + timedelta(days=1)


def _posts(now: datetime) -> list[str]:
    places, departments = areas.listing(now=now)[0], rulebook.in_force(now=now).departments
    bodies = [code for code in departments.by_code if departments.is_body(code)]
    return [
        *(Post(Role.VILLAGE, village.code).key for village in places.villages),
        Post(Role.CENTRE, places.township).key,
        *(Post(Role.DEPARTMENT, code).key for code in sorted(bodies)),
    ]


def _post(key: str, now: datetime) -> tuple[Post, str, bool]:
    """The post, the township it belongs to, and whether it is a body without accounts. Raises NotFound."""
    post, places = rules.post_of(key), areas.listing(now=now)[0]
    if post.role is Role.DEPARTMENT:
        departments = rulebook.in_force(now=now).departments
        if not departments.is_body(post.scope):
            raise NotFound("no_roster_for", post=key)
        return post, places.township, departments.by_code[post.scope].proxy
    known = {village.code for village in places.villages} if post.role is Role.VILLAGE else {places.township}
    if post.scope not in known:
        raise NotFound("no_roster_for", post=key)
    return post, places.township, False


def _held(post: str, days: Sequence[date] | dict[date, Day]) -> dict[date, Roster]:
    return {roster.day: roster for roster in store.of(post, min(days), max(days))}


def _whole(post: str, days: list[date]) -> list[Roster]:
    held = _held(post, days)
    return [held.get(day) or Roster(post=post, day=day) for day in days]


def _store(post: str, rosters: list[Roster], *, by: Actor, now: datetime) -> None:
    """All of them with the note of who changed them: they hold names and phones."""
    if not rosters:
        return
    transaction = Transaction()
    for roster in rosters:
        store.put(roster, transaction)
    days: dict[str, object] = {"days": [roster.day.isoformat() for roster in rosters]}
    access.record(by, What.CHANGED_ROSTER, post, now=now, details=days, transaction=transaction)
    transaction.commit()
