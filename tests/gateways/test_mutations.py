"""Files spoilt at random, the same ones every time: each is taken or refused, none is a crash."""

import random

import pytest

from chalicelib.domain.photos import ContentType, Unusable
from chalicelib.gateways import images, sounds
from tests import pictures
from tests.pictures import encoded, exif, jpeg, scene

ROUNDS = 500
SIZE = (96, 72)
# Lengths, counts and offsets that parsers forget.
EDGES = (0, 1, 7, 8, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
# How much from the start is spoilt: of a picture what comes before its pixels, of a voice note everything.
FILES = {
    "m4a": (pictures.m4a(3), ContentType.M4A, 2_000),
    "fragmented m4a": (pictures.fragmented_m4a(4), ContentType.M4A, 2_000),
    "ogg": (pictures.ogg(3), ContentType.OGG, 2_000),
    "jpeg": (jpeg(SIZE, exif=exif()), ContentType.JPEG, 1_000),
    "png": (encoded(scene(SIZE), "PNG", exif=exif()), ContentType.PNG, 500),
    "webp": (encoded(scene(SIZE), "WEBP", exif=exif()), ContentType.WEBP, 500),
    "heic": (encoded(scene(SIZE), "HEIF", exif=exif().tobytes()), ContentType.HEIC, 1_000),
}


def spoilt(data: bytes, reach: int, chance: random.Random) -> bytes:
    """The file after one or two accidents within its first `reach` bytes, most of which leave its length alone."""
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(4, min(reach, len(data)))
        end = at + chance.choice((1, 2, 4, 8, 40))
        edge = chance.choice(EDGES).to_bytes(4, chance.choice(("big", "little")))
        put = (chance.randbytes(end - at), (edge * 10)[: end - at], data[at:end] * 2, b"")
        data = data[:at] + chance.choices(put, weights=(4, 4, 1, 1))[0] + data[end:]
    return data if chance.random() < 0.9 else data[: chance.randrange(len(data))]


@pytest.mark.parametrize("name", FILES)
def test_a_file_spoilt_at_random_is_taken_or_refused(name: str) -> None:
    data, content_type, reach = FILES[name]
    develop = sounds.develop if content_type in (ContentType.M4A, ContentType.OGG) else images.develop
    develop(data, content_type)
    chance = random.Random(name)
    for _ in range(ROUNDS):
        try:
            develop(spoilt(data, reach, chance), content_type)
        except Unusable:
            continue
