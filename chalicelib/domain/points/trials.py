"""What a draft of the points rules would have given since an instant: entry by entry, and what the caps leave of it
(DOMAIN §3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.points import caps
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.rules import Edition, PointsRules
from chalicelib.domain.points.transfers import ISSUANCE, Transfer
from chalicelib.domain.points.windows import MONTH


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
    """What a courier has of these entries: `given`, and by the `draft`; of both what the caps leave, beside what he had
    before. `cut`: he had more entries than were looked at."""

    courier_id: str
    tried: tuple[Tried, ...]
    given: Wallet
    draft: Wallet
    cut: bool = False

    @property
    def changes(self) -> bool:
        """Whether he would have had something else."""
        return self.given != self.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many couriers and entries were looked at, for how many something changes, of how many couriers not all was
    looked at, and the points of all of them."""

    couriers: int = 0
    couriers_changed: int = 0
    couriers_cut: int = 0
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
            couriers_cut=self.couriers_cut + sum(share.cut for share in shares),
            entries=self.entries + len(tried),
            entries_changed=self.entries_changed + sum(one.changes for one in tried),
            given=self.given + sum(share.given.balance for share in shares),
            draft=self.draft + sum(share.draft.balance for share in shares),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The `rules` of a draft, as if they had been in force `since` then as this `edition`."""

    rules: Edition
    edition: int
    since: datetime

    def looks_back(self, entry: Transfer, month: str) -> bool:
        """Whether the entry stands with some from before that local month: by its day, or by a limit without months."""
        rule = self.rules.of(entry.rule, entry.day)
        limits = (entry.cap, rule.cap if rule else None)
        return entry.day[MONTH] < month or any(cap and cap.ever is not None for cap in limits)


def asks_anew(before: PointsRules, draft: PointsRules) -> dict[str, tuple[int, int]]:
    """Where the draft asks other numbers of people to agree: by rule, how many today and then; of rules in both."""
    both = sorted(before.by_code.keys() & draft.by_code.keys())
    asked = {code: (before.by_code[code].approvers, draft.by_code[code].approvers) for code in both}
    return {code: numbers for code, numbers in asked.items() if numbers[0] != numbers[1]}


def share(courier_id: str, entries: Sequence[Transfer], draft: Draft, *, cut: bool = False) -> Share:
    """A courier's entries of the past, oldest first, tried on a draft; what no rule is behind is left out. What lies
    before stays as it was, and takes up its part of the caps."""
    ruled = [one for one in entries if one.rule]
    before = [one for one in ruled if one.at < draft.since]
    tried = tuple(_tried([one for one in ruled if one.at >= draft.since], draft))
    drafted = [one.draft for one in tried if one.draft]
    had = caps.wallet(before)
    return Share(
        courier_id=courier_id,
        tried=tried,
        given=_more(caps.wallet([*before, *(one.given for one in tried)]), had),
        draft=_more(caps.wallet([*before, *drafted]), had),
        cut=cut,
    )


def _tried(entries: Sequence[Transfer], draft: Draft) -> Iterator[Tried]:
    """What makes an earlier entry good, or takes it back, goes by the rules of that one."""
    anew = set[str]()
    for one in entries:
        about = one.corrects or one.settles
        if about and about not in anew:
            yield Tried(given=one, draft=one)
            continue
        anew.add(one.id)
        yield Tried(given=one, draft=_drafted(one, draft))


def _more(after: Wallet, before: Wallet) -> Wallet:
    return Wallet(
        balance=after.balance - before.balance,
        pending=after.pending - before.pending,
        honour=after.honour - before.honour,
    )


def _drafted(entry: Transfer, draft: Draft) -> Transfer | None:
    """Where the draft leaves a range, the points that people chose stay as near as it allows."""
    rule = draft.rules.of(entry.rule, entry.day)
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
        edition=draft.edition,
        honour=rule.honour,
        cap=rule.cap,
    )
