"""A report's verdict becomes entries: what it earns, what goes when it changes, what comes again (ADR 0044, 0045)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Busy
from chalicelib.domain.events import Event
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.points import transfers
from chalicelib.domain.points import verdicts as rules
from chalicelib.domain.points.adjusting import is_reversal
from chalicelib.domain.points.awards import Effect, Grant
from chalicelib.domain.points.rules import Rule
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.points import pending, posting
from chalicelib.services.points.rulings import rules_as_of
from chalicelib.store.points import ledger

TRIES = 12


def granted(grant: Grant, now: datetime) -> Transfer | None:
    """By the rules in force when it happened; None where these know no such rule or pay nothing."""
    rule, edition = _rule(grant, now)
    if rule is None or not rule.points[0]:
        return None
    entry = transfers.granted(grant, rule, edition)
    return _explained(entry, name=(rule.zh, rule.en))


def earn(grants: Iterable[Grant], event: Event, now: datetime) -> None:
    """What is earned, once; what waits for people is shown to them in the same transaction."""
    made = [(entry, grant) for grant in grants if (entry := granted(grant, now))]
    posting.post([entry for entry, _ in made if entry.state is EntryState.POSTED])
    for entry, grant in made:
        if entry.state is EntryState.PENDING:
            _show(entry, grant, event, now)


def carry_out(effect: Effect, event: Event, now: datetime) -> None:
    """Take back what the line takes, with what hangs on it, and give again what it restores: a read, a query and a
    transaction, and one for each that waits. What was approved at the same moment goes back as well. Raises Busy."""
    by_id = {grant.id: grant for grant in (*effect.losses, *effect.grants)}
    waiting: list[Transfer] = []

    def made(_: object) -> list[Transfer]:
        entries = _made(effect, event, now)
        waiting[:] = [entry for entry in entries if entry.state is not EntryState.POSTED]
        return [entry for entry in entries if entry.state is EntryState.POSTED]

    for _ in range(TRIES):
        posting.post_in_turn(event.reporter_id, made)
        if not waiting:
            return
        for entry in waiting:
            if entry.state is EntryState.VOIDED:
                pending.close(entry)
            else:
                _show(entry, by_id[entry.id], event, now)
    raise Busy("points_contention")


def _made(effect: Effect, event: Event, now: datetime) -> list[Transfer]:
    """What is not there yet: one query. What is to be lost comes first, where that line was not told yet."""
    found = ledger.beginning(transfers.account(event.reporter_id), f"{event.subject_id}#")
    known = {entry.id for entry in found}
    untold = [loss for loss in effect.losses if loss.id not in known and not loss.restored_by]
    late = [entry for loss in untold if (entry := granted(loss, now))]
    lost = [_explained(entry) for entry in rules.taken_back([*found, *late], effect, event)]
    return [*late, *lost, *_given_again(found, effect, event, now)]


def _given_again(found: Sequence[Transfer], effect: Effect, event: Event, now: datetime) -> list[Transfer]:
    what = effect.restoration
    if what is None:
        return []
    known = {entry.id for entry in found}
    again = [_explained(entry, again=True) for entry in rules.given_again(found, what, effect.grants, event)]
    unpaid = [entry for grant in rules.unpaid(what, effect.grants) if (entry := granted(grant, now))]
    return again + [replace(entry, event_id=event.id, at=event.at) for entry in unpaid if entry.id not in known]


def _show(entry: Transfer, grant: Grant, event: Event, now: datetime) -> None:
    if rule := _rule(grant, now)[0]:
        pending.show(entry, rule, township=event.standing.township)


def _rule(grant: Grant, now: datetime) -> tuple[Rule | None, int]:
    table, edition = rules_as_of(grant.event.at, now=now)
    return table.by_code.get(grant.rule), edition


def _explained(entry: Transfer, *, name: tuple[str, str] = ("", ""), again: bool = False) -> Transfer:
    meant = -entry.earned if entry.state is EntryState.VOIDED else entry.earned
    facts = {
        "name": name,
        "amount": same(entry.amount),
        "points": same(f"{meant:+d}"),
        "rule": same(entry.rule),
        "edition": same(entry.edition),
        "day": same(entry.day),
    }
    zh, en = sentences().render(_template(entry, again=again), facts)
    return replace(entry, zh=zh, en=en)


def _template(entry: Transfer, *, again: bool) -> str:
    if again:
        return "points_restored" if entry.state is EntryState.POSTED else "points_restored_pending"
    if entry.kind is not Kind.EARN:
        if entry.state is EntryState.VOIDED:
            return "points_decision_voided"
        return "points_decision_reversed" if entry.earned <= 0 else "points_decision_undone"
    if entry.state is not EntryState.POSTED:
        return f"points_{entry.state}"
    return "points_reversed" if is_reversal(entry) else "points_earned"
