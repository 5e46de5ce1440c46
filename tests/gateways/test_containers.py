"""What a file is, and where it ends, by its bytes alone."""

import struct

import pytest

from chalicelib.domain.photos import ContentType, Unusable
from chalicelib.gateways import containers
from tests import pictures
from tests.pictures import archive, box, encoded, jpeg, ogg, scene

GOOD = {
    ContentType.JPEG: jpeg(),
    ContentType.PNG: encoded(scene(), "PNG"),
    ContentType.WEBP: encoded(scene(), "WEBP"),
    ContentType.HEIC: encoded(scene(), "HEIF"),
}
PHONE_FILM = box(b"ftyp", b"mp42\0\0\0\0") + box(b"mdat", b"film" * 100)


def refusal(data: bytes, content_type: ContentType) -> str:
    with pytest.raises(Unusable) as caught:
        containers.check_whole(data, content_type)
    return caught.value.rule


@pytest.mark.parametrize("content_type", GOOD)
def test_a_plain_image_is_what_it_says_and_whole(content_type: ContentType) -> None:
    assert containers.sniff(GOOD[content_type]) is content_type
    containers.check_whole(GOOD[content_type], content_type)


def test_sound_is_told_from_pictures() -> None:
    assert containers.sniff(pictures.m4a(3)) is ContentType.M4A
    assert containers.sniff(ogg(3)) is ContentType.OGG


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<html>", b"\0" * 32, b"%PDF-1.7", box(b"ftyp", b"avif\0\0\0\0avif")]
)
def test_anything_else_is_nothing_we_take(data: bytes) -> None:
    assert containers.sniff(data) is None


@pytest.mark.parametrize("content_type", GOOD)
@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_an_image_cut_short_is_refused(content_type: ContentType, share: float) -> None:
    data = GOOD[content_type]
    assert refusal(data[: int(len(data) * share)], content_type) == "file_truncated"


@pytest.mark.parametrize("content_type", GOOD)
@pytest.mark.parametrize(
    "tail",
    [archive(), b"<html><script>alert(1)</script>", b"%PDF-1.7\n%%EOF", b"#!/bin/sh\necho no\n", b"MZ\x90\0" * 9],
)
def test_another_document_behind_the_image_is_refused(content_type: ContentType, tail: bytes) -> None:
    assert refusal(GOOD[content_type] + tail, content_type) == "file_foreign_data"


def test_another_document_in_the_metadata_is_refused() -> None:
    commented = jpeg(comment=b"<script>alert(1)</script>")
    assert refusal(commented, ContentType.JPEG) == "file_foreign_data"
    assert refusal(jpeg(comment=b"%PDF-1.4"), ContentType.JPEG) == "file_foreign_data"


@pytest.mark.parametrize(
    "trailer", [b"\0" * 4000, PHONE_FILM, jpeg((320, 240)), b"\0\0" + jpeg((320, 240)), b"\0\0\1\x0aSEFH....SEFT", b""]
)
def test_what_phones_append_passes(trailer: bytes) -> None:
    containers.check_whole(GOOD[ContentType.JPEG] + trailer, ContentType.JPEG)


def test_a_film_behind_the_image_may_not_hide_an_archive() -> None:
    assert refusal(GOOD[ContentType.JPEG] + PHONE_FILM + archive(), ContentType.JPEG) == "file_foreign_data"


def test_a_preview_inside_the_metadata_does_not_end_the_image() -> None:
    exif = pictures.exif().tobytes() + jpeg((160, 120))
    containers.check_whole(jpeg(exif=exif), ContentType.JPEG)


def test_a_progressive_image_passes_and_one_made_to_keep_us_busy_does_not() -> None:
    containers.check_whole(jpeg(progressive=True), ContentType.JPEG)
    assert refusal(pictures.jpeg_of_many_scans(200), ContentType.JPEG) == "photo_broken"


def test_a_heic_of_more_boxes_than_any_camera_writes_is_refused() -> None:
    assert refusal(GOOD[ContentType.HEIC] + box(b"free") * 100_000, ContentType.HEIC) == "photo_broken"


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"exif": pictures.exif()}])
def test_a_webp_tells_its_pixels_without_a_decoder(options: dict[str, bool]) -> None:
    assert containers.webp_pixels(encoded(scene((640, 480)), "WEBP", **options)) == 640 * 480


def test_a_file_in_a_million_pieces_is_made_to_keep_us_busy() -> None:
    chunk = struct.pack(">I4sI", 0, b"tEXt", 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk * 100_000
    segments = b"\xff\xd8" + b"\xff\xfe\x00\x02" * 100_000
    webp = b"RIFF" + struct.pack("<I", 4 + 800_000) + b"WEBP" + b"junk\x00\x00\x00\x00" * 100_000
    cases = ((png, ContentType.PNG), (segments, ContentType.JPEG), (webp, ContentType.WEBP))
    for data, content_type in cases:
        with pytest.raises(Unusable) as refusal:
            containers.check_whole(data, content_type)
        assert refusal.value.rule == "photo_broken"


def test_fill_bytes_before_a_marker_are_passed_over() -> None:
    picture = jpeg()
    containers.check_whole(picture[:2] + b"\xff" * 1_000 + picture[2:], ContentType.JPEG)
