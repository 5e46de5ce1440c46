"""What is painted over on a public copy is gone from it, in every size."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from chalicelib.domain.photos import SIZES, ContentType
from chalicelib.domain.publications import Rectangle
from chalicelib.gateways import images
from tests.pictures import encoded, exif, jpeg, scene, turned

MARK = Rectangle(left=0, top=0, right=0.27, bottom=0.27)  # the red mark of the scene, as far as its colour runs


def shown(data: bytes, content_type: ContentType = ContentType.JPEG) -> tuple[bytes, tuple[int, ...]]:
    """The largest clean copy, and the sizes there are."""
    found, copies = images.develop(data, content_type)
    return copies[f"{found.sizes[-1]}.webp"], found.sizes


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def redness(image: Image.Image) -> int:
    """How much redder than green the reddest pixel is."""
    red, green, _ = image.split()
    _, most = ImageChops.subtract(red, green).getextrema()
    assert isinstance(most, int)
    return most


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_rectangles_are_of_the_upright_picture_however_the_camera_was_held(orientation: int) -> None:
    source, sizes = shown(turned(orientation))
    assert redness(opened(source)) > 100
    assert [redness(opened(copy)) < 20 for copy in images.covered(source, [MARK], sizes)] == [True] * len(sizes)


def test_there_are_copies_in_the_same_sizes_and_what_is_beside_stays() -> None:
    source, sizes = shown(jpeg((2400, 1800)))
    copies = [opened(copy) for copy in images.covered(source, [MARK], sizes)]
    assert sizes == SIZES and [max(copy.size) for copy in copies] == list(SIZES)
    clean, covered = opened(source), copies[-1]
    right = (clean.width // 2, 0, clean.width, clean.height)
    difference = ImageChops.difference(clean.crop(right), covered.crop(right)).convert("L").getextrema()
    assert isinstance(difference[1], int) and difference[1] < 30


@pytest.mark.parametrize("size", [(801, 599), (1023, 333), (65, 64)])
def test_every_pixel_that_a_rectangle_touches_is_covered(size: tuple[int, int]) -> None:
    source = encoded(Image.new("RGB", size, "red"), "WEBP", lossless=True)
    (copy,) = images.covered(source, [Rectangle(left=0.1004, top=0.2, right=0.7001, bottom=0.9)], (2048,))
    width, height = size
    inside = opened(copy).crop((int(0.1004 * width), int(0.2 * height), int(0.7001 * width), int(0.9 * height)))
    assert redness(inside.crop((2, 2, inside.width - 2, inside.height - 2))) < 20


def test_the_least_rectangle_covers_a_pixel_and_the_greatest_all() -> None:
    source, _ = shown(jpeg())
    (copy,) = images.covered(source, [Rectangle(left=0, top=0, right=1, bottom=1)], (1024,))
    assert len({colour for _, colour in opened(copy).getcolors(100) or []}) == 1
    tiny = Rectangle(left=0.5, top=0.5, right=0.5 + 1e-9, bottom=0.5 + 1e-9)
    assert images.covered(source, [tiny], (1024,)) != images.covered(source, [], (1024,))


def test_a_public_copy_holds_pixels_only() -> None:
    source, sizes = shown(encoded(scene(), "JPEG", exif=exif()))
    for copy in images.covered(source, [], sizes):
        image = Image.open(BytesIO(copy))
        assert not {"exif", "xmp", "icc_profile"} & image.info.keys() and b"SecretPhoneMaker" not in copy
