"""The use case a courier starts: a report comes in, with its place, its photos to come, its first line of history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.events import event
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType, Media, Photo, Purpose
from chalicelib.domain.places import Crs, coordinates, point_from
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reference.taxonomy import DANGER_CLASS
from chalicelib.domain.reports.drafts import Drawer
from chalicelib.domain.reports.intake import Intake, is_emergency, submit
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Change, Report
from chalicelib.domain.reports.terms import Source
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports import findable
from chalicelib.services.reports.once import once
from chalicelib.store import history, idempotency, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.reference import reference
from chalicelib.store.reports import drafts as drawers
from chalicelib.store.reports import lanes, merged, photos, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place as a phone states it: degrees in its system, accuracy in metres."""

    lat: float
    lon: float
    crs: Crs
    accuracy: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a client sends. `files` are the photos, and at most one voice note, that it means to upload; `joins`: the
    report of somebody else that this one is about as well ("me too"); `parked`: the parked draft that it is made of,
    whose time, and place if it has one, it keeps."""

    text: str
    kind: str | None
    spot: Spot | None
    observed_at: datetime | None
    files: Sequence[ContentType]
    source: Source
    joins: str | None = None
    parked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The report as it came in, the files it waits for, and whether the client must show "call 110 / 119 / 120"."""

    report: Report
    files: Sequence[Photo]
    emergency: bool


def accept(report_id: str, draft: Draft, *, key: Key | None, by: Actor, now: datetime) -> Accepted:
    """Take in a report: one transaction, at most one read; one more where it joins another, or was parked.

    Raises Invalid, Forbidden, CapReached, KeyReused; where it joins another, NotFound, Conflict; where it was parked,
    NotFound (`no_such_draft`), Busy.
    """

    def do() -> Accepted:
        return _accept(report_id, draft, key=key, by=by, now=now)

    return once(
        key,
        lambda: _unparked(do) if draft.parked else do(),
        lambda done: _again(done, draft, now=now),
    )


def _unparked(do: Callable[[], Accepted]) -> Accepted:
    from chalicelib.services.reports import drafts  # most reports were never parked

    return drafts.tried(do)


def _accept(report_id: str, draft: Draft, *, key: Key | None, by: Actor, now: datetime) -> Accepted:
    reference.current(*rulebook.READERS, areas.NAME, now=now)  # all of it in one read on a cold start
    rules = rulebook.in_force(now=now)
    draft, drawer = _parked(draft, by, now)
    intake = Intake(
        text=draft.text,
        kind=draft.kind,
        place=_place(draft.spot, now=now),
        observed_at=draft.observed_at,
        photos=len(draft.files),
        source=draft.source,
    )
    change = submit(report_id, intake, by=by, now=now, rules=rules)
    if draft.joins:
        change = _joined(change, draft, rules)
    wanted = [(Purpose.BEFORE, content_type) for content_type in draft.files]
    files = photo_rules.declare(report_id, wanted, by=by.id, now=now)
    transaction = Transaction()
    if drawer:
        drawers.put(drawer, transaction)
    if key:
        idempotency.claim(key, report_id, now=now, transaction=transaction)
    _store(change, draft, files, transaction, numbers=rules.numbers)
    return Accepted(report=change.report, files=files, emergency=is_emergency(change.report.nature, draft.text, rules))


def file(report_id: str, given: Intake, *, by: Actor, now: datetime) -> Report:
    """Take in what is reported without a phone, its place being known: one transaction.

    Raises what `submit` does, and StaleVersion where it is there.
    """
    rules = rulebook.in_force(now=now)
    change = submit(report_id, given, by=by, now=now, rules=rules)
    draft = Draft(text=given.text, kind=given.kind, spot=None, observed_at=None, files=(), source=given.source)
    _store(change, draft, (), Transaction(), numbers=rules.numbers)
    return change.report


def _joined(change: Change, draft: Draft, rules: Rulebook) -> Change:
    from chalicelib.domain import contributors  # few do, and all wait for what is imported

    own_photos = sum(file.media is Media.PHOTO for file in draft.files)
    return contributors.joined(change, reports.get(draft.joins or ""), photos=own_photos, rules=rules)


def _parked(draft: Draft, by: Actor, now: datetime) -> tuple[Draft, Drawer | None]:
    """The draft with time and place of the one that was parked, and his drawer without that."""
    if draft.parked is None:
        return draft, None
    from chalicelib.services.reports import drafts

    kept, drawer = drafts.taken_out(draft.parked, by=by, now=now)
    spot = draft.spot
    if kept.point:
        at = coordinates(kept.point, crs=kept.crs)
        spot = Spot(lat=at.lat, lon=at.lon, crs=kept.crs, accuracy=kept.accuracy)
    return replace(draft, spot=spot, observed_at=kept.at), drawer


def _store(change: Change, draft: Draft, files: Sequence[Photo], transaction: Transaction, *, numbers: Numbers) -> None:
    report = change.report
    reports.put(report, transaction=transaction)
    history.append(event(change), transaction)
    if draft.text:
        reports.put_text(report.id, draft.text, transaction=transaction)
    photos.declare(files, transaction)
    joins = report.main and not report.filed_by
    if report.counted or (joins and report.nature.klass != DANGER_CLASS):
        per_day = numbers.count("submissions_per_day")
        quotas.take_submission(report.reporter_id, cap=per_day, now=change.at, transaction=transaction)
    if report.counted:
        awaiting = numbers.count("awaiting_verification")
        quotas.take_waiting(report.reporter_id, cap=awaiting, transaction=transaction)
    if report.main:
        reports.require_open(report.main, transaction=transaction)
        if joins:
            merged.join_once(report.main, report.reporter_id, transaction)
        merged.move(report, before=None, at=change.at, transaction=transaction)
    findable.enter(report, transaction)
    lanes.enter(report, transaction)
    transaction.commit()


def _place(spot: Spot | None, *, now: datetime) -> Place:
    if spot is None:
        return Place(point=None, township=areas.township(now=now))
    point = point_from(spot.lat, spot.lon, crs=spot.crs)
    found = areas.locate(point, now=now)
    return Place(
        point=point,
        source_crs=spot.crs,
        accuracy=spot.accuracy,
        grid=found.grid,
        village=found.village,
        township=found.township,
    )


def _again(report_id: str, draft: Draft, *, now: datetime) -> Accepted:
    """Whatever became of the report meanwhile, what was sent raises the emergency prompt again."""
    rules = rulebook.in_force(now=now)
    emergency = is_emergency(rules.taxonomy.nature(draft.kind), draft.text, rules)
    return Accepted(report=reports.get(report_id), files=photos.of(report_id), emergency=emergency)
