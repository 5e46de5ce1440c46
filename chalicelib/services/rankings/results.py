"""Use cases on what a period ends with: its frozen result, the first three's awards, and what is different since.

Made by the clock, once the days are over in which late events still count. What breaks off between the result and the
last award goes on in the next hour: the result stands, an entry stands in its ledger once, a message in its inbox once.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.people.access import What
from chalicelib.domain.people.membership import membership
from chalicelib.domain.people.model import Actor, Role, masked_name
from chalicelib.domain.people.sight import Sight
from chalicelib.domain.points import transfers
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.rankings import periods, powers
from chalicelib.domain.rankings import results as rules
from chalicelib.domain.rankings.periods import Period
from chalicelib.domain.rankings.ranking import Place
from chalicelib.domain.rankings.results import Board, Correction
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.people import access
from chalicelib.services.points import posting
from chalicelib.services.points.rulings import RULES, rules_as_of
from chalicelib.services.rankings.ranking import Members, ranked
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.figures import marks
from chalicelib.store.notifications import inbox
from chalicelib.store.people import memberships, people
from chalicelib.store.rankings import boards
from chalicelib.store.rankings.boards import ResultThere
from chalicelib.store.reference import reference

HOUR, GRACE, TEMPLATE, ENTRY = "digest_hour", "ranking_grace_days", "rank_awarded", "points_rank"
LISTED = 200  # corrections; the rest is counted
BEHIND = ("numbers", RULES, areas.NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction, and who it is about as the reader sees him."""

    name: str
    correction: Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is different `as_of` then from the result frozen at `frozen_at`; of `total`, so many are listed."""

    period: str
    frozen_at: datetime
    as_of: datetime
    total: int
    listed: list[Corrected]


def freeze_due(*, now: datetime) -> int:
    """Freeze what is over, and award the first of its months: the clock, each hour; how many results were finished."""
    book = rulebook.in_force(now=now)
    if now.astimezone(ZONE).hour < book.numbers.count(HOUR):
        return 0
    due = periods.settled(now, grace(book))
    done = marks.which(_mark(period) for period in due)
    township = areas.township(now=now)
    members = cache(lambda: memberships.of(township))
    left = [period for period in due if _mark(period) not in done]
    return sum(_finish(period, members(), book, now) for period in left)


def grace(book: Rulebook) -> timedelta:
    """How long after a period's end late events still count for its result."""
    return book.numbers.days(GRACE)


def corrections(period: str, *, by: Actor, now: datetime) -> Difference:
    """Whose score is another by now than a frozen result says: one query, and a batch of their names. Who hid since is
    not listed; who reads names is noted of each, the auditor's look of the period.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`no_such_ranking_period`), NotFound
    (`ranking_not_frozen`).
    """
    sight = powers.require_corrector(by, areas.township(now=now))
    kept = boards.of(periods.named(period).name)
    frozen = rules.require_frozen(kept.frozen, period)
    live = rules.later(kept.live, frozen) or frozen
    found = rules.corrections(frozen.rows, live.rows)
    listed = _named(found[:LISTED], sight)
    if sight is Sight.FULL:
        access.record_all(by, What.SAW_PERSON, [one.correction.courier_id for one in listed], now=now)
    elif by.holds(Role.AUDITOR):
        access.record(by, What.READ_RANKINGS, period, now=now)
    return Difference(
        period=period,
        frozen_at=frozen.as_of,
        as_of=live.as_of,
        total=len(found),
        listed=listed,
    )


def _named(found: list[Correction], sight: Sight) -> list[Corrected]:
    members = {one.id: (one.name, membership(one)) for one in people.several(one.courier_id for one in found)}
    shown = {id: name for id, (name, member) in members.items() if member and member.shown}
    told = ((shown[one.courier_id], one) for one in found if one.courier_id in shown)
    return [Corrected(name=name if sight is Sight.FULL else masked_name(name), correction=one) for name, one in told]


def _finish(period: Period, members: Members, book: Rulebook, now: datetime) -> bool:
    """Whether there is a result: where nobody has a score there is nothing to freeze."""
    result = boards.result(period.name) or _frozen(period, members, now)
    if result:
        for place, rule in rules.awarded(result, period):
            _award(place, rule, result, period, book, now)
    marks.set_once(_mark(period), at=now)
    return result is not None


def _frozen(period: Period, members: Members, now: datetime) -> Board | None:
    """The result, which another may have been faster to freeze: his it is."""
    behind = {name: edition.version for name, edition in reference.current(*BEHIND, now=now).items()}
    made = ranked(period.name, members, now=now, editions=behind)
    if not made.rows:
        return None
    with suppress(ResultThere):
        boards.freeze(made)
        return made
    return boards.result(period.name)


def _award(place: Place, code: str, result: Board, period: Period, book: Rulebook, now: datetime) -> None:
    """The entry and its message, by the rules in force when the result was due, whenever it was made.

    The message is of the instant that the result was frozen, which is the same at each try: when it was due follows
    from a number that may be edited between two.
    """
    at = period.settled_at(grace(book)) or now
    held, edition = rules_as_of(at, now=now)
    rule = held.by_code.get(code)
    if rule is None or not rule.points[0]:
        return
    about = rules.award_event(period.name)
    entry = transfers.moved(
        place.row.courier_id, rule.points[0], Kind.RANK, id=f"{about}#{code}", event_id=about, at=at
    )
    entry = transfers.ruled(entry, rule, edition, pending=bool(rule.approvers))
    facts: dict[str, Both] = {"name": (rule.zh, rule.en), "period": same(period.name)}
    facts |= {key: same(value) for key, value in _numbers(place, rule.points[0], code, edition).items()}
    posting.post([entry.explained(*sentences().render(ENTRY, facts))])
    inbox.leave(
        unprompted(place.row.courier_id, TEMPLATE, period.name, sentences().render(TEMPLATE, facts), at=result.as_of)
    )


def _numbers(place: Place, amount: int, code: str, edition: int) -> dict[str, object]:
    row = place.row
    standing = {"rank": place.rank, "honour": row.honour, "solved": row.solved}
    return standing | {"amount": amount, "rule": code, "edition": edition}


def _mark(period: Period) -> str:
    return f"ranking#{period.name}"
