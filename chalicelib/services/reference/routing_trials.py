"""The use case that tries a draft of the routing on past reports: a page at a time, so that ten thousand of them cost
no request more than its time (docs/adr/0028). What has been counted so far goes with the cursor."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Annotated

from msgspec import Meta

from chalicelib.domain.errors import Invalid, StaleVersion
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_day, months, today
from chalicelib.domain.reference.routing import TABLE
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import sight, trials
from chalicelib.domain.reports.model import Report
from chalicelib.domain.reports.suggestions import suggested
from chalicelib.domain.reports.trials import Totals, Trial
from chalicelib.services.reference import areas, routing
from chalicelib.services.reference.routing import Checked
from chalicelib.store import cursors
from chalicelib.store.exports import extracts
from chalicelib.store.exports.extracts import Extract, Place
from chalicelib.store.reports.reports import OUTSIDE

DAY = timedelta(days=1)  # a trial is read to its end within one: then its reports are still the last ones

type Instant = Annotated[datetime, Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Reports that came in during the last `days`; validity is judged as of a local day, today by default."""

    days: int
    as_of: date | None
    limit: int
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page: reports that may be named, and the totals of all pages so far. `version` is the draft's, `edition` that
    of the routing in force; `since` and `until` are when the reports came in."""

    version: int
    edition: int
    as_of: date
    since: datetime
    until: datetime
    trials: list[Trial]
    totals: Totals
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where the next page begins, of which trial, and what was counted until there."""

    days: int
    as_of: date
    until: Instant
    version: int
    edition: int
    after: tuple[Instant, str] | None
    totals: Totals


def tried(wish: Wish, *, version: int | None, by: Actor, now: datetime) -> Found:
    """One page of a trial, oldest first: two reads, and a query for each village and month that is left, at least.

    `version` is the draft's that was read, None for whatever there is. Reads `limit` reports and one more, whatever of
    them may be shown. Raises Forbidden, NotFound, Invalid
    (`routing_trial_span`, `bad_cursor`, and what publication would refuse), and StaleVersion where draft or routing in
    force are not those that the trial began with.
    """
    checked = routing.check(version=version, by=by, now=now)
    most = checked.rules.numbers.count("routing_trial_days")
    if not 1 <= wish.days <= most:
        raise Invalid("routing_trial_span", most=most)
    at = _position(wish, checked, now)
    read = list(islice(_reports(at, now=now), wish.limit + 1))
    found = [_trial(one, checked, at.as_of, by) for _, one in read[: wish.limit] if trials.is_judged(one)]
    totals = at.totals.plus(found)
    more = len(read) > wish.limit
    return Found(
        version=at.version,
        edition=at.edition,
        as_of=at.as_of,
        since=at.until - timedelta(days=at.days),
        until=at.until,
        trials=[one for one in found if one.named],
        totals=totals,
        cursor=_next(at, read[wish.limit - 1][0], totals) if more else None,
    )


def _next(at: Position, last: Place, totals: Totals) -> str:
    created_at, id = last
    return cursors.sealed(replace(at, after=(datetime.fromisoformat(created_at), id), totals=totals))


def _position(wish: Wish, checked: Checked, now: datetime) -> Position:
    """Where this page begins. Raises Invalid (`bad_cursor`), StaleVersion (`changed_meanwhile`)."""
    start = Position(
        days=wish.days,
        as_of=wish.as_of or today(now),
        until=now,
        version=checked.draft.version,
        edition=checked.rules.editions[TABLE],
        after=None,
        totals=Totals(),
    )
    if wish.cursor is None:
        return start
    at: Position = cursors.opened(wish.cursor, Position)
    if not now - DAY <= at.until <= now or at.days != wish.days or wish.as_of not in (None, at.as_of):
        raise Invalid("bad_cursor")
    if (at.version, at.edition) != (start.version, start.edition):
        raise StaleVersion("changed_meanwhile")
    return at


def _reports(at: Position, *, now: datetime) -> Iterator[tuple[Place, Report]]:
    start = at.until - timedelta(days=at.days)
    begun = min(max(start, at.after[0]), at.until) if at.after else start
    wanted = Extract(
        villages=[*(village.code for village in areas.listing(now=now)[0].villages), OUTSIDE],
        months=months(local_day(begun), local_day(at.until)),
        start=start,
        end=at.until,
    )
    after = (at.after[0].isoformat(), at.after[1]) if at.after else None
    return extracts.oldest_first(wanted, after)


def _trial(report: Report, checked: Checked, as_of: date, by: Actor) -> Trial:
    drafted: Rulebook = replace(checked.rules, routing=checked.routing)
    return Trial(
        report=report,
        ordered=trials.ordered(report),
        in_force=suggested(report, checked.rules, day=as_of),
        draft=suggested(report, drafted, day=as_of),
        named=not report.nature.confidential or bool(sight.viewers(by, report)),
    )
