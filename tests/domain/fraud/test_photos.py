"""What looks wrong about a photo."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.fraud import photos
from chalicelib.domain.fraud.findings import Draft
from chalicelib.domain.photos import Purpose
from chalicelib.domain.places import Crs, Point, coordinates
from tests.builders import COURIER, COURIER2, NOW, report
from tests.suspects import DHASH, HERE, HOUR, NUMBERS, away, photo

OTHER = "b3f1c2d4e5b69788"  # one bit off


def told(**found: Any) -> list[Draft]:
    return photos.as_camera_says(photo(found=found), report(), NUMBERS)


def test_of_two_equal_files_the_later_one_looks_wrong_whichever_is_checked() -> None:
    first, second = photo("a"), photo("b", declared_at=NOW + HOUR, by=COURIER2.id)
    (one,), (other,) = photos.same(first, [photos.of(second)]), photos.same(second, [photos.of(first)])
    assert one == other
    assert (one.subject, one.person_id, one.involved) == ("b#courier2", COURIER2.id, (COURIER.id,))
    (row,) = one.evidence
    assert row.key == ("b", "before-1", "a", "before-1")
    assert row.facts == {"sha256": "5e" * 32, "sent_before": NOW.isoformat()}


def test_two_photos_of_one_report_may_be_the_same() -> None:
    assert photos.same(photo("a"), [photos.of(photo("a", "before-2"))]) == []
    assert photos.alike(photo("a"), [photo("a", "before-2", found={"sha256": "x"})]) == []


def test_nearly_the_same_picture_is_another_signal_than_the_same_file() -> None:
    second = photo("b", declared_at=NOW + HOUR, found={"sha256": "x", "dhash": OTHER})
    (one,), (other,) = photos.alike(photo("a"), [second]), photos.alike(second, [photo("a")])
    assert one == other
    assert one.evidence[0].facts["bits"] == 1 and one.evidence[0].facts["dhash"] == f"{DHASH} {OTHER}"
    assert photos.alike(photo("a"), [photo("b")]) == []  # the same file is told of as such


def test_another_picture_is_not_alike() -> None:
    assert photos.alike(photo("a"), [photo("b", found={"sha256": "x", "dhash": "0123456789abcdef"})]) == []


def test_a_camera_that_says_nothing_is_no_suspicion() -> None:
    assert told() == []
    assert photos.as_camera_says(photo(found=None), report(), NUMBERS) == []


def test_taken_elsewhere_and_how_far() -> None:
    far = away(5000)
    (draft,) = told(taken_point=(far.lat, far.lon))
    assert (draft.signal, draft.subject) == ("photo_place", "r1#courier")
    assert draft.evidence[0].facts["metres"] == pytest.approx(5000, abs=700)
    near = away(500)
    assert told(taken_point=(near.lat, near.lon)) == []


def test_a_phone_that_writes_shifted_degrees_was_where_it_was() -> None:
    shifted = coordinates(away(1900), crs=Crs.GCJ02)
    assert told(taken_point=tuple(shifted)) == []


def test_a_report_without_a_place_and_degrees_that_are_none_say_nothing() -> None:
    far = away(5000)
    assert told(taken_point=(900.0, 0.0)) == []
    here = report().place
    nowhere = report(place=type(here)(point=None, township=here.township))
    assert photos.as_camera_says(photo(found={"taken_point": (far.lat, far.lon)}), nowhere, NUMBERS) == []
    assert Point(lat=HERE.lat, lon=HERE.lon) == HERE


@pytest.mark.parametrize(
    ("off", "hours"), [(timedelta(days=-3), 72.0), (timedelta(days=2), 48.0), (-HOUR, None), (24 * HOUR, None)]
)
def test_taken_long_before_it_was_seen_or_after_it_was_sent(off: timedelta, hours: float | None) -> None:
    found = told(taken_at=NOW + off)
    assert [draft.evidence[0].facts["hours"] for draft in found] == ([] if hours is None else [hours])


def test_a_photo_of_the_result_is_taken_after_it_was_reported() -> None:
    later = NOW + timedelta(days=20)
    after = photo(id="after-1", purpose=Purpose.AFTER, declared_at=later, by="works", found={"taken_at": later})
    assert photos.as_camera_says(after, report(), NUMBERS) == []
    old = photo(id="after-1", purpose=Purpose.AFTER, declared_at=later, by="works", found={"taken_at": NOW - 30 * HOUR})
    (draft,) = photos.as_camera_says(old, report(), NUMBERS)
    assert (draft.signal, draft.person_id) == ("photo_time", "works")


def test_evidence_may_be_of_anything() -> None:
    other = photo(purpose=Purpose.EVIDENCE, found={"taken_at": NOW - timedelta(days=9)})
    assert photos.as_camera_says(other, report(), NUMBERS) == []
