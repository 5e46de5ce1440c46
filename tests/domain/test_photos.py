"""What may be sent, and where it stands."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain import photos as rules
from chalicelib.domain.errors import Invalid
from chalicelib.domain.photos import ContentType, Findings, Media, Photo, Purpose, State

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
JPEG = ContentType.JPEG


def declare(*wanted: tuple[Purpose, ContentType], existing: tuple[Photo, ...] = ()) -> tuple[Photo, ...]:
    return rules.declare("r1", wanted, existing=existing, by="c1", now=NOW)


def test_files_take_the_lowest_places_of_their_purpose() -> None:
    before, after = (Purpose.BEFORE, JPEG), (Purpose.AFTER, ContentType.HEIC)
    made = declare(before, after, before, (Purpose.BEFORE, ContentType.M4A))
    assert [photo.id for photo in made] == ["before-1", "after-1", "before-2", "before-voice"]
    assert {photo.state for photo in made} == {State.AWAITED} and made[3].media is Media.VOICE


def test_nine_photos_a_purpose_are_the_most() -> None:
    nine = declare(*[(Purpose.BEFORE, JPEG)] * 9)
    declare((Purpose.AFTER, JPEG), existing=nine)
    with pytest.raises(Invalid) as refusal:
        declare((Purpose.BEFORE, JPEG), existing=nine)
    assert refusal.value.rule == "photos_too_many"


def test_one_voice_note_a_purpose_is_the_most() -> None:
    with pytest.raises(Invalid) as refusal:
        declare((Purpose.BEFORE, ContentType.OGG), (Purpose.BEFORE, ContentType.M4A))
    assert refusal.value.rule == "voices_too_many"


def test_the_place_of_a_refused_file_is_free_again() -> None:
    first, second = declare((Purpose.BEFORE, JPEG), (Purpose.BEFORE, JPEG))
    existing = (rules.refused(first, "file_truncated"), second)
    assert [photo.id for photo in declare((Purpose.BEFORE, JPEG), existing=existing)] == ["before-1"]


def test_forms_are_given_for_seven_days_while_the_file_is_awaited() -> None:
    (photo,) = declare((Purpose.BEFORE, JPEG))
    assert rules.may_still_come(photo, now=NOW + timedelta(days=7))
    assert not rules.may_still_come(photo, now=NOW + timedelta(days=7, seconds=1))
    assert not rules.may_still_come(rules.ready(photo, Findings(sha256="0")), now=NOW)
    assert not rules.may_still_come(rules.refused(photo, "photo_broken"), now=NOW)


def test_keys_name_the_report_and_the_place() -> None:
    (photo,) = declare((Purpose.BEFORE, JPEG))
    assert photo.incoming == "incoming/r1/before-1" and photo.original == "original/r1/before-1"
    assert photo.shown("320.webp") == "shown/r1/before-1/320.webp"
    assert rules.of_key(photo.incoming) == ("r1", "before-1")


@pytest.mark.parametrize(
    "key", ["shown/r1/before-1", "incoming/r1", "incoming//x", "incoming/r1/a/b", "", "incoming/r1/"]
)
def test_other_keys_are_nobodys_upload(key: str) -> None:
    assert rules.of_key(key) is None


def test_a_size_that_was_not_made_is_answered_by_the_largest() -> None:
    (photo,) = declare((Purpose.BEFORE, JPEG))
    small = rules.ready(photo, Findings(sha256="0", sizes=(320, 1024)))
    assert rules.nearest(small, (320, 1024, 2048)) == [320, 1024]
    assert rules.nearest(small, (2048,)) == [1024]
    (voice,) = declare((Purpose.BEFORE, ContentType.OGG))
    assert rules.nearest(rules.ready(voice, Findings(sha256="0", seconds=3)), (320,)) == [None]
