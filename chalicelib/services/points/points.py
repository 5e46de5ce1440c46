"""Points follow the history: what an event earns or takes back becomes entries of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Annotated

from msgspec import Meta

from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.points import awards as points
from chalicelib.domain.points import rules as points_rules
from chalicelib.domain.points import transfers
from chalicelib.domain.points.adjusting import hangs_on
from chalicelib.domain.points.awards import Grant
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.rules import PointsRules
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.points import pending, posting
from chalicelib.store import cursors, history
from chalicelib.store.points import ledger, wallets
from chalicelib.store.reference import editions
from chalicelib.store.reference.reference import Edition

RULES = "points_rules"

type Moment = Annotated[str, Meta(max_length=400)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some entries, the newest first, and the cursor of the next ones; None at the end."""

    entries: list[Transfer]
    cursor: str | None


def follow(event: Event, *, now: datetime) -> None:
    """Write the entries that the event means, once however often it is told, and whatever was told before.

    Raises NotFound if the event is not in the history, Busy under contention that does not end.
    """
    effect = points.effect(_up_to(event))
    granted = [entry for grant in effect.grants if (entry := _granted(grant, now))]
    lost = _taken_back(event, effect.losses, now)
    _post([*granted, *lost], event, now)
    if any(entry.state is EntryState.VOIDED for entry in lost):
        # What was approved at the same moment goes back as well.
        _post(_taken_back(event, effect.losses, now), event, now)


def wallet(courier_id: str) -> Wallet:
    """Balance, pending points and honour score: one read."""
    return wallets.get(transfers.account(courier_id))


def page(courier_id: str, *, limit: int, cursor: str | None) -> Page:
    """A page of a courier's entries, each with its sentence: one query. Raises Invalid (`bad_cursor`)."""
    before = cursors.opened(cursor, Moment) if cursor else None
    found = ledger.timeline(transfers.account(courier_id), start=None, end=None, before=before, limit=limit + 1)
    more = len(found) > limit
    entries = [entry for _, entry in found[:limit]]
    return Page(entries=entries, cursor=cursors.sealed(found[limit - 1][0]) if more else None)


def rules_as_of(at: datetime, *, now: datetime) -> tuple[PointsRules, int]:
    """The rules in force at an instant, and their edition. Warm: no read."""
    edition = editions.as_of(RULES, at, now=now)
    return _rules(edition), edition.version


def _post(entries: Sequence[Transfer], event: Event, now: datetime) -> None:
    """What waits for people is shown to them in the same transaction, and so is that it waits no longer."""
    posting.post([entry for entry in entries if entry.state is EntryState.POSTED])
    for entry in entries:
        if entry.state is EntryState.PENDING:
            rule = rules_as_of(entry.at, now=now)[0].by_code[entry.rule]
            pending.show(entry, rule, township=event.standing.township)
        elif entry.state is EntryState.VOIDED:
            pending.close(entry)


def _up_to(event: Event) -> list[Event]:
    lines = [line for line in history.of(event.subject_id) if line.number <= event.number]
    if not lines or lines[-1].id != event.id:
        raise NotFound("no_such_event", event=event.id)
    return lines


def _granted(grant: Grant, now: datetime) -> Transfer | None:
    """By the rules in force when it happened; None where these know no such rule or pay nothing."""
    rules, edition = rules_as_of(grant.event.at, now=now)
    rule = rules.by_code.get(grant.rule)
    if rule is None or not rule.points[0]:
        return None
    entry = transfers.granted(grant, rule, edition)
    return _explained(entry, name=(rule.zh, rule.en))


def _taken_back(event: Event, losses: Sequence[Grant], now: datetime) -> list[Transfer]:
    """What takes back each entry with what hangs on it, and before it the entry itself where that was not written yet:
    one query."""
    if not losses:
        return []
    found = ledger.beginning(transfers.account(losses[0].courier_id), f"{event.subject_id}#")
    standing = {entry.id: entry for entry in found}
    late = [entry for grant in losses if grant.id not in standing and (entry := _granted(grant, now))]
    entries = late + [standing[grant.id] for grant in losses if grant.id in standing]
    entries += [entry for entry in found if any(hangs_on(entry, grant.id) for grant in losses)]
    undone = [_undone(entry, standing.get(transfers.outcome_id(entry.id)), event) for entry in entries]
    return late + [_explained(entry) for entry in undone if entry and entry.id not in standing]


def _undone(entry: Transfer, outcome: Transfer | None, event: Event) -> Transfer | None:
    """A pending entry is voided; what was posted, at once or by approval, goes back; what was voided needs nothing."""
    if entry.state is EntryState.PENDING and outcome is None:
        return transfers.voided(entry, event_id=event.id, at=event.at)
    if outcome and outcome.state is EntryState.VOIDED:
        return None
    id = f"{event.id}#{entry.rule}" if entry.kind is Kind.EARN else f"{event.id}#{entry.id.rpartition('#')[2]}"
    return transfers.corrected(outcome or entry, id=id, event_id=event.id, at=event.at)


def _explained(entry: Transfer, *, name: tuple[str, str] = ("", "")) -> Transfer:
    facts = {
        "name": name,
        "amount": same(entry.amount),
        "points": same(f"{entry.earned:+d}"),
        "rule": same(entry.rule),
        "edition": same(entry.edition),
        "day": same(entry.day),
    }
    zh, en = sentences().render(_template(entry), facts)
    return replace(entry, zh=zh, en=en)


def _template(entry: Transfer) -> str:
    if entry.kind is not Kind.EARN:
        return "points_decision_voided" if entry.state is EntryState.VOIDED else "points_decision_reversed"
    if entry.state is not EntryState.POSTED:
        return f"points_{entry.state}"
    return "points_reversed" if entry.corrects else "points_earned"


@lru_cache(maxsize=4)
def _rules(edition: Edition) -> PointsRules:
    return points_rules.read(edition.body)
