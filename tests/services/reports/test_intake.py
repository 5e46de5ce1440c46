"""A report comes in."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.errors import CapReached, DomainError, Invalid, KeyReused
from chalicelib.domain.idempotency import Key
from chalicelib.domain.photos import ContentType
from chalicelib.domain.places import Crs, Point, coordinates, distance
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Basis, Source
from chalicelib.services.reports import intake
from chalicelib.services.reports import reports as services
from chalicelib.services.reports.intake import Accepted, Spot
from chalicelib.store import history
from chalicelib.store.reports import photos, reports
from tests.builders import COURIER, GRID, GRID_MEMBER, NOW, VILLAGE, draft

KEY = Key(caller_id="courier", key="k1", fingerprint="f")


def accept(id: str = "r1", key: Key | None = None, later: timedelta = timedelta(0), **changes: object) -> Accepted:
    return intake.accept(id, draft(**changes), key=key, by=COURIER, now=NOW + later)


def test_it_falls_into_its_grid_whatever_system_the_phone_speaks(rules: None) -> None:
    there = Point(lat=24.6085, lon=117.9795)
    shifted = coordinates(there, crs=Crs.GCJ02)
    spot = Spot(lat=shifted.lat, lon=shifted.lon, crs=Crs.GCJ02, accuracy=5)
    place = accept(spot=spot).report.place
    assert (place.grid, place.village, place.source_crs) == (GRID, VILLAGE, "gcj02")
    assert place.point and distance(place.point, there) < 0.01


def test_files_to_come_are_declared_with_it(rules: None) -> None:
    files = (ContentType.JPEG, ContentType.HEIC, ContentType.M4A)
    accepted = accept(files=files)
    assert [photo.id for photo in accepted.files] == ["before-1", "before-2", "before-voice"]
    assert {photo.id for photo in photos.of("r1")} == {"before-1", "before-2", "before-voice"}


def test_the_same_request_twice_is_one_report_however_late(rules: None) -> None:
    first = accept("r1", KEY, files=(ContentType.JPEG,))
    again = accept("r2", KEY, files=(ContentType.JPEG,), later=timedelta(days=8), observed_at=NOW)
    assert again.report == first.report and list(again.files) == list(first.files)
    with pytest.raises(KeyReused):
        accept("r3", replace(KEY, fingerprint="other"))
    assert history.of("r2") == history.of("r3") == []


def test_beyond_the_cap_nothing_is_written_and_danger_to_life_is_exempt(rules: None) -> None:
    for number in range(10):
        accept(f"r{number}")
    with pytest.raises(CapReached):
        accept("r10")
    with pytest.raises(DomainError):
        reports.get("r10")
    assert history.of("r10") == []
    assert accept("cover", kind="0301").emergency


def test_staff_may_file_for_someone_and_are_not_counted(rules: None) -> None:
    filed = intake.accept("r1", draft(source=Source.PATROL), key=None, by=GRID_MEMBER, now=NOW)
    assert filed.report.filed_by == GRID_MEMBER.id and history.of("r1")[0].earns is False


def test_a_bad_draft_writes_nothing(rules: None) -> None:
    for changes in ({"kind": "9999"}, {"text": ""}, {"observed_at": NOW - timedelta(days=8)}):
        with pytest.raises(Invalid):
            accept("bad", **changes)
    assert history.of("bad") == []


def test_what_was_sent_raises_the_emergency_prompt_again_whatever_became_of_it(rules: None) -> None:
    assert accept("r1", KEY, kind="0301").emergency
    command = Command(action=Action.VERIFY, basis=Basis.ON_SITE, kind="0302", severity=2)
    services.act("r1", command, version=None, key=None, by=GRID_MEMBER, now=NOW)
    assert accept("r2", KEY, kind="0301").emergency


def test_stored_times_are_utc(rules: None) -> None:
    seen = NOW.astimezone(ZoneInfo("Asia/Shanghai"))
    assert accept(observed_at=seen).report.observed_at.utcoffset() == timedelta(0)
