"""Others who reported the same follow the main report's history: they hear of it, and where it is none, one takes over.

Delivered twice, late or in any order: a line is told to each contributor once, and where they belong is decided from
how the main report stands.
"""

from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from chalicelib.domain import contributors as rules
from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.photos import Purpose, State
from chalicelib.domain.points.awards import UNTRUE
from chalicelib.domain.reports.lists import Merged
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import changes, records
from chalicelib.store.base import Transaction
from chalicelib.store.figures import marks
from chalicelib.store.figures.marks import Followed
from chalicelib.store.reports import merged, photos, reports

TRIES = 5


def follow(event: Event, *, now: datetime) -> None:
    """Tell each contributor of the line, or find them another main report: a query, and a transaction for each.

    Raises NotFound, Busy.
    """
    children = merged.of(event.subject_id)
    if not children:
        return
    main = reports.get(event.subject_id)
    if rules.update(event):
        first = {child.by: child.id for child in reversed(children)}
        for child in children:
            if child.since <= event.at:
                _tell(event, child, main, once=first[child.by] == child.id, now=now)
    _settle(main, now=now)


def _tell(event: Event, child: Merged, main: Report, *, once: bool, now: datetime) -> None:
    hours = rulebook.in_force(now=now).numbers.of("corroborate_hours")

    def plan(held: Report) -> dict[str, Any] | None:
        return {} if held.main == main.id and rules.may_hear(held, main) else None

    def details(held: Report) -> dict[str, object]:
        bears_out = once and rules.corroborates(held, main, hours=hours) and _has_photo(held.id)
        return rules.followed(event, corroborates=bears_out)

    with suppress(Followed):
        records.note(
            child.id,
            Action.FOLLOW,
            now=now,
            plan=plan,
            details=details,
            extra=partial(marks.put, event, f"{Action.FOLLOW}#{child.id}"),
            internal=False,
            text=rules.said(event),
        )


def _has_photo(report_id: str) -> bool:
    return any(photo.purpose is Purpose.BEFORE and photo.state is State.READY for photo in photos.of(report_id))


def _settle(main: Report, *, now: datetime) -> None:
    """Where the main report is none any more, each goes to the one that is; again where that has gone meanwhile."""
    successor = main.main if main.status is Status.DUPLICATE else None
    if main.status in UNTRUE:
        successor = main.successor or _crown(main.id, now=now)
    if successor is None:
        return
    for child in merged.of(main.id):
        _move(child.id, main.id, successor, now=now)
    _settle(reports.get(successor), now=now)


def _crown(main_id: str, *, now: datetime) -> str | None:
    """The oldest report that was merged into it takes its place, once, in one transaction; None where there is none."""
    for _ in range(TRIES):
        main, children = reports.get(main_id), merged.of(main_id)
        if main.successor or main.status not in UNTRUE or not children:
            return main.successor
        with suppress(StaleVersion):
            heir = reports.get(children[0].id)
            if heir.main != main.id:  # parted from it a moment ago
                continue
            transaction = Transaction()
            changes.add(rules.promoted(heir, now=now, rules=rulebook.in_force(now=now)), transaction)
            changes.add(rules.succeeded(main, heir, now=now), transaction)
            transaction.commit()
            return heir.id
    raise Busy("store_contention")


def _move(child_id: str, before: str, after: str, *, now: datetime) -> None:
    def plan(held: Report) -> dict[str, Any] | None:
        return {"main": after} if held.main == before else None

    details: dict[str, object] = {"main": after, "before": before}
    records.note(child_id, Action.FOLLOW, now=now, plan=plan, details=details)
