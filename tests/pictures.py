"""Files as phones, and people with ideas, send them: all made here, none shipped."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageDraw

pillow_heif.register_heif_opener()


def scene(size: tuple[int, int] = (800, 600)) -> Image.Image:
    """Dark on the left, bright on the right, a red mark in the upper left corner: which way up it is can be told."""
    image = Image.linear_gradient("L").rotate(90).resize(size).convert("RGB")
    width, height = size
    ImageDraw.Draw(image).rectangle((0, 0, width // 4, height // 4), fill=(220, 20, 20))
    return image


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    body = BytesIO()
    image.save(body, format, **options)
    return body.getvalue()


def jpeg(size: tuple[int, int] = (800, 600), **options: Any) -> bytes:
    return encoded(scene(size), "JPEG", **options)


def exif(
    *,
    orientation: int = 1,
    taken: str | None = "2026:11:23 14:05:06",
    offset: str | None = None,
    point: tuple[Any, Any] | None = ((24.0, 36.0, 36.0), (118.0, 0.0, 18.0)),
    refs: tuple[str, str] = ("N", "E"),
) -> Image.Exif:
    """EXIF of a phone in Guankou (24.61, 118.005)."""
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Make] = "SecretPhoneMaker"
    details, gps = tags.get_ifd(ExifTags.IFD.Exif), tags.get_ifd(ExifTags.IFD.GPSInfo)
    if taken:
        details[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = offset
    if point:
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = refs
        gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLongitude] = point
    return tags


def turned(orientation: int) -> bytes:
    """The upright scene as a camera stores it that was held another way."""
    back = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    image = scene().transpose(back[orientation])
    return encoded(image, "JPEG", exif=exif(orientation=orientation), quality=95)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a hundred bytes whose header promises any number of pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def webp_claiming(width: int, height: int) -> bytes:
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_of_many_scans(scans: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    body = jpeg((640, 480), progressive=True)
    last = body.rindex(b"\xff\xda")
    return body[:last] + body[last:-2] * scans + b"\xff\xd9"


def archive() -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as file:
        file.writestr("run.sh", "echo")
    return body.getvalue()


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def m4a(
    seconds: float, *, handler: bytes = b"soun", sampled: float | None = None, extra: bytes = b"", tail: bytes = b""
) -> bytes:
    """A voice note as a phone's recorder writes it: frames of 1024 samples at 44.1 kHz, sound left out."""
    frames = round((seconds if sampled is None else sampled) * 44_100 / 1024)
    stts = box(b"stts", struct.pack(">III", 0, 1, frames) + struct.pack(">I", 1024))
    mdhd = box(b"mdhd", struct.pack(">IIIII", 0, 0, 0, 44_100, round(seconds * 44_100)), b"\0" * 4)
    hdlr = box(b"hdlr", struct.pack(">II", 0, 0), handler, b"\0" * 13)
    trak = box(b"trak", box(b"mdia", mdhd, hdlr, box(b"minf", box(b"stbl", stts))))
    mvhd = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, round(seconds * 1000)), b"\0" * 80)
    place = box(b"udta", box(b"\xa9xyz", b"+24.6100+118.0050/"))
    return (
        box(b"ftyp", b"M4A \0\0\0\0M4A isom") + box(b"moov", mvhd, trak, place, extra) + box(b"mdat", b"s" * 500) + tail
    )


def fragmented_m4a(seconds: float) -> bytes:
    """As Safari's recorder writes it: a movie header without length, then fragments of a second."""
    mdhd = box(b"mdhd", struct.pack(">IIIII", 0, 0, 0, 1000, 0), b"\0" * 4)
    hdlr = box(b"hdlr", struct.pack(">II", 0, 0), b"soun", b"\0" * 13)
    mvhd = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, 0), b"\0" * 80)
    tfhd, plain = box(b"tfhd", struct.pack(">III", 0x8, 1, 20)), box(b"trun", struct.pack(">II", 0, 50))
    told = box(b"trun", struct.pack(">III", 0x301, 2, 0), struct.pack(">IIII", 400, 9, 600, 9))
    even, odd = box(b"moof", box(b"traf", tfhd, plain)), box(b"moof", box(b"traf", box(b"tfhd", b"\0" * 8), told))
    moov = box(b"moov", mvhd, box(b"trak", box(b"mdia", mdhd, hdlr)))
    return box(b"ftyp", b"iso5\0\0\0\0") + moov + (even + odd) * round(seconds / 2)


def ogg_page(granule: int, number: int, packet: bytes, *, serial: int = 7) -> bytes:
    """What is too long for a page would go on in the next."""
    lacing = (b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]))[:255]
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, 0, granule, serial, number, 0, len(lacing))
    return head + lacing + packet[: sum(lacing)]


def ogg(seconds: float, *, magic: bytes = b"OpusHead", comment: bytes = b"LOCATION=24.61,118.005") -> bytes:
    """A voice note in Opus; 312 samples are skipped at the start, as encoders do."""
    head = magic + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 7) + b"encoder" + struct.pack("<II", 1, len(comment)) + comment
    sound = [ogg_page(round(seconds * 48_000 * part / 4) + 312, 2 + part, b"x" * 300) for part in (1, 2, 3, 4)]
    return ogg_page(0, 0, head) + ogg_page(0, 1, tags) + b"".join(sound)
