"""Reports of which something is public: acted on through the product, their photos good, their worker done by hand."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain import photos as photo_rules
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType, Findings, Photo, Purpose
from chalicelib.domain.publications import FreeOf, Publication, Rectangle
from chalicelib.domain.reports import publishing
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Report
from chalicelib.domain.reports.terms import Basis, Outcome
from chalicelib.gateways import page_keys
from chalicelib.services.reports import intake, publications
from chalicelib.services.reports import reports as use_cases
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.reports import photos, reports
from tests.builders import CENTRE, COURIER, GRID_MEMBER, NOW, VILLAGER, WORKS, draft

ALL = frozenset(FreeOf)
LEFT_HALF = Rectangle(left=0, top=0, right=0.5, bottom=1)
CORNER = Rectangle(left=0.75, top=0.75, right=1, bottom=1)
FOUND = Findings(sha256="0" * 64, width=800, height=600, sizes=(320, 1024))
HOUR = timedelta(hours=1)
KEY = b"a key that no test guesses"


@pytest.fixture
def page_key() -> Iterator[None]:
    """The key of links to pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_keys, "key", lambda: KEY)
        yield


def filed(
    id: str = "r1", *, by: Actor = COURIER, kind: str | None = "0303", now: datetime = NOW, **changes: Any
) -> None:
    """A report comes in."""
    intake.accept(id, draft(kind=kind, **changes), key=None, by=by, now=now)


def act(id: str, action: Action, by: Actor, *, now: datetime = NOW, **fields: Any) -> Report:
    """Something is done to it."""
    command = Command(action=action, **fields)
    return use_cases.act(id, command, version=None, key=None, by=by, now=now).report


def verified(id: str = "r1", *, now: datetime = NOW, **changes: Any) -> Report:
    """A report comes in and is found true; it is the centre's to sort."""
    filed(id, now=now, **changes)
    return act(id, Action.VERIFY, GRID_MEMBER, now=now, basis=Basis.ON_SITE, outcome=Outcome.TO_CENTRE)


def resolved(id: str = "r1", *, answer: str = "路面已修补", now: datetime = NOW, **changes: Any) -> Report:
    """Works and parks say that it is solved, three hours after it came in."""
    verified(id, now=now, **changes)
    act(id, Action.DISPATCH, CENTRE, now=now + HOUR, department="D04")
    act(id, Action.ACCEPT, WORKS, now=now + 2 * HOUR)
    return act(id, Action.RESOLVE, WORKS, now=now + 3 * HOUR, text=answer, no_photo_reason="夜间作业")


def closed(id: str = "r1", *, now: datetime = NOW, **changes: Any) -> Report:
    """… and the grid member has seen that it is, four hours after it came in."""
    resolved(id, now=now, **changes)
    return act(id, Action.CONFIRM, GRID_MEMBER, now=now + 4 * HOUR, solved=True)


def photographed(
    id: str = "r1", purpose: Purpose = Purpose.BEFORE, *, by: Actor = COURIER, found: Findings = FOUND
) -> Photo:
    """The report has a good photo more; its bytes are the caller's to put up."""
    wanted = [(purpose, ContentType.JPEG)]
    (photo,) = photo_rules.declare(id, wanted, existing=photos.of(id), by=by.id, now=NOW)
    photos.declare([photo], transaction := Transaction())
    transaction.commit()
    photos.settle(photo_rules.ready(photo, found))
    return stored(id, photo.id)


def publish(
    id: str = "r1",
    photo_id: str = "before-1",
    *rectangles: Rectangle,
    by: Actor = VILLAGER,
    version: int | None = None,
    now: datetime = NOW,
    free_of: frozenset[FreeOf] = ALL,
) -> Publication:
    """Somebody of the staff marks a photo."""
    return publications.publish(id, photo_id, free_of=free_of, rectangles=rectangles, version=version, by=by, now=now)


def withdraw(
    id: str = "r1", photo_id: str = "before-1", *, by: Actor = VILLAGER, version: int | None = None
) -> Publication:
    """… and takes that back."""
    return publications.withdraw(id, photo_id, version=version, by=by, now=NOW)


def drawn(id: str = "r1", photo_id: str = "before-1") -> None:
    """The photo is marked and its public copies stand, as far as the store knows."""
    from chalicelib.store.reports import publications as store

    said = publish(id, photo_id)
    assert store.note_drawn(stored(id, photo_id), said.number)


def work(id: str = "r1") -> None:
    """What the queue brings of a report's history."""
    for line in history.of(id):
        if publishing.concerns(line):
            publications.draw(line)


def stored(id: str = "r1", photo_id: str = "before-1") -> Photo:
    """The photo as it stands."""
    photo = photos.find(id, photo_id)
    assert photo
    return photo


def merged(id: str, into: str, *, now: datetime = NOW) -> Report:
    """The centre found that it is about the same as another one."""
    return act(id, Action.MERGE, CENTRE, now=now, main=into)


def head(id: str = "r1") -> Report:
    """The report as it stands."""
    return reports.get(id)
