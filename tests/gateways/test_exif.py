"""Where and when, as far as the camera says it."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from chalicelib.gateways import exif
from tests import pictures


def read(**tags: Any) -> exif.Evidence:
    return exif.read(Image.open(BytesIO(pictures.jpeg(exif=pictures.exif(**tags)))))


def test_a_time_without_zone_is_the_townships() -> None:
    assert read().taken_at == datetime(2026, 11, 23, 6, 5, 6, tzinfo=UTC)


def test_a_time_with_zone_is_taken_at_its_word() -> None:
    assert read(offset="+09:00").taken_at == datetime(2026, 11, 23, 5, 5, 6, tzinfo=UTC)


def test_a_place_is_degrees_with_sign() -> None:
    assert read().point == (24.61, 118.005)
    assert read(refs=("S", "W")).point == (-24.61, -118.005)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "yesterday", "", "0001:01:01 00:00:00"])
def test_a_time_that_makes_no_sense_is_none(taken: str) -> None:
    assert read(taken=taken).taken_at is None


@pytest.mark.parametrize(
    "point", [None, ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)), ((95.0, 0.0, 0.0), (118.0, 0.0, 0.0)), ((24.0,), (118.0,))]
)
def test_a_place_that_makes_no_sense_is_none(point: tuple[Any, Any] | None) -> None:
    assert read(point=point).point is None


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_damaged_exif_is_like_none() -> None:
    image = Image.open(BytesIO(pictures.jpeg(exif=b"Exif\0\0II*\0\xff\xff\xff\xff")))
    assert exif.read(image) == exif.Evidence(taken_at=None, point=None)
    assert exif.read(Image.open(BytesIO(pictures.jpeg()))) == exif.Evidence(taken_at=None, point=None)
