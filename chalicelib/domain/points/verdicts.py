"""What a verdict that changes takes back of a report's entries, and what comes again after a forfeit (DOMAIN §3).

Decided from all entries of one courier that name the report by their ids, so that nothing goes twice:

- `<report>#<line>#<rule>`: what a line of its history earned, or took back;
- what hangs on one of these by its id: what people decided about it;
- `<report>#<award>#<rule>`: an award that names the report, with what hangs on that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from chalicelib.domain.events import Event
from chalicelib.domain.points import transfers
from chalicelib.domain.points.adjusting import hangs_on, is_decided, is_reversal
from chalicelib.domain.points.awards import Effect, Grant, Restoration
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import OUTCOME, Transfer


def taken_back(entries: Iterable[Transfer], effect: Effect, event: Event) -> list[Transfer]:
    """The entries by which a line takes back what it means to take, of what was not taken back before.

    People who decided after the line knew of it: what they gave stays.
    """
    by_id = {entry.id: entry for entry in entries}
    gone = {entry.corrects for entry in by_id.values() if is_reversal(entry)}
    dropped = {loss.id for loss in effect.losses if _is_void(by_id.get(transfers.outcome_id(loss.id)))}
    lost = [entry for entry in by_id.values() if _goes(entry, effect, event, dropped)]
    undone = (_undone(entry, by_id.get(transfers.outcome_id(entry.id)), event) for entry in lost)
    return [entry for entry in undone if entry and entry.corrects not in gone and entry.id not in by_id]


def given_again(
    entries: Iterable[Transfer], what: Restoration, grants: Sequence[Grant], event: Event
) -> list[Transfer]:
    """What `event` gives again of what the forfeit took, each on the day it had: as it was, also if it waited.

    What was decided about earlier verdicts comes again unless there was another one meanwhile, awards that name the
    report unless it was found untrue.
    """
    by_id = {entry.id: entry for entry in entries}
    took = [entry for entry in by_id.values() if entry.corrects and entry.event_id == what.forfeit.id]
    olds = [by_id[entry.corrects] for entry in took if entry.corrects in by_id]
    renamed = {old.id: new.id for old, new in zip(what.olds, grants, strict=True)}
    again = (_again(old, renamed, what, event) for old in olds)
    return [entry for entry in again if entry and entry.id not in by_id]


def proposal_of(entry_id: str, rule: str) -> str:
    """The id of the proposal that an entry which people decided stands for, as its own id says."""
    _, award, *_, last = entry_id.split("#")
    return award if last == rule else last


def unpaid(what: Restoration, grants: Sequence[Grant]) -> list[Grant]:
    """The grants that came while it was forfeited, and were never paid."""
    return [grant for grant in grants if grant.event.number > what.forfeit.number]


def _is_void(outcome: Transfer | None) -> bool:
    return outcome is not None and outcome.state is EntryState.VOIDED


def _goes(entry: Transfer, effect: Effect, event: Event, dropped: Collection[str]) -> bool:
    """`dropped`: what of the losses came to nothing, and what people gave instead of it before the line goes alone."""
    standing = [loss.id for loss in effect.losses if loss.id not in dropped]
    if any(entry.id == loss.id for loss in effect.losses) or any(hangs_on(entry, id) for id in standing):
        return True
    if not is_decided(entry) or entry.at >= event.at:
        return False
    if any(hangs_on(entry, id) for id in dropped):
        return True
    return effect.untrue or (effect.judged and _is_of_history(entry))


def _is_of_history(entry: Transfer) -> bool:
    return entry.id.split("#")[1].isdecimal()


def _undone(entry: Transfer, outcome: Transfer | None, event: Event) -> Transfer | None:
    """A pending entry is voided; what was posted, at once or by approval, goes back; what was voided needs nothing."""
    if entry.state is EntryState.PENDING and outcome is None:
        return transfers.voided(entry, event_id=event.id, at=event.at)
    if _is_void(outcome):
        return None
    name = entry.rule if entry.kind is Kind.EARN else proposal_of(entry.id, entry.rule)
    return transfers.corrected(outcome or entry, id=f"{event.id}#{name}", event_id=event.id, at=event.at)


def _again(old: Transfer, renamed: dict[str, str], what: Restoration, event: Event) -> Transfer | None:
    """None for what is not worth its old verdict any more, and for what had waited for people to agree to it."""
    if old.state is EntryState.PENDING and old.kind is not Kind.EARN:
        return None
    anchor = next((id for id in renamed if old.id == id or old.id.startswith(f"{id}#")), None)
    if anchor:
        before, after = anchor, renamed[anchor]
    elif old.kind is Kind.EARN or (what.judged if _is_of_history(old) else what.untrue):
        return None
    else:
        before, after = _told_apart(old, event)
    names = {"id": old.id, "corrects": old.corrects or ""}
    moved = {key: id.replace(before, after, 1).replace(OUTCOME, "") for key, id in names.items()}
    return replace(
        old,
        id=moved["id"],
        corrects=moved["corrects"] or None,
        event_id=event.id,
        at=event.at,
        settles=None,
    )


def _told_apart(old: Transfer, event: Event) -> tuple[str, str]:
    """Which part of an id becomes another one: what hangs on an older entry stays there."""
    parts = old.id.removesuffix(OUTCOME).split("#")
    place = len(parts) if _is_of_history(old) else 2
    before = "#".join(parts[:place])
    return before, f"{before}@{event.number}"
