"""Use cases on points that people propose: an award by a rule, an adjustment of what is wrong."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.points import adjusting, transfers
from chalicelib.domain.points import proposals as rules
from chalicelib.domain.points.awards import UNTRUE
from chalicelib.domain.points.proposals import Proposal
from chalicelib.domain.points.rules import PointsRules, Rule
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.calendar import instants, local_day, today
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.services.points import causes, deciding, posting, wording
from chalicelib.services.points.appeals import entry_of
from chalicelib.services.points.posting import With
from chalicelib.services.points.rulings import rules_as_of
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store.base import Transaction
from chalicelib.store.people import people
from chalicelib.store.points import awards as store
from chalicelib.store.points import ledger
from chalicelib.store.points.turns import Turn
from chalicelib.store.reports import reports

NO_NAME = ("", "")

type Check = Callable[[], None]
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who is to have points by which rule, for what: `points` where the rule leaves a choice, on the local `day`
    (today if none is named), with one of his reports."""

    courier_id: str
    rule: str
    reason: str
    points: int | None = None
    day: date | None = None
    report_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """By how many points a courier's are put right, up or down, and which entry was wrong, if one was."""

    courier_id: str
    points: int
    reason: str
    entry_id: str = ""


def award(id: str, wish: Wish, *, key: Key | None, by: Actor, now: datetime) -> Proposal:
    """Propose an award: pending until as many others agree as its rule says; given at once where that is nobody.

    Only the centre names a report. Raises Forbidden (`role_needed`, `not_your_area`, `own_points`), Invalid
    (`text_needed`, `award_rule`, `award_points`, `award_day`, `report_not_his`), NotFound, Conflict
    (`earns_no_points`, `report_untrue`), KeyReused, Busy.
    """
    township = _allowed(wish.courier_id, wish.reason, by, now, of=wish.report_id)

    def do() -> Proposal:
        day = _day(wish.day, rulebook.in_force(now=now).numbers, now)
        table, edition = rules_of(day, now=now)
        rule = rules.rule_by_hand(table, wish.rule)
        points = rules.points_of(rule, wish.points)
        _require_courier(wish.courier_id)
        made = begun(id, wish.courier_id, Kind.AWARD, points, wish.reason, township=township, by=by, now=now)
        prefix = f"{wish.report_id}#" if wish.report_id else ""
        made = replace(
            made,
            rule=rule.code,
            edition=edition,
            name=(rule.zh, rule.en),
            day=day,
            report_id=wish.report_id,
            entry_id=f"{prefix}{id}#{rule.code}",
            needed=rule.approvers,
        )
        return propose(made, rule, lambda: _require_his(wish.report_id, wish.courier_id), key=key, by=by, now=now)

    return once(key, do, store.get)


def adjust(id: str, correction: Correction, *, key: Key | None, by: Actor, now: datetime) -> Proposal:
    """Put points right: pending until one other agrees, or two where it is many (`adjust_alone_points`).

    Only the centre names an entry. Raises Forbidden (`role_needed`, `not_your_area`, `own_points`), Invalid
    (`text_needed`, `adjust_points`), NotFound (`no_such_person`, `no_such_entry`), Conflict (`entry_not_adjustable`,
    `entry_taken_back`, `entry_of_finding`, `judged_since`, `below_zero`), KeyReused, Busy.
    """
    township = _allowed(correction.courier_id, correction.reason, by, now, of=correction.entry_id)
    limits = adjusting.limits(rulebook.in_force(now=now).numbers)
    adjusting.require_size(correction.points, limits)

    def do() -> Proposal:
        whom = people.get(correction.courier_id).id
        old = entry_of(whom, correction.entry_id) if correction.entry_id else None
        made = begun(id, whom, Kind.ADJUST, correction.points, correction.reason, township=township, by=by, now=now)
        made = replace(naming(made, old), needed=adjusting.needed(correction.points, limits))
        return propose(made, None, lambda: require_adjustable(old), old=old, key=key, by=by, now=now)

    return once(key, do, store.get)


def propose(
    made: Proposal,
    rule: Rule | None,
    check: Check,
    *,
    old: Transfer | None = None,
    key: Key | None,
    by: Actor,
    now: datetime,
    extra: With = lambda _: None,
) -> Proposal:
    """Store a proposal with its entry, and `extra` with it: a transaction, and what `posting` reads.

    `old`: the entry that it puts right, beside all caps; a rule's own are kept. `check` looks whether it still may be,
    each time a verdict or another decision came between. Raises what it does, Conflict (`below_zero`), Busy.
    """
    made = made if made.needed else rules.at_once(made)
    entry = wording.explained(_entry(made, rule, old), made)

    def write(transaction: Transaction) -> None:
        extra(transaction)
        deciding.put(made, key=key, by=by, now=now, transaction=transaction)

    def looked(turn: Turn) -> list[Transfer]:
        rules.require_covered(made, turn.balance)
        check()
        return [entry]

    posting.post_in_turn(made.courier_id, looked, write, floor=made.floor)
    return made


def require_adjustable(old: Transfer | None) -> None:
    """Whether the entry to be put right still may be: one query, and one where a line took it. Raises Conflict."""
    if old:
        adjusting.require_adjustable(old, ledger.beside(old.account, old.id))
        causes.require_no_findings(old)


def require_true(report_id: str) -> None:
    """Raises Conflict (`report_untrue`) for a report that was found to be false, if it is still known."""
    with suppress(NotFound):
        if reports.get(report_id).status in UNTRUE:
            raise Conflict("report_untrue")  # not which: who agrees may not be told


def naming(proposal: Proposal, old: Transfer | None) -> Proposal:
    """With the entry that it puts right: its day and report; it hangs on that one by its id."""
    if old is None:
        return replace(proposal, entry_id=f"{proposal.id}#{Kind.ADJUST}")
    hanging = f"{old.id}#{proposal.id}"
    return replace(proposal, corrects=old.id, report_id=old.report_id, day=old.day, entry_id=hanging)


def rules_of(day: str, *, now: datetime) -> tuple[PointsRules, int]:
    """The rules in force at the end of a local day, or now, and their edition."""
    return rules_as_of(min(now, instants(day, day)[1] - INSTANT), now=now)


def begun(
    id: str, courier: str, kind: Kind, points: int, reason: str, *, township: str, by: Actor, now: datetime
) -> Proposal:
    """What every proposal begins with."""
    return Proposal(
        id=id,
        kind=kind,
        courier_id=courier,
        township=township,
        rule="",
        edition=0,
        name=NO_NAME,
        points=points,
        day=local_day(now),
        reason=reason.strip(),
        report_id="",
        entry_id="",
        proposed_by=by.id,
        proposed_at=now,
        needed=0,
    )


def _entry(made: Proposal, rule: Rule | None, old: Transfer | None) -> Transfer:
    """Its entry: under the caps of its rule, or beside all caps where it puts another one right."""
    entry = transfers.moved(
        made.courier_id,
        made.points,
        made.kind,
        id=made.entry_id,
        event_id=made.id,
        at=made.proposed_at,
        report_id=made.report_id,
    )
    entry = replace(entry, day=made.day, state=EntryState.PENDING if made.is_open else EntryState.POSTED)
    if rule:
        return transfers.ruled(entry, rule, made.edition, pending=made.is_open)
    return transfers.lasting(replace(entry, corrects=old.id, honour=old.honour) if old else entry)


def _allowed(courier_id: str, reason: str, by: Actor, now: datetime, *, of: str) -> str:
    """`of`: the report or entry that is named. Who could name any courier's would learn by trying who reported what."""
    township = areas.township(now=now)
    rules.require_decider(by, township, courier_id)
    if of:
        require_any(by, [Role.CENTRE], township)
    if not reason.strip():
        raise Invalid("text_needed")
    return township


def _day(wanted: date | None, numbers: Numbers, now: datetime) -> str:
    most, last = numbers.count("award_days"), today(now)
    day = wanted or last
    if not timedelta() <= last - day <= timedelta(days=most):
        raise Invalid("award_day", most=most)
    return day.isoformat()


def _require_courier(person_id: str) -> None:
    person = people.get(person_id)
    if person.own_post not in person.posts or person.actor.is_staff:  # staff earn no points
        raise Conflict("earns_no_points", person=person_id)


def _require_his(report_id: str, courier_id: str) -> None:
    """Of another's report the reason may speak: an entry that names it would say who reported it."""
    if not report_id:
        return
    if reports.get(report_id).reporter_id != courier_id:
        raise Invalid("report_not_his", report=report_id)
    require_true(report_id)
