"""Every kind of photo becomes the same plain copies; everything else gets its reason."""

import hashlib
import struct
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from unittest.mock import Mock

import pytest
from PIL import Image, ImageCms

from chalicelib.domain.photos import ContentType, Findings, Unusable
from chalicelib.gateways import images
from tests import pictures
from tests.pictures import encoded, exif, jpeg, scene

JPEG, PNG, WEBP, HEIC = ContentType.JPEG, ContentType.PNG, ContentType.WEBP, ContentType.HEIC


def opened(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body))


def near(pixel: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 25 for one, other in zip(pixel, wanted, strict=True))


def is_upright(copy: Image.Image) -> bool:
    width, height = copy.size
    corner, right = copy.getpixel((width // 8, height // 8)), copy.getpixel((width - 3, height - 3))
    return near(corner, (220, 20, 20)) and near(right, (255, 255, 255))


def refusal(data: bytes, content_type: ContentType) -> str:
    with pytest.raises(Unusable) as caught:
        images.develop(data, content_type)
    return caught.value.rule


def distance(one: Findings, other: Findings) -> int:
    return (int(one.dhash or "", 16) ^ int(other.dhash or "", 16)).bit_count()


def test_a_photo_is_measured_hashed_and_drawn_in_three_sizes() -> None:
    data = jpeg((3000, 2250), exif=exif())
    found, copies = images.develop(data, JPEG)
    assert (found.width, found.height, found.sizes) == (3000, 2250, (320, 1024, 2048))
    assert found.sha256 == hashlib.sha256(data).hexdigest() and len(found.dhash or "") == 16
    assert found.taken_point == (24.61, 118.005) and found.taken_at == datetime(2026, 11, 23, 6, 5, 6, tzinfo=UTC)
    assert [opened(body).size for body in copies.values()] == [(320, 240), (1024, 768), (2048, 1536)]
    assert list(copies) == ["320.webp", "1024.webp", "2048.webp"]


def test_a_small_photo_is_never_enlarged() -> None:
    found, copies = images.develop(jpeg((800, 600)), JPEG)
    assert found.sizes == (320, 1024) and opened(copies["1024.webp"]).size == (800, 600)
    tiny, copies = images.develop(jpeg((200, 100)), JPEG)
    assert tiny.sizes == (320,) and opened(copies["320.webp"]).size == (200, 100)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (jpeg(exif=exif(), comment=b"SecretPhoneMaker", xmp=b"<x:xmpmeta>SecretPhoneMaker"), JPEG),
        (encoded(scene(), "PNG", exif=exif()), PNG),
        (encoded(scene(), "WEBP", exif=exif(), xmp=b"<x:xmpmeta>SecretPhoneMaker"), WEBP),
        (encoded(scene(), "HEIF", exif=exif().tobytes()), HEIC),
        (jpeg(icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), exif=exif()), JPEG),
    ],
)
def test_copies_hold_pixels_only_and_the_evidence_is_read_from_each_type(
    data: bytes, content_type: ContentType
) -> None:
    found, copies = images.develop(data, content_type)
    assert found.taken_point == (24.61, 118.005)
    for body in copies.values():
        assert not any(word in body for word in (b"EXIF", b"Exif", b"XMP ", b"ICCP", b"SecretPhoneMaker"))
        assert is_upright(opened(body))


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_orientation_is_applied(orientation: int) -> None:
    found, copies = images.develop(pictures.turned(orientation), JPEG)
    upright, _ = images.develop(jpeg(quality=95), JPEG)
    assert (found.width, found.height) == (800, 600)
    assert is_upright(opened(copies["1024.webp"])) and distance(found, upright) <= 2


def test_a_heic_held_sideways_is_turned_once() -> None:
    data = encoded(scene().transpose(Image.Transpose.ROTATE_90), "HEIF", exif=exif(orientation=6).tobytes())
    found, copies = images.develop(data, HEIC)
    assert (found.width, found.height) == (800, 600) and is_upright(opened(copies["1024.webp"]))


def test_near_photos_have_near_hashes_and_others_do_not() -> None:
    one, _ = images.develop(jpeg((1600, 1200), quality=90), JPEG)
    again, _ = images.develop(encoded(scene((800, 600)), "WEBP", quality=40), WEBP)
    other, _ = images.develop(encoded(scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT), "PNG"), PNG)
    assert distance(one, again) <= 3 < 20 < distance(one, other)


@pytest.mark.parametrize(
    "data",
    [
        encoded(scene().convert("CMYK"), "JPEG"),
        encoded(scene().convert("P"), "PNG"),
        encoded(scene().convert("RGBA"), "PNG"),
    ],
)
def test_other_colour_models_look_the_same(data: bytes) -> None:
    content_type = JPEG if data.startswith(b"\xff\xd8") else PNG
    _, copies = images.develop(data, content_type)
    assert is_upright(opened(copies["320.webp"]))


def test_sixteen_bit_greys_are_scaled_not_cut_off() -> None:
    grey = Image.new("I;16", (200, 200), 0x8000)
    _, copies = images.develop(encoded(grey, "PNG"), PNG)
    assert near(opened(copies["320.webp"]).getpixel((100, 100)), (128, 128, 128))


def test_grey_photos_and_bitmaps_pass() -> None:
    for mode in ("L", "1", "LA"):
        _, copies = images.develop(encoded(scene().convert(mode), "PNG"), PNG)
        assert opened(copies["320.webp"]).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (200, 200), (255, 0, 0, 0))
    palette = Image.new("P", (200, 200), 0)
    for data in (encoded(clear, "PNG"), encoded(palette, "PNG", transparency=0)):
        _, copies = images.develop(data, PNG)
        assert near(opened(copies["320.webp"]).getpixel((100, 100)), (255, 255, 255))


def test_a_profile_that_makes_no_sense_is_passed_over() -> None:
    _, copies = images.develop(jpeg(icc_profile=b"nonsense" * 20), JPEG)
    assert is_upright(opened(copies["320.webp"]))


@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    assert refusal(pictures.png_claiming(*size), PNG) == "photo_too_many_pixels"


def test_a_webp_bomb_is_refused_before_pillow_makes_room_for_it() -> None:
    assert refusal(pictures.webp_claiming(16_383, 16_383), WEBP) == "photo_too_many_pixels"


def test_a_header_that_promises_more_than_follows_is_refused() -> None:
    assert refusal(pictures.png_claiming(4000, 3000), PNG) in ("file_truncated", "photo_broken")


@pytest.mark.parametrize(("data", "content_type"), [(encoded(scene(), "PNG"), JPEG), (jpeg(), PNG), (b"GIF89a", JPEG)])
def test_another_type_than_declared_is_refused(data: bytes, content_type: ContentType) -> None:
    assert refusal(data, content_type) == "file_wrong_type"


def test_nothing_at_all_is_refused() -> None:
    assert refusal(b"", JPEG) == "file_empty"
    assert refusal(jpeg((63, 400)), JPEG) == "photo_too_small"


@pytest.mark.parametrize(("format", "content_type"), [("PNG", PNG), ("WEBP", WEBP)])
def test_a_moving_picture_is_refused(format: str, content_type: ContentType) -> None:
    moving = encoded(scene(), format, save_all=True, append_images=[scene().rotate(9), scene().rotate(19)], duration=90)
    assert refusal(moving, content_type) == "photo_animated"


@pytest.mark.parametrize(("format", "content_type"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP), ("HEIF", HEIC)])
def test_damage_anywhere_is_a_verdict_never_a_crash(format: str, content_type: ContentType) -> None:
    data = encoded(scene((300, 200)), format)
    for at in range(0, len(data), max(1, len(data) // 40)):
        spoilt = data[:at] + b"\xff\x00\x7f\xfe" + data[at + 4 :]
        try:
            images.develop(spoilt, content_type)
        except Unusable:
            continue


@pytest.mark.parametrize("content_type", [JPEG, PNG, WEBP, HEIC])
def test_what_the_checks_before_decoding_stumble_over_is_the_files_fault(
    content_type: ContentType, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = encoded(scene(), {HEIC: "HEIF"}.get(content_type) or content_type.name)
    for error, verdict in ((IndexError, Unusable), (RecursionError, Unusable), (MemoryError, MemoryError)):
        monkeypatch.setattr(images, "check_whole", Mock(side_effect=error))
        with pytest.raises(verdict):
            images.develop(data, content_type)


def test_an_archive_that_not_even_zipfile_understands_is_refused() -> None:
    split = struct.pack("<4sLQL", b"PK\6\7", 1, 0, 2) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 0, 0, 0)
    assert refusal(jpeg() + split, JPEG) in ("photo_broken", "file_foreign_data")


def test_many_pictures_in_one_jpeg_show_the_first() -> None:
    data = encoded(scene(), "MPO", save_all=True, append_images=[scene((400, 300)).rotate(180)])
    _, copies = images.develop(data, JPEG)
    assert is_upright(opened(copies["1024.webp"]))
