"""Others who reported the same matter: what becomes of their reports as the main one goes on (DOMAIN §2 Duplicates).

A report that was merged into another, or was joined to it from the first ("me too"), is a report of its own: with its
own place, photos and reporter, who hears of everything public that happens to the main one. Where the main one turns
out to be none, the oldest of them takes its place. See docs/adr/0039.
"""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.notifications import notices
from chalicelib.domain.places import distance
from chalicelib.domain.points.awards import TAKEN_UP, UNTRUE
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import clockwork, sight
from chalicelib.domain.reports.model import ENDED, Action, Change, Report, Status
from chalicelib.domain.reports.parties import OWN
from chalicelib.domain.reports.stages import moved, taken_up, unasked

A, S = Action, Status
# What is between the main report's own reporter and the staff.
PRIVATE = frozenset({A.SUBMIT, A.ASK_INFO, A.SUPPLY_INFO, A.ADD_INFO, A.OBJECT, A.MERGE, A.UNMERGE, A.FOLLOW})


def concerns(event: Event) -> bool:
    """Whether those who reported the same hear of it, or have to find another main report."""
    return leaves_place(event.standing.status, event) or update(event) is not None


def leaves_place(status: Status, event: Event) -> bool:
    """Whether the event has taken its report to a status in which it cannot be anybody's main one."""
    return status in UNTRUE | {S.DUPLICATE} and event.was is not None and event.was.status is not status


def update(event: Event) -> str | None:
    """The template of what contributors hear of an event of the main report; None where it is not for them."""
    return None if event.action in PRIVATE or event.internal else notices.told_reporter(event)


def corroborates(child: Report, main: Report, *, hours: float) -> bool:
    """Whether it bears out the main report, if a photo of its own is there: true by now, and soon enough after it."""
    return is_true(main) and in_time(child, main, hours=hours)


def followed(event: Event, *, corroborates: bool) -> dict[str, object]:
    """What the contributor's own history says of the main report's line: for messages and points."""
    return {
        "main": event.subject_id,
        "step": event.action,
        "status": event.standing.status,
        "department": event.standing.department,
        "template": update(event),
        "corroborates": corroborates,
    }


def said(event: Event) -> str:
    """What staff wrote with the line, where they wrote it for the public; what its reporter wrote is nobody else's."""
    return event.note if sight.speaks_to_reporter(event) and event.as_role not in OWN else ""


def may_hear(child: Report, main: Report) -> bool:
    """Whether the main report is nothing that the contributor may not know of by now."""
    return child.nature.confidential or not main.nature.confidential


def is_true(main: Report) -> bool:
    """Whether somebody has verified the matter, or sent it on, which takes it for true."""
    return main.status in TAKEN_UP or (main.verified_by is not None and main.status not in UNTRUE)


def in_time(child: Report, main: Report, *, hours: float) -> bool:
    """Whether another person reported the same soon enough after the first (DOMAIN §3, rule P16)."""
    after = (child.created_at - main.created_at).total_seconds()
    return child.reporter_id != main.reporter_id and 0 <= after <= hours * 3600


def joined(change: Change, main: Report, *, photos: int, rules: Rulebook) -> Change:
    """The report that has just come in, as one more of the matter that `main` is about.

    Raises NotFound (`no_such_report`) where he could not have been shown it, Conflict (`main_has_ended`), Forbidden
    (`own_report`), Invalid (`photo_needed`).
    """
    report = change.report
    _require_near(report, main, rules)
    if main.status in ENDED:
        raise Conflict("main_has_ended", main=main.id)
    if report.filed_by is None and report.reporter_id in (main.reporter_id, main.filed_by):
        raise Forbidden("own_report")
    if not photos:
        raise Invalid("photo_needed")
    after = replace(
        report,
        status=S.DUPLICATE,
        main=main.id,
        holder=None,
        paused=clockwork.paused(report, report.created_at),
        run=None,
        due_at=None,
        next_at=None,
        provisional=False,
        counted=False,
        ended_at=change.at,
    )
    return replace(change, report=after, details={"main": main.id, "joined": True})


def _require_near(report: Report, main: Report, rules: Rulebook) -> None:
    """Of the same kind, near, recent and no secret: else a stranger is not told that it exists."""
    here, there, numbers = report.place.point, main.place.point, rules.numbers
    near = here and there and distance(here, there) <= numbers.of("nearby_metres")
    recent = report.observed_at - main.created_at <= numbers.hours("nearby_hours")
    if not near or not recent or report.nature.kind != main.nature.kind or main.nature.confidential:
        raise NotFound("no_such_report", report=main.id)


def promoted(child: Report, *, now: datetime, rules: Rulebook) -> Change:
    """The report takes its main one's place: its own stage goes on where it was interrupted."""
    if child.paused is None:
        raise ValueError(f"{child.id} was never interrupted")
    step = taken_up(child, child.paused, at=now, rules=rules)
    step.changes["main"] = None
    after = moved(child, step, now=now, rules=rules)
    return unasked(A.PROMOTE, child, after, at=now, details={"main": child.main})


def succeeded(main: Report, heir: Report, *, now: datetime) -> Change:
    """The main report's line that says which one has taken its place."""
    after = replace(main, successor=heir.id, version=main.version + 1)
    return unasked(A.SUCCEED, main, after, at=now, internal=True, details={"successor": heir.id})
