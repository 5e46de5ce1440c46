"""What looks wrong about a photo (DOMAIN §3): it was sent before, or was taken elsewhere or at another time.

What the camera says counts only where it says anything: that it says nothing is no suspicion.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.errors import Invalid
from chalicelib.domain.fraud.findings import Draft, Evidence
from chalicelib.domain.fraud.terms import Signal
from chalicelib.domain.photos import Photo, Purpose, State
from chalicelib.domain.places import Crs, Point, distance, point_from
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reports import likeness
from chalicelib.domain.reports.model import Report

# What shows the place as it was; evidence may be of anything.
OF_PLACE = frozenset({Purpose.BEFORE, Purpose.AFTER, Purpose.RECHECK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A photo among others: who sent it for which report, and when it was declared."""

    report_id: str
    photo_id: str
    by: str
    declared_at: datetime

    @property
    def order(self) -> tuple[datetime, str, str]:
        """Which of two came first."""
        return self.declared_at, self.report_id, self.photo_id


def of(photo: Photo) -> Print:
    """The photo among others."""
    return Print(report_id=photo.report_id, photo_id=photo.id, by=photo.by, declared_at=photo.declared_at)


def same(photo: Photo, others: Iterable[Print]) -> list[Draft]:
    """Each pair of the photo and one with the very same bytes for another report; the later one looks wrong."""
    digest = photo.found.sha256 if photo.found else ""
    return [
        _pair(Signal.PHOTO_SAME, of(photo), one, sha256=digest) for one in others if one.report_id != photo.report_id
    ]


def alike(photo: Photo, others: Iterable[Photo]) -> list[Draft]:
    """… and one that is nearly the same picture, though not the same file."""
    drafts = []
    for one in others:
        if (
            one.report_id == photo.report_id
            or not (photo.found and one.found)
            or one.found.sha256 == photo.found.sha256
        ):
            continue
        mine, its = photo.found.dhash, one.found.dhash
        if mine and its and (bits := likeness.difference(mine, its)) <= likeness.MOST_DIFFERENT:
            hashes = sorted((mine, its))
            drafts.append(_pair(Signal.PHOTO_ALIKE, of(photo), of(one), bits=bits, dhash=" ".join(hashes)))
    return drafts


def as_camera_says(photo: Photo, report: Report, numbers: Numbers) -> list[Draft]:
    """Taken too far from the place, or too long before it was seen or after it was sent."""
    if photo.state is not State.READY or photo.found is None or photo.purpose not in OF_PLACE:
        return []
    found = [
        _place(photo, report, numbers.of("photo_metres")),
        _time(photo, report, numbers.hours("photo_hours")),
    ]
    return [draft for draft in found if draft]


def _pair(signal: Signal, one: Print, other: Print, **facts: str | float) -> Draft:
    earlier, later = sorted((one, other), key=lambda print: print.order)
    row = Evidence(
        report=later.report_id,
        photo=later.photo_id,
        other_report=earlier.report_id,
        other_photo=earlier.photo_id,
        facts={**facts, "sent_before": earlier.declared_at.isoformat()},
    )
    return _draft(signal, later.by, row, involved=(earlier.by,) if earlier.by != later.by else ())


def _place(photo: Photo, report: Report, most: float) -> Draft | None:
    here = report.place.point
    taken = photo.found.taken_point if photo.found else None
    metres = _metres(here, taken) if here and taken else None
    if metres is None or metres <= most:
        return None
    row = Evidence(report=report.id, photo=photo.id, facts={"metres": round(metres)})
    return _draft(Signal.PHOTO_PLACE, photo.by, row)


def _metres(here: Point, taken: tuple[float, float]) -> float | None:
    """How far at least: a camera does not say in which system it writes, and many phones here shift what they write."""
    try:
        return min(distance(here, point_from(*taken, crs=crs)) for crs in Crs)
    except Invalid:
        return None


def _time(photo: Photo, report: Report, most: timedelta) -> Draft | None:
    """A photo of the problem is taken between seeing and sending it; of the result, after it was reported."""
    taken = photo.found.taken_at if photo.found else None
    if taken is None:
        return None
    first = report.observed_at if photo.purpose is Purpose.BEFORE else report.created_at
    off = max(first - taken, taken - photo.declared_at)
    if off <= most:
        return None
    hours = round(off.total_seconds() / 3600, 1)
    row = Evidence(report=report.id, photo=photo.id, facts={"hours": hours, "taken_at": taken.isoformat()})
    return _draft(Signal.PHOTO_TIME, photo.by, row)


def _draft(signal: Signal, by: str, row: Evidence, involved: tuple[str, ...] = ()) -> Draft:
    """One finding of a kind for what somebody sent for a report."""
    subject = f"{row.report}#{by}"
    return Draft(signal=signal, subject=subject, person_id=by, evidence=(row,), involved=involved, grows=True)
