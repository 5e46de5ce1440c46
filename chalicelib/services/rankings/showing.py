"""Use cases of who reads a ranking: a page of any board, two reads; and whether one wants to be seen on it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.people.access import What
from chalicelib.domain.people.membership import membership
from chalicelib.domain.people.model import Actor, Person, Role, masked_name
from chalicelib.domain.people.sight import Sight
from chalicelib.domain.rankings import periods, powers, results
from chalicelib.domain.rankings import ranking as rules
from chalicelib.domain.rankings.periods import Period
from chalicelib.domain.rankings.ranking import Page, Place, Row, Scope
from chalicelib.domain.rankings.results import Board
from chalicelib.domain.reference.calendar import local_month
from chalicelib.services.people import access
from chalicelib.services.rankings import ranking
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.rankings import boards

TOP = "ranking_top"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Somebody on a page: his number, his name as the reader sees it, and what he stands on.

    `now` differs from it where a frozen result has been overtaken; None where it still holds.
    """

    rank: int
    name: str
    honour: int
    solved: int
    own: bool
    now: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page of a board as of then; `frozen` where it is the period's result. Nothing where it was never ranked."""

    period: str
    scope: Scope
    as_of: datetime | None
    frozen: bool
    ranked: int
    top: list[Shown]
    around: list[Shown]
    me: Shown | None


def page(period: str, *, area: str | None, employer: str | None, by: Actor, now: datetime) -> Reading:
    """The first of a board and who is around the reader: one query of the board, one batch of who is on the page.

    Who left or hid meanwhile is on no page, whenever the board was ranked. Who reads names is noted of each, the
    auditor's look of the period. Raises Invalid (`no_such_ranking_period`,
    `unknown_area`), Forbidden (`ranking_not_yours`), Busy.
    """
    wanted, places = periods.named(period), areas.listing(now=now)[0]
    scope = _scope(area, employer, now)
    if not powers.is_courier(by):
        powers.sight(by, scope, places.township, None)
    kept = boards.of(wanted.name)
    board = kept.frozen or kept.live
    if board is None:
        _send_for(wanted, now)
    found = rules.page(rules.board(board.rows if board else (), scope, viewer=by.id), most=_top(now), viewer=by.id)
    known = _known(found, by)
    own = known.get(by.id)
    sight = powers.sight(by, scope, places.township, membership(own) if own else None)
    later = results.later(kept.live, kept.frozen) if kept.frozen else None
    since = {row.courier_id: row for row in later.rows} if later else {}
    reader = _Reader(by=by, sight=sight, known=known, since=since)
    reading = _reading(wanted, scope, board, found, reader, frozen=kept.frozen is not None)
    if sight is Sight.FULL:
        access.record_all(by, What.SAW_PERSON, reader.seen(found.top), now=now)
    elif by.holds(Role.AUDITOR, places.township):
        access.record(by, What.READ_RANKINGS, wanted.name, now=now)
    return reading


def is_shown(by: Actor) -> bool:
    """Whether others see where the caller stands: one read. Raises NotFound."""
    return not people.get(by.id).hidden_in_ranking


def show(shown: bool, *, by: Actor, now: datetime) -> bool:
    """Be seen in rankings from now on, or be seen by nobody else: one read, one transaction; twice is once.

    Raises NotFound, StaleVersion.
    """
    before = people.get(by.id)
    if before.hidden_in_ranking is not shown:
        return shown
    transaction = Transaction()
    people.change(before, replace(before, hidden_in_ranking=not shown, version=before.version + 1), transaction)
    details: dict[str, object] = {"hidden_in_ranking": not shown}
    access.record(by, What.CHANGED_PERSON, by.id, now=now, details=details, transaction=transaction)
    transaction.commit()
    boards.touch([local_month(now)])
    return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Who reads, with names or without; whom he reads of, and what is known of them since."""

    by: Actor
    sight: Sight
    known: dict[str, Person]
    since: dict[str, Row]

    def may_see(self, courier_id: str) -> bool:
        """Himself always; others while they are ranked and shown."""
        person = self.known.get(courier_id)
        member = membership(person) if person else None
        return courier_id == self.by.id or (member is not None and member.shown)

    def seen(self, places: Iterable[Place]) -> list[str]:
        """Whom he sees there."""
        return [one.row.courier_id for one in places if self.may_see(one.row.courier_id)]

    def shown(self, places: Iterable[Place]) -> list[Shown]:
        """The places as he reads them."""
        return [self.one(place) for place in places if self.may_see(place.row.courier_id)]

    def one(self, place: Place) -> Shown:
        """A place as he reads it."""
        row, person = place.row, self.known.get(place.row.courier_id)
        name = person.name if person else ""
        later = self.since.get(row.courier_id)
        moved = later is not None and (later.honour, later.solved) != (row.honour, row.solved)
        return Shown(
            rank=place.rank,
            name=name if self.sight is Sight.FULL else masked_name(name),
            honour=row.honour,
            solved=row.solved,
            own=row.courier_id == self.by.id,
            now=(later.honour, later.solved) if later and moved else None,
        )


def _reading(
    period: Period, scope: Scope, board: Board | None, found: Page, reader: _Reader, *, frozen: bool
) -> Reading:
    return Reading(
        period=period.name,
        scope=scope,
        as_of=board.as_of if board else None,
        frozen=frozen,
        ranked=found.ranked,
        top=reader.shown(found.top),
        around=reader.shown(found.around),
        me=reader.one(found.me) if found.me else None,
    )


def _scope(area: str | None, employer: str | None, now: datetime) -> Scope:
    """Raises Invalid (`unknown_area`)."""
    if employer is not None:
        return Scope(employer=employer.strip())
    places = areas.listing(now=now)[0]
    if area is None or area == places.township:
        return Scope(area=places.township)
    if len(area) == rules.GRID_DIGITS:
        areas.named(area, None, now=now)
    else:
        areas.named(None, area, now=now)
    return Scope(area=area)


def _send_for(period: Period, now: datetime) -> None:
    """A board that runs and was never ranked is ranked at once: the first to look is not told to come again later."""
    if period.holds(now):
        ranking.send_for(period.name)


def _known(found: Page, by: Actor) -> dict[str, Person]:
    ids = {one.row.courier_id for one in (*found.top, *found.around)}
    return {person.id: person for person in people.several(sorted(ids | ({by.id} if powers.is_courier(by) else set())))}


def _top(now: datetime) -> int:
    return rulebook.in_force(now=now).numbers.count(TOP)
