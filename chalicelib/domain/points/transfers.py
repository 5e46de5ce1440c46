"""Entries of the points ledger: a transfer moves points from one account to another and never changes (DOMAIN §3).

A correction is another transfer that names the old one.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.events import Event
from chalicelib.domain.points.awards import Grant
from chalicelib.domain.points.rules import Cap, Rule
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.reference.calendar import local_day

# Where points come from and reversed ones go back to. It has no balance of its own: that is the sum of its entries.
ISSUANCE = "system:issuance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """`amount` (points, never negative) goes from `debit` to `credit`, in full: what of it counts, the caps say.

    `edition` is that of the rules. `day` is the local day whose caps it counts against: that of the event, and for
    a correction that of the entry it `corrects`.
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
    honour: bool
    cap: Cap | None
    corrects: str | None = None
    zh: str = ""
    en: str = ""

    @property
    def account(self) -> str:
        """The courier's account, in whose part of the ledger it stands."""
        return account(self.courier_id)

    @property
    def earned(self) -> int:
        """What it means for the courier: `amount`, negative where it is taken from him."""
        return self.amount if self.credit == self.account else -self.amount


def account(courier_id: str) -> str:
    """A courier's account."""
    return f"courier:{courier_id}"


def granted(grant: Grant, rule: Rule, edition: int) -> Transfer:
    """The entry of what an event earns by a rule; pending where people must approve it first."""
    event, points = grant.event, rule.points[0]
    courier = account(grant.courier_id)
    return Transfer(
        id=grant.id,
        debit=ISSUANCE if points >= 0 else courier,
        credit=courier if points >= 0 else ISSUANCE,
        amount=abs(points),
        state=EntryState.PENDING if rule.approvers else EntryState.POSTED,
        rule=rule.code,
        edition=edition,
        event_id=event.id,
        report_id=event.subject_id,
        courier_id=grant.courier_id,
        day=local_day(event.at),
        at=event.at,
        honour=rule.honour,
        cap=rule.cap,
    )


def corrected(old: Transfer, event: Event) -> Transfer:
    """The entry by which an event takes back an old one: what was pending is voided, what was posted goes back."""
    was_pending = old.state is EntryState.PENDING
    return replace(
        old,
        id=f"{event.id}#{old.rule}",
        debit=old.credit,
        credit=old.debit,
        state=EntryState.VOIDED if was_pending else EntryState.POSTED,
        event_id=event.id,
        at=event.at,
        corrects=old.id,
    )
