"""Entries of the points ledger: a transfer moves points from one account to another and never changes (DOMAIN §3).

Each has a courier on one side and the township on the other. A correction is another transfer that names the old one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from chalicelib.domain.points.awards import Grant
from chalicelib.domain.points.lots import lot_of
from chalicelib.domain.points.rules import Cap, Rule
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.reference.calendar import local_day

OUTCOME = "#outcome"  # how the id of the entry ends that makes a pending one good or voids it
# The township's side. These have no balance of their own: that is the sum of their entries.
ISSUANCE, REDEMPTION, EXPIRY = "system:issuance", "system:redemption", "system:expiry"
COUNTERPART = {Kind.REDEEM: REDEMPTION, Kind.RETURN: REDEMPTION, Kind.EXPIRE: EXPIRY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """`amount` (points, never negative) goes from `debit` to `credit`, in full: what of it counts, the caps say.

    `edition` is that of the rules, 0 where no rule is behind it. `event_id` is the line of history that it follows
    from, or the id of what else it is about. `day` is the local day whose caps it counts against: that of the event,
    and for a correction that of the entry it `corrects`. `settles` names the pending entry that it makes good.
    `lots`: how many points it takes from which lot, or puts back, where no day says so.
    """

    id: str
    debit: str
    credit: str
    amount: int
    state: EntryState
    rule: str
    edition: int
    event_id: str
    report_id: str
    courier_id: str
    day: str
    at: datetime
    honour: bool = False
    cap: Cap | None = None
    corrects: str | None = None
    zh: str = ""
    en: str = ""
    kind: Kind = Kind.EARN
    settles: str | None = None
    lots: Mapping[str, int] | None = None

    @property
    def account(self) -> str:
        """The courier's account, in whose part of the ledger it stands."""
        return account(self.courier_id)

    @property
    def earned(self) -> int:
        """What it means for the courier: `amount`, negative where it is taken from him."""
        return self.amount if self.credit == self.account else -self.amount

    def explained(self, zh: str, en: str) -> Self:
        """The same with the sentence that explains it, in Chinese and English."""
        return replace(self, zh=zh, en=en)


def account(courier_id: str) -> str:
    """A courier's account."""
    return f"courier:{courier_id}"


def granted(grant: Grant, rule: Rule, edition: int) -> Transfer:
    """The entry of what an event earns by a rule; pending where people must approve it first."""
    event = grant.event
    entry = moved(
        grant.courier_id,
        rule.points[0],
        Kind.EARN,
        id=grant.id,
        event_id=event.id,
        report_id=event.subject_id,
        at=event.at,
    )
    return ruled(entry, rule, edition, pending=bool(rule.approvers))


def ruled(entry: Transfer, rule: Rule, edition: int, *, pending: bool) -> Transfer:
    """The entry under a rule: its caps, whether it counts for ranking, and whether it waits for approval."""
    state = EntryState.PENDING if pending else EntryState.POSTED
    return replace(entry, rule=rule.code, edition=edition, honour=rule.honour, cap=rule.cap, state=state)


def moved(
    courier_id: str,
    points: int,
    kind: Kind,
    *,
    id: str,
    event_id: str,
    at: datetime,
    report_id: str = "",
    lots: Mapping[str, int] | None = None,
) -> Transfer:
    """An entry that no cap limits and no rule is behind: `points` for the courier, taken from him where negative."""
    other, courier = COUNTERPART.get(kind, ISSUANCE), account(courier_id)
    return Transfer(
        id=id,
        debit=other if points >= 0 else courier,
        credit=courier if points >= 0 else other,
        amount=abs(points),
        state=EntryState.POSTED,
        rule="",
        edition=0,
        event_id=event_id,
        report_id=report_id,
        courier_id=courier_id,
        day=local_day(at),
        at=at,
        kind=kind,
        lots=lots,
    )


def lasting(entry: Transfer) -> Transfer:
    """The entry, so that what it gives for a day long past is not over at once: it lies in the lot of its own moment.
    What it takes, it takes from the lot of its day."""
    lot = lot_of(max(entry.day, local_day(entry.at)))
    is_late = entry.earned > 0 and lot > lot_of(entry.day)
    return replace(entry, lots={lot: entry.earned}) if is_late else entry


def corrected(old: Transfer, *, id: str, event_id: str, at: datetime) -> Transfer:
    """The entry that takes back an old one that was posted."""
    return replace(
        old,
        id=id,
        debit=old.credit,
        credit=old.debit,
        event_id=event_id,
        at=at,
        corrects=old.id,
        settles=None,
        lots={lot: -points for lot, points in old.lots.items()} if old.lots else None,
    )


def settled(pending: Transfer, *, event_id: str, at: datetime) -> Transfer:
    """The entry that makes a pending one good, against the caps of its own day."""
    id = outcome_id(pending.id)
    good = replace(pending, id=id, state=EntryState.POSTED, event_id=event_id, at=at, settles=pending.id)
    return lasting(good) if pending.kind is Kind.ADJUST else good


def voided(pending: Transfer, *, event_id: str, at: datetime) -> Transfer:
    """The entry by which a pending one is expected no longer."""
    id = outcome_id(pending.id)
    return replace(corrected(pending, id=id, event_id=event_id, at=at), state=EntryState.VOIDED)


def outcome_id(pending_id: str) -> str:
    """The id of the entry that makes a pending one good or voids it: there is one, so it is either."""
    return f"{pending_id}{OUTCOME}"
