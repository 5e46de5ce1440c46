"""Photos through Pillow: checked before decoding, decoded once, turned upright, drawn anew in three sizes.

Imported by the photo worker only: Pillow and the HEIC decoder cost 0.1 s and 20 MB.
"""

import hashlib
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from math import ceil, floor

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, ImageOps

from chalicelib.domain.photos import SIZES, ContentType, Findings, Unusable
from chalicelib.domain.publications import Rectangle
from chalicelib.gateways import exif
from chalicelib.gateways.containers import SEQUENCE_BRANDS, check_whole, ftyp_brands, sniff, webp_pixels

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

# The sensors sold as 50 MP give 8192 x 6144 = 50.3 million pixels.
MOST_PIXELS = 52_000_000
LEAST_EDGE = 64
QUALITY = 80
# 0 fast … 6 small: 2 takes half the time of the default 4 for about 3 % more bytes.
EFFORT = 2
# The only decoder that may see the bytes.
DECODER = {
    ContentType.JPEG: "JPEG",
    ContentType.PNG: "PNG",
    ContentType.WEBP: "WEBP",
    ContentType.HEIC: "HEIF",
}
COVER = (96, 96, 96)  # plain to see on light and dark
SRGB = ImageCms.createProfile("sRGB")


def develop(data: bytes, content_type: ContentType) -> tuple[Findings, dict[str, bytes]]:
    """Findings and the copies by name (`320.webp` …) of a photo declared as `content_type`.

    The copies hold pixels only: no EXIF, XMP, profile or comment. Raises Unusable with the reason.
    """
    with _only_the_file_can_fail(), _opened(data, content_type) as image:
        _check_header(image)
        evidence = exif.read(image)
        width, height = _upright_size(image)
        largest = _largest(image)
        copies = dict(_copies(largest, max(width, height)))
        findings = Findings(
            sha256=hashlib.sha256(data).hexdigest(),
            dhash=_dhash(largest),
            width=width,
            height=height,
            taken_at=evidence.taken_at,
            taken_point=evidence.point,
            sizes=tuple(copies),
        )
    return findings, {f"{size}.webp": body for size, body in copies.items()}


def covered(data: bytes, rectangles: Iterable[Rectangle], sizes: Iterable[int]) -> list[bytes]:
    """Copies of a photo in these sizes, with these parts painted over: drawn from its largest clean copy `data`.

    What is covered is gone: it is painted before anything is scaled or written, whole pixels, outwards.
    """
    with Image.open(BytesIO(data), formats=["WEBP"]) as image:
        picture = image.convert("RGB")
    picture.info.clear()
    width, height = picture.size
    brush = ImageDraw.Draw(picture)
    for one in rectangles:
        left, top = floor(one.left * width), floor(one.top * height)
        right, bottom = ceil(one.right * width), ceil(one.bottom * height)
        brush.rectangle((left, top, right - 1, bottom - 1), fill=COVER)  # Pillow paints the last pixel too
    return [_written(picture, size) for size in sizes]


def _opened(data: bytes, content_type: ContentType) -> Image.Image:
    """Open to the only decoder that may see the bytes, and only after they were checked."""
    _check(data, content_type)
    return Image.open(BytesIO(data), formats=[DECODER[content_type]])


def _check(data: bytes, content_type: ContentType) -> None:
    if not data:
        raise Unusable("file_empty")
    if sniff(data) is not content_type:
        raise Unusable("file_wrong_type")
    check_whole(data, content_type)
    if content_type is ContentType.WEBP and webp_pixels(data) > MOST_PIXELS:
        raise Unusable("photo_too_many_pixels")
    if content_type is ContentType.HEIC and SEQUENCE_BRANDS & ftyp_brands(data):
        raise Unusable("photo_animated")


def _check_header(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Unusable("photo_too_many_pixels")
    if min(width, height) < LEAST_EDGE:
        raise Unusable("photo_too_small")
    if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise Unusable("photo_animated")


@contextmanager
def _only_the_file_can_fail() -> Iterator[None]:
    """Nothing but bytes in memory is at work here: whatever a check or a decoder raises is the file's fault."""
    try:
        with warnings.catch_warnings():
            # Of damaged EXIF, or of pixels, where the limit above is stricter: they would only fill the log.
            warnings.simplefilter("ignore")
            yield
    except (Unusable, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Unusable("photo_too_many_pixels") from error
    except Exception as error:
        reason = "file_truncated" if "truncated" in str(error).lower() else "photo_broken"
        raise Unusable(reason) from error


def _upright_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    turned = image.getexif().get(exif.ORIENTATION, 1) in (5, 6, 7, 8)
    return (height, width) if turned else (width, height)


def _largest(image: Image.Image) -> Image.Image:
    """The picture in sRGB, upright, at most the largest size. Shrunk first: the rest costs by the pixel."""
    image = _resizable(image)
    image.thumbnail((SIZES[-1], SIZES[-1]))
    ImageOps.exif_transpose(image, in_place=True)
    image = _srgb(_on_white(image), image.info.get("icc_profile"))
    image.info.clear()
    return image


def _resizable(image: Image.Image) -> Image.Image:
    """Palettes and bitmaps cannot be shrunk smoothly, 16-bit greys would be cut off at 255."""
    if image.mode.startswith("I"):
        image.info.pop("transparency", None)  # a 16-bit value, out of range once scaled
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("P", "PA", "1"):
        return image.convert("RGBA")
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image
    solid = image.convert("RGBA")
    page = Image.new("RGB", image.size, "white")
    page.paste(solid, mask=solid)
    return page


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the camera meant them (iPhones write Display P3); a profile that makes no sense is passed over."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if (turned := ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")) is not None:
                return turned
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _copies(largest: Image.Image, long_edge: int) -> Iterator[tuple[int, bytes]]:
    """From large to small would be quicker, but each from the largest is sharper; small ones cost little."""
    for smaller, size in zip((0, *SIZES), SIZES, strict=False):
        if smaller >= long_edge:
            return
        yield size, _written(largest, size)


def _written(largest: Image.Image, size: int) -> bytes:
    copy = largest
    if size < max(largest.size):
        copy = largest.copy()
        copy.thumbnail((size, size))
    body = BytesIO()
    copy.save(body, "WEBP", quality=QUALITY, method=EFFORT)
    return body.getvalue()


def _dhash(image: Image.Image) -> str:
    """64 bits, in hex: whether each of 8 x 8 greys is darker than its right neighbour. Near photos differ in few."""
    greys = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (greys[row * 9 + column] < greys[row * 9 + column + 1])
    return f"{bits:016x}"
