"""Staff put points right: by how much, of which entry, and how many must agree (DOMAIN §3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.events import Event
from chalicelib.domain.fraud.terms import Penalty
from chalicelib.domain.points.awards import AWARDS
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

    Raises Conflict: `entry_not_adjustable` for what is pending, voided or spent, `entry_taken_back`, `judged_since`.
    """
    if old.kind in SPENT or old.state is not EntryState.POSTED:
        raise Conflict("entry_not_adjustable", entry=old.id)
    known = list(entries)
    if any(entry.corrects == old.id and is_reversal(entry) for entry in known):
        raise Conflict("entry_taken_back")  # not which: who agrees may not be told of what report
    if is_reversal(old):
        require_last_word(old, known)


def require_no_findings(entry: Transfer, line: Event | None) -> None:
    """Whether it may be put right or appealed against by itself: what a finding of fraud took comes back only with
    that finding's appeal, or it would come back twice. `line`: that of history which took the entry back, if one did.

    Raises Conflict (`entry_of_finding`).
    """
    if entry.rule in set(Penalty) or (line is not None and line.action is Action.FORFEIT):
        raise Conflict("entry_of_finding", entry=entry.id)


def require_last_word(entry: Transfer, entries: Iterable[Transfer]) -> None:
    """Raises Conflict (`judged_since`) where a later line of its report's history found it true: that is what counts
    by now, and what an earlier one took or did not give is past."""
    number = _line(entry.id)
    if number and any(_line(one.id) > number and _finds_true(one) for one in entries):
        raise Conflict("judged_since")


def is_reversal(entry: Transfer) -> bool:
    """Whether it takes back another one as a whole; what hangs on that one only changes it."""
    return entry.corrects is not None and not entry.id.startswith(f"{entry.corrects}#")


def is_decided(entry: Transfer) -> bool:
    """Whether people gave or took it, whether or not it waits for others; an outcome or a reversal is not meant."""
    given = entry.kind in (Kind.ADJUST, Kind.AWARD) and not is_reversal(entry)
    return given and entry.settles is None and entry.state is not EntryState.VOIDED


def is_told_apart(entry: Transfer) -> bool:
    """Whether people decided it, about a report: by what they did and when, others than the centre know for whom, and
    would learn by its report who reported that."""
    decided = entry.kind in (Kind.ADJUST, Kind.AWARD) or entry.id.endswith(OUTCOME)
    return decided and bool(entry.report_id)


def hangs_on(entry: Transfer, id: str) -> bool:
    """Whether people gave or took it because of the entry with this id: it goes where that one goes."""
    return is_decided(entry) and entry.id.startswith(f"{id}#")


def _finds_true(entry: Transfer) -> bool:
    return entry.kind is Kind.EARN and entry.rule in AWARDS.values() and not is_reversal(entry)


def _line(id: str) -> int:
    """The number of the line of history that it followed from; 0 for what follows from none."""
    number = [*id.split("#"), ""][1]
    return int(number) if number.isdecimal() else 0
