"""What may be the same matter as a report: suggested to whoever may merge it. A person decides (DOMAIN §2)."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import Purpose
from chalicelib.domain.places import Point, distance
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reports import likeness, powers, sight
from chalicelib.domain.reports.model import ENDED, Action, Report
from chalicelib.gateways import cells
from chalicelib.services.reference import rulebook
from chalicelib.store.reports import likenesses, photos, places, reports

PHOTOS = 3  # of a report, whose likes are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """An open report that may be about the same; `distance_m` where both have a place, `bits` in which the nearest
    photos differ where they are nearly equal."""

    report: Report
    distance_m: float | None
    bits: int | None


def close_by(point: Point, kind: str, *, since: datetime, numbers: Numbers) -> dict[str, float]:
    """Reports of the kind that were entered near the point since then, and how far (m) they are."""
    metres = numbers.of("nearby_metres")
    marks = places.near(cells.neighbourhood(point, radius_m=metres), kind=kind, since=since)
    return {mark.report_id: far for mark in marks if (far := distance(point, mark.point)) <= metres}


def of(report_id: str, *, by: Actor, now: datetime) -> list[Likely]:
    """Open reports that look like the same matter, nearly equal photos first, then the nearest.

    A query for the place, one for the photos and four for each of at most three of them, and a batch of heads. Raises
    NotFound where he may not see it, Forbidden (`not_your_part`) where he could not merge it.
    """
    report = reports.get(report_id)
    sight.require_sight(by, report)
    if not powers.may(by, Action.MERGE, report):
        raise Forbidden("not_your_part", action=Action.MERGE, status=report.status)
    numbers = rulebook.in_force(now=now).numbers
    near, alike = _near(report, numbers), _alike(report, numbers)
    found = [
        Likely(report=other, distance_m=_between(report, other), bits=alike.get(other.id))
        for other in reports.several(sorted((near.keys() | alike.keys()) - {report.id}))
        if other.status not in ENDED and sight.viewers(by, other)
    ]
    return sorted(found, key=_closeness)[: 2 * numbers.count("nearby_most")]


def _near(report: Report, numbers: Numbers) -> dict[str, float]:
    point, kind, span = report.place.point, report.nature.kind, numbers.hours("nearby_hours")
    if point is None or kind is None:
        return {}
    return close_by(point, kind, since=report.created_at - span, numbers=numbers)


def _alike(report: Report, numbers: Numbers) -> dict[str, int]:
    """Reports with nearly the same photo, and in how many bits the nearest differ."""
    shown = [photo for photo in photos.of(report.id) if photo.purpose is Purpose.BEFORE and photo.found]
    own = [photo.found.dhash for photo in shown if photo.found and photo.found.dhash][:PHOTOS]
    since = report.created_at - numbers.hours("nearby_hours")
    found: dict[str, int] = {}
    for mark in likenesses.near(own, since=since):
        bits = likeness.nearest(own, mark.dhash)
        if bits <= likeness.MOST_DIFFERENT:
            found[mark.report_id] = min(bits, found.get(mark.report_id, bits))
    return found


def _between(one: Report, other: Report) -> float | None:
    here, there = one.place.point, other.place.point
    return distance(here, there) if here and there else None


def _closeness(likely: Likely) -> tuple[int, float]:
    bits = likeness.BITS if likely.bits is None else likely.bits
    return bits, likely.distance_m if likely.distance_m is not None else float("inf")
