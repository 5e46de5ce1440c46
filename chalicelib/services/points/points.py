"""Points follow the history: what an event earns or takes back becomes entries of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from chalicelib.domain.errors import Busy, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.points import awards as points
from chalicelib.domain.points import rules as points_rules
from chalicelib.domain.points import transfers
from chalicelib.domain.points.awards import Grant
from chalicelib.domain.points.caps import Wallet, settle, window_key
from chalicelib.domain.points.rules import PointsRules
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.notifications.wording import sentences
from chalicelib.store import history
from chalicelib.store.points import ledger, wallets
from chalicelib.store.points.ledger import AlreadyPosted
from chalicelib.store.points.wallets import WindowMoved
from chalicelib.store.reference import editions
from chalicelib.store.reference.reference import Edition

RULES = "points_rules"
# Each try that is lost means that another entry of the same courier and month was written.
TRIES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some entries, those of the newest report first, and the cursor of the next ones; None at the end."""

    entries: list[Transfer]
    cursor: str | None


def follow(event: Event, *, now: datetime) -> None:
    """Write the entries that the event means, once however often it is told, and whatever was told before.

    Raises NotFound if the event is not in the history, Busy under contention that does not end.
    """
    effect = points.effect(_up_to(event))
    entries = [entry for grant in effect.grants if (entry := _granted(grant, now))]
    if entries := entries + _taken_back(event, effect.losses, now):
        _post(entries)


def wallet(courier_id: str) -> Wallet:
    """Balance, pending points and honour score: one read."""
    return wallets.get(transfers.account(courier_id))


def page(courier_id: str, *, limit: int, cursor: str | None) -> Page:
    """A page of a courier's entries, each with the sentence that explains it: one query."""
    found = ledger.page(transfers.account(courier_id), limit=limit, before=cursor)
    return Page(entries=found, cursor=found[-1].id if len(found) == limit else None)


def _up_to(event: Event) -> list[Event]:
    lines = [line for line in history.of(event.subject_id) if line.number <= event.number]
    if not lines or lines[-1].id != event.id:
        raise NotFound("no_such_event", event=event.id)
    return lines


def _granted(grant: Grant, now: datetime) -> Transfer | None:
    """By the rules in force when it happened; None where these know no such rule or pay nothing."""
    edition = editions.as_of(RULES, grant.event.at, now=now)
    rule = _rules(edition).by_code.get(grant.rule)
    if rule is None or not rule.points[0]:
        return None
    entry = transfers.granted(grant, rule, edition.version)
    return _explained(entry, name=(rule.zh, rule.en))


def _taken_back(event: Event, losses: Sequence[Grant], now: datetime) -> list[Transfer]:
    """The corrections, and before each the entry it corrects where that was not written yet."""
    if not losses:
        return []
    standing = ledger.several(transfers.account(event.reporter_id), [grant.id for grant in losses])
    late = [entry for grant in losses if grant.id not in standing and (entry := _granted(grant, now))]
    return late + [_explained(transfers.corrected(old, event)) for old in [*standing.values(), *late]]


def _post(entries: list[Transfer]) -> None:
    account = entries[0].account
    for _ in range(TRIES):
        windows = wallets.windows(account, {key for entry in entries if (key := window_key(entry))})
        try:
            ledger.post(entries, settle(windows, entries))
        except WindowMoved:
            continue
        except AlreadyPosted:
            standing = ledger.several(account, [entry.id for entry in entries])
            if not (entries := [entry for entry in entries if entry.id not in standing]):
                return
            continue
        return
    raise Busy("points_contention")


def _explained(entry: Transfer, *, name: tuple[str, str] = ("", "")) -> Transfer:
    facts = {
        "name": name,
        "amount": same(entry.amount),
        "rule": same(entry.rule),
        "edition": same(entry.edition),
        "day": same(entry.day),
    }
    template = f"points_{entry.state}" if entry.state is not EntryState.POSTED else _posted(entry)
    zh, en = sentences().render(template, facts)
    return replace(entry, zh=zh, en=en)


def _posted(entry: Transfer) -> str:
    return "points_reversed" if entry.corrects else "points_earned"


@lru_cache(maxsize=4)
def _rules(edition: Edition) -> PointsRules:
    return points_rules.read(edition.body)
