"""Staff put points right: by how much, of which entry, and how many must agree (DOMAIN §3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.events import Event
from chalicelib.domain.fraud.terms import Penalty
from chalicelib.domain.points.terms import SPENT, EntryState, Kind
from chalicelib.domain.points.transfers import OUTCOME, Transfer
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reports.model import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`most` points may be put right at once; above `alone` two must agree."""

    most: int
    alone: int


def limits(numbers: Numbers) -> Limits:
    """As the township has set them."""
    return Limits(most=numbers.count("adjust_most_points"), alone=numbers.count("adjust_alone_points"))


def require_size(points: int, limits: Limits) -> None:
    """Raises Invalid (`adjust_points`) for nothing and for too much."""
    if not 1 <= abs(points) <= limits.most:
        raise Invalid("adjust_points", most=limits.most)


def needed(points: int, limits: Limits) -> int:
    """How many people other than who proposes it must agree."""
    return 1 if abs(points) <= limits.alone else 2


def require_adjustable(old: Transfer, entries: Iterable[Transfer]) -> None:
    """Whether the entry may be put right; `entries` are those of its report, or those that it could be in.

    Raises Conflict: `entry_not_adjustable` for what is pending, voided or spent, `entry_taken_back`.
    """
    if old.kind in SPENT or old.state is not EntryState.POSTED:
        raise Conflict("entry_not_adjustable", entry=old.id)
    require_standing(old.id, entries)


def require_no_findings(entry: Transfer, line: Event | None) -> None:
    """Whether it may be put right or appealed against by itself: what a finding of fraud took comes back only with
    that finding's appeal, or it would come back twice. `line`: that of history which took the entry back, if one did.

    Raises Conflict (`entry_of_finding`).
    """
    if entry.rule in set(Penalty) or (line is not None and line.action is Action.FORFEIT):
        raise Conflict("entry_of_finding", entry=entry.id)


def require_standing(id: str, entries: Iterable[Transfer]) -> None:
    """Raises Conflict (`entry_taken_back`) where an entry was reversed as a whole; what hangs on it only changes it."""
    if any(entry.corrects == id and not entry.id.startswith(f"{id}#") for entry in entries):
        raise Conflict("entry_taken_back")  # not which: who agrees may not be told of what report


def is_told_apart(entry: Transfer) -> bool:
    """Whether people decided it, about a report: by what they did and when, others than the centre know for whom, and
    would learn by its report who reported that."""
    decided = entry.kind in (Kind.ADJUST, Kind.AWARD) or entry.id.endswith(OUTCOME)
    return decided and bool(entry.report_id)


def hangs_on(entry: Transfer, id: str) -> bool:
    """Whether people gave or took it because of the entry with this id: it goes where that one goes."""
    decided = entry.kind in (Kind.ADJUST, Kind.AWARD)
    return decided and entry.id.startswith(f"{id}#") and entry.settles is None and entry.state is not EntryState.VOIDED
