"""A courier appeals against an entry of his points: once, within days; somebody else decides (DOMAIN §3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.points.terms import SPENT, EntryState
from chalicelib.domain.points.transfers import Transfer


class AppealState(StrEnum):
    """How far it is."""

    OPEN = "open"
    AGREED = "agreed"  # upheld, and what he is given waits for others to agree
    UPHELD = "upheld"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """`text` says why the entry `entry_id` (which meant `points`) is wrong; answered until `due_at`, with `answer`.

    `award_id` is the proposal by which it is put right.
    """

    id: str
    courier_id: str
    township: str
    entry_id: str
    report_id: str
    rule: str
    points: int
    text: str
    appealed_at: datetime
    due_at: datetime
    state: AppealState = AppealState.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""
    award_id: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Upheld with so many points for him, negative where even more is taken from him; or refused: None."""

    points: int | None
    answer: str


def require_appealable(entry: Transfer, *, within: timedelta, now: datetime) -> None:
    """Raises Conflict: `entry_not_appealable` for what is pending or spent, `appeal_too_late`."""
    if entry.kind in SPENT or entry.state is EntryState.PENDING:
        raise Conflict("entry_not_appealable", entry=entry.id)
    if now > entry.at + within:
        raise Conflict("appeal_too_late", days=within.days)


def require_outsider(appeal: Appeal, by: Actor, *, involved: Iterable[str]) -> None:
    """Raises Forbidden: `role_needed` and `not_your_area` unless the centre, `own_points`, and `decided_it_before` for
    who had a part in what is appealed against."""
    require_any(by, [Role.CENTRE], appeal.township)
    if by.id == appeal.courier_id:
        raise Forbidden("own_points")
    if by.id in set(involved):
        raise Forbidden("decided_it_before")


def decided(appeal: Appeal, decision: Decision, *, award_id: str, waits: bool, by: Actor, now: datetime) -> Appeal:
    """The appeal with its answer; `waits`: others must agree to what he is given.

    Raises Conflict (`appeal_closed`), Invalid (`text_needed`).
    """
    if appeal.state is not AppealState.OPEN:
        raise Conflict("appeal_closed", state=appeal.state)
    if not decision.answer.strip():
        raise Invalid("text_needed")
    upheld = AppealState.AGREED if waits else AppealState.UPHELD
    return replace(
        appeal,
        state=AppealState.REFUSED if decision.points is None else upheld,
        decided_by=by.id,
        decided_at=now,
        answer=decision.answer.strip(),
        award_id="" if decision.points is None else award_id,
        version=appeal.version + 1,
    )


def followed(appeal: Appeal, *, given: bool, reason: str = "") -> Appeal:
    """After others agreed to what it was to bring, or did not: then it is refused, for their reason."""
    state = AppealState.UPHELD if given else AppealState.REFUSED
    return replace(appeal, state=state, answer=reason or appeal.answer, version=appeal.version + 1)


def overtaken(appeal: Appeal, *, reason: str, at: datetime) -> Appeal:
    """Refused by nobody: the verdict that the entry followed from has changed before others had agreed."""
    return replace(
        appeal,
        state=AppealState.REFUSED,
        answer=reason,
        decided_by="",
        decided_at=at,
        version=appeal.version + 1,
    )


def is_overdue(appeal: Appeal, now: datetime) -> bool:
    """Whether it should have been answered by now."""
    return appeal.state is AppealState.OPEN and now > appeal.due_at
