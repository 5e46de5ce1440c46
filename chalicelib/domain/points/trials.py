"""What a draft of the points rules would have given: entry by entry, and what the caps leave of it (DOMAIN §3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.points import caps
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.rules import PointsRules
from chalicelib.domain.points.transfers import ISSUANCE, Transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An entry side by side: as it was given, and as the draft would have it; None where that gives nothing."""

    given: Transfer
    draft: Transfer | None

    @property
    def changes(self) -> bool:
        """Whether the draft would give another number of points."""
        return self.given.earned != (self.draft.earned if self.draft else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a courier has of these entries: `given`, and by the `draft`; of both what the caps leave."""

    courier_id: str
    tried: tuple[Tried, ...]
    given: Wallet
    draft: Wallet

    @property
    def changes(self) -> bool:
        """Whether he would have had something else."""
        return self.given != self.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many couriers and entries were looked at, for how many something changes, and the points of all of them."""

    couriers: int = 0
    couriers_changed: int = 0
    entries: int = 0
    entries_changed: int = 0
    given: int = 0
    draft: int = 0

    def plus(self, shares: Sequence[Share]) -> "Totals":
        """With these as well."""
        tried = [one for share in shares for one in share.tried]
        return Totals(
            couriers=self.couriers + len(shares),
            couriers_changed=self.couriers_changed + sum(share.changes for share in shares),
            entries=self.entries + len(tried),
            entries_changed=self.entries_changed + sum(one.changes for one in tried),
            given=self.given + sum(share.given.balance for share in shares),
            draft=self.draft + sum(share.draft.balance for share in shares),
        )


def share(courier_id: str, entries: Sequence[Transfer], rules: PointsRules, edition: int) -> Share:
    """A courier's entries of the past, oldest first, tried on a draft; what no rule is behind is left out."""
    tried = tuple(Tried(given=one, draft=_drafted(one, rules, edition)) for one in entries if one.rule)
    return Share(
        courier_id=courier_id,
        tried=tried,
        given=caps.wallet([one.given for one in tried]),
        draft=caps.wallet([one.draft for one in tried if one.draft]),
    )


def _drafted(entry: Transfer, rules: PointsRules, edition: int) -> Transfer | None:
    """Where the draft leaves a range, the points that people chose stay as near as it allows."""
    rule = rules.by_code.get(entry.rule)
    if rule is None or rule.points == (0, 0):
        return None
    took = entry.corrects is not None
    chosen = -entry.earned if took else entry.earned
    points = min(max(chosen, rule.points[0]), rule.points[1]) * (-1 if took else 1)
    return replace(
        entry,
        debit=ISSUANCE if points >= 0 else entry.account,
        credit=entry.account if points >= 0 else ISSUANCE,
        amount=abs(points),
        edition=edition,
        honour=rule.honour,
        cap=rule.cap,
    )
