"""What a draft of the routing would have changed: what was ordered, what is suggested now, what the draft would."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.people.model import Role
from chalicelib.domain.reference.taxonomy import VILLAGE
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.suggestions import Suggestion

UNJUDGED = frozenset({Status.INVALID, Status.DUPLICATE, Status.WITHDRAWN})  # nobody was to do anything about these


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who does it, and who helps."""

    lead: str
    co_handlers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One report, side by side. `named`: whether it may be shown; a confidential one is only counted."""

    report: Report
    ordered: Order | None
    in_force: Suggestion | None
    draft: Suggestion | None
    named: bool

    @property
    def changes(self) -> bool:
        """Whether the draft would send it to somebody else, or ask others to help."""
        return _whom(self.in_force) != _whom(self.draft)

    @property
    def rewords(self) -> bool:
        """Whether only the instruction is another."""
        return not self.changes and _words(self.in_force) != _words(self.draft)

    @property
    def followed(self) -> bool:
        """Whether what was ordered is what is suggested now."""
        return _is_practice(self.ordered, self.in_force)

    @property
    def would_follow(self) -> bool:
        """Whether what was ordered is what the draft suggests."""
        return _is_practice(self.ordered, self.draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many reports were looked at; of how many the draft would change or reword the suggestion, or leave it.

    `ordered` were given to somebody: `followed` as is suggested now, `would_follow` as the draft suggests.
    `withheld` are counted and not shown.
    """

    reports: int = 0
    changed: int = 0
    reworded: int = 0
    same: int = 0
    ordered: int = 0
    followed: int = 0
    would_follow: int = 0
    withheld: int = 0

    def plus(self, trials: Sequence[Trial]) -> "Totals":
        """With these as well."""
        changed, reworded = sum(one.changes for one in trials), sum(one.rewords for one in trials)
        return Totals(
            reports=self.reports + len(trials),
            changed=self.changed + changed,
            reworded=self.reworded + reworded,
            same=self.same + len(trials) - changed - reworded,
            ordered=self.ordered + sum(one.ordered is not None for one in trials),
            followed=self.followed + sum(one.followed for one in trials),
            would_follow=self.would_follow + sum(one.would_follow for one in trials),
            withheld=self.withheld + sum(not one.named for one in trials),
        )


def is_judged(report: Report) -> bool:
    """Whether somebody verified it or ordered it: what was never taken up, no rule is measured by."""
    return (report.verified_by or report.ordered_at) is not None and report.status not in UNJUDGED


def ordered(report: Report) -> Order | None:
    """To whom centre or committee gave it; nobody where it was never ordered, or waits to be sorted again."""
    if report.ordered_at is None:
        return None
    held = report.paused.status if report.paused else report.status
    by_village = held is Status.WITH_VILLAGE or (report.origin is not None and report.origin.role is Role.VILLAGE)
    lead = report.department or (VILLAGE if by_village else None)
    return Order(lead=lead, co_handlers=report.co_handlers) if lead else None


def _whom(found: Suggestion | None) -> tuple[str, frozenset[str]] | None:
    return (found.lead, frozenset(found.co_handlers)) if found else None


def _words(found: Suggestion | None) -> tuple[str, str] | None:
    return (found.zh, found.en) if found else None


def _is_practice(order: Order | None, found: Suggestion | None) -> bool:
    return order is not None and found is not None and found.is_followed_by(order.lead, order.co_handlers)
