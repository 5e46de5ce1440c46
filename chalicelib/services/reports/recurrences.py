"""What comes back soon after it was closed is linked to that closing: heard from history, never in a courier's way.

Events come in any order. Who is closed looks for what came in since, who comes in for what was closed before, each
after it has noted itself: so whichever is heard of last finds the other.
"""

from datetime import datetime

from chalicelib.domain import recurrences as rules
from chalicelib.domain.events import Event
from chalicelib.domain.places import Point
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reports.model import Report, Status
from chalicelib.gateways import cells
from chalicelib.services.reference import rulebook
from chalicelib.services.reports import records
from chalicelib.store.reports import places, reports
from chalicelib.store.reports.places import Mark


def follow(event: Event, *, now: datetime) -> None:
    """Link what repeats a closed report. Told twice, it links once; a report that has moved on is left alone."""
    report = reports.get(event.subject_id)
    numbers = rulebook.in_force(now=now).numbers
    if rules.closes(event) and report.status is Status.CLOSED and report.ended_at == event.at:
        _follow_end(report, event.at, numbers, now=now)
    if rules.names_kind(event) and report.nature.kind == event.standing.kind:
        _follow_start(report, numbers, now=now)


def _follow_end(closed: Report, ended: datetime, numbers: Numbers, *, now: datetime) -> None:
    """Remember where it was closed, and link what has come in there since."""
    point, kind = closed.place.point, closed.nature.kind
    if point is None or kind is None or closed.nature.confidential:
        return
    kept = numbers.days("recurrence_days")
    places.enter_closed(closed.id, point, cell=cells.cell(point), kind=kind, at=ended, kept=kept)
    found = places.near(_around(point, numbers), kind=kind, since=ended, consistent=True)
    for report in _heads(found, closed):
        if _repeats(report, closed, numbers):
            _follow_start(report, numbers, now=now)  # it may have been closed again since


def _follow_start(report: Report, numbers: Numbers, *, now: datetime) -> None:
    """Link it to what was closed there last."""
    point, kind = report.place.point, report.nature.kind
    if point is None or kind is None or report.nature.confidential or report.recurrence_of:
        return
    since = report.created_at - numbers.days("recurrence_days")
    found = places.closed_near(_around(point, numbers), kind=kind, since=since)
    before = [closed for closed in _heads(found, report) if _repeats(report, closed, numbers)]
    if before:
        last = max(before, key=lambda closed: closed.ended_at or closed.created_at)
        records.link_recurrence(report.id, closed=last, now=now)


def _repeats(report: Report, closed: Report, numbers: Numbers) -> bool:
    metres, within = numbers.of("recurrence_metres"), numbers.days("recurrence_days")
    return rules.repeats(report, closed, metres=metres, within=within)


def _around(point: Point, numbers: Numbers) -> tuple[str, ...]:
    """The cells within reach; marks are filed so that no look reaches further than 300 m."""
    return cells.neighbourhood(point, radius_m=min(numbers.of("recurrence_metres"), cells.NEARBY_MOST_M))


def _heads(marks: list[Mark], but: Report) -> list[Report]:
    return reports.several(sorted({mark.report_id for mark in marks} - {but.id}), consistent=True)
