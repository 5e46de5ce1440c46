"""More photos for a report that exists."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Forbidden, IllegalAction, Invalid, KeyReused, NotFound
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import ContentType, Purpose
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.services.reports import attachments, intake, reports
from chalicelib.store.reports import photos
from tests.builders import COURIER, COURIER2, GRID_MEMBER, NOW, draft

pytestmark = pytest.mark.usefixtures("rules")
JPEG = ContentType.JPEG


@pytest.fixture(autouse=True)
def held(rules: None) -> None:
    intake.accept("r1", draft(files=(JPEG,)), key=None, by=COURIER, now=NOW)


def add(by: Actor, *wanted: Purpose, later: timedelta = timedelta(0), key: Key | None = None) -> list[str]:
    files = [(purpose, JPEG) for purpose in wanted]
    forms = attachments.add("r1", files, key=key, by=by, now=NOW + later)
    return [form.photo_id for form in forms]


def test_without_new_files_it_gives_fresh_forms_for_seven_days() -> None:
    assert add(COURIER, later=timedelta(days=7)) == ["before-1"]
    assert add(COURIER, later=timedelta(days=7, seconds=1)) == []


def test_more_files_find_their_places_among_those_that_stand() -> None:
    assert add(COURIER, Purpose.BEFORE, Purpose.EVIDENCE) == ["before-1", "before-2", "evidence-1"]
    assert add(GRID_MEMBER, Purpose.EVIDENCE, Purpose.AFTER) == ["evidence-2", "after-1"]
    with pytest.raises(Invalid):
        add(COURIER, *[Purpose.BEFORE] * 8)


def test_nobody_gets_forms_for_what_another_declared() -> None:
    assert add(GRID_MEMBER) == []


def test_who_reports_shows_the_problem_and_who_solves_shows_the_result() -> None:
    for by, purpose in ((COURIER, Purpose.AFTER), (GRID_MEMBER, Purpose.BEFORE)):
        with pytest.raises(Forbidden):
            add(by, purpose)
    with pytest.raises(NotFound):
        add(COURIER2, Purpose.EVIDENCE)


def test_the_same_request_twice_declares_once() -> None:
    key = Key(caller_id="courier", key="k", fingerprint="f")
    assert add(COURIER, Purpose.EVIDENCE, key=key) == add(COURIER, Purpose.EVIDENCE, key=key)
    assert [photo.id for photo in photos.of("r1")] == ["before-1", "evidence-1"]
    with pytest.raises(KeyReused):
        add(COURIER, Purpose.EVIDENCE, key=Key(caller_id="courier", key="k", fingerprint="other"))


def test_what_has_ended_takes_no_more() -> None:
    reports.act("r1", Command(action=Action.WITHDRAW), version=None, key=None, by=COURIER, now=NOW)
    with pytest.raises(IllegalAction):
        add(COURIER, Purpose.EVIDENCE)
