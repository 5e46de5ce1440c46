"""What a file is by its own bytes, and where it ends: read before any decoder sees it. Standard library only."""

import re
import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import islice

from chalicelib.domain.photos import ContentType, Unusable

# A photo of a phone has one scan, a progressive one some ten. More is made to keep a decoder busy.
MOST_SCANS = 100
# Safari's recorder writes some eight a fragment, at worst ten fragments a second. More is made to keep us busy.
MOST_BOXES = 6_000
# Chunks of a PNG or WebP, segments of a JPEG: 15 MB in pieces of 2 KB are 7,500.
MOST_PARTS = 10_000
# What begins another kind of document. Checked outside of compressed pixels, where it cannot occur by chance.
MARKUP = re.compile(rb"<(?:script|html|body|svg|iframe|!doctype|\?php)", re.IGNORECASE)
# A marker that ends a scan: anything but a stuffed zero, a restart, or a fill byte.
SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
NO_FILL = re.compile(rb"[^\xff]")
STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
SOS, EOI = 0xDA, 0xD9
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})
SEQUENCE_BRANDS = frozenset({b"hevc", b"hevx", b"msf1"})
M4A_BRANDS = frozenset({b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash"})

KNOWN_BOXES = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"free", b"skip", b"uuid", b"idat"})

type Box = tuple[bytes, int, int]


def sniff(data: bytes) -> ContentType | None:
    """The type that the first bytes tell, or None."""
    if data.startswith(b"\xff\xd8\xff"):
        return ContentType.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ContentType.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ContentType.WEBP
    if data.startswith(b"OggS"):
        return ContentType.OGG
    return _sniff_boxes(data) if data[4:8] == b"ftyp" else None


def _sniff_boxes(data: bytes) -> ContentType | None:
    brands = ftyp_brands(data)
    if HEIC_BRANDS & brands:
        return ContentType.HEIC
    return ContentType.M4A if data[8:12] in M4A_BRANDS else None


def ftyp_brands(data: bytes) -> set[bytes]:
    """Major and compatible brands of an ISO base media file."""
    end = min(struct.unpack_from(">I", data)[0], len(data), 512)
    return {data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))}


def check_whole(data: bytes, content_type: ContentType) -> None:
    """Refuse an image that ends early, or carries another document along.

    Raises Unusable (`file_truncated`, `photo_broken`, `file_foreign_data`). Cameras append things of their own
    after the image: previews (MPF, gain maps), a short film (motion photo), Samsung's trailer. Those pass: refusing
    them would refuse ordinary phones, and what is served is drawn anew from the pixels.
    """
    if is_archive_or_pdf(data):
        raise Unusable("file_foreign_data")
    end, metadata = ENDS[content_type](data)
    tail = data[end:]
    if any(MARKUP.search(part) for part in metadata):
        raise Unusable("file_foreign_data")
    if tail.strip(b"\0") and not (content_type is ContentType.JPEG and _is_camera_trailer(tail)):
        raise Unusable("file_foreign_data")


def is_archive_or_pdf(data: bytes) -> bool:
    """ZIP readers look at a file's last 64 KB, PDF readers at its first KB."""
    return b"%PDF-" in data[:1024] or zipfile.is_zipfile(BytesIO(data))


def _is_camera_trailer(tail: bytes) -> bool:
    if MARKUP.search(tail):
        return False
    start = tail.lstrip(b"\0")
    return start.startswith(b"\xff\xd8\xff") or b"ftyp" in start[:8] or tail.rstrip(b"\0").endswith(b"SEFT")


def _jpeg_end(data: bytes) -> tuple[int, list[bytes]]:
    """Marker by marker: previews inside a segment have end markers of their own."""
    at, scans = 2, 0
    metadata: list[bytes] = []
    for _ in range(MOST_PARTS):
        marker, at = _jpeg_marker(data, at)
        if marker == EOI:
            return at, metadata
        if marker in STANDALONE:
            continue
        length = _unpack(">H", data, at)
        if 0xE0 <= marker <= 0xEF or marker == 0xFE:
            metadata.append(data[at + 2 : at + length])
        at += length
        if marker == SOS:
            at, scans = _scan_end(data, at), scans + 1
        if length < 2 or scans > MOST_SCANS:
            raise Unusable("photo_broken")
    raise Unusable("photo_broken")


def _jpeg_marker(data: bytes, at: int) -> tuple[int, int]:
    if at >= len(data):
        raise Unusable("file_truncated")
    if data[at] != 0xFF:
        raise Unusable("photo_broken")
    if not (marker := NO_FILL.search(data, at)):
        raise Unusable("file_truncated")
    return data[marker.start()], marker.end()


def _scan_end(data: bytes, at: int) -> int:
    if found := SCAN_END.search(data, at):
        return found.start()
    raise Unusable("file_truncated")


def _png_end(data: bytes) -> tuple[int, list[bytes]]:
    at, metadata = 8, []
    for _ in range(MOST_PARTS):
        length, kind = _unpack(">I", data, at), data[at + 4 : at + 8]
        if at + 12 + length > len(data):
            raise Unusable("file_truncated")
        if kind not in (b"IDAT", b"fdAT"):
            metadata.append(data[at + 8 : at + 8 + length])
        at += 12 + length
        if kind == b"IEND":
            return at, metadata
    raise Unusable("photo_broken")


def _webp_end(data: bytes) -> tuple[int, list[bytes]]:
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    if end > len(data):
        raise Unusable("file_truncated")
    at, metadata = 12, []
    while at + 8 <= end:
        length = struct.unpack_from("<I", data, at + 4)[0]
        if data[at : at + 4] not in (b"VP8 ", b"VP8L", b"ALPH", b"ANMF"):
            metadata.append(data[at + 8 : at + 8 + length])
        at += 8 + length + length % 2
        if len(metadata) > MOST_PARTS:
            raise Unusable("photo_broken")
    return end, metadata


def _boxes_end(data: bytes) -> tuple[int, list[bytes]]:
    found = list(islice(boxes(data, 0, len(data)), MOST_BOXES + 1))
    if len(found) > MOST_BOXES:
        raise Unusable("photo_broken")
    metadata = [data[start:end] for kind, start, end in found if kind != b"mdat"]
    return found[-1][2], metadata


ENDS = {
    ContentType.JPEG: _jpeg_end,
    ContentType.PNG: _png_end,
    ContentType.WEBP: _webp_end,
    ContentType.HEIC: _boxes_end,
}


def webp_pixels(data: bytes) -> int:
    """Pixels of a WebP's canvas by its header: Pillow's decoder sets memory aside before it tells the size."""
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    elif kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return width * height


def boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes (kind, start and end of its content) of an ISO base media file between two offsets.

    Raises Unusable where a box runs over the end: `file_truncated` if its kind is known, else `file_foreign_data`.
    """
    while start < end:
        kind, size, head = data[start + 4 : start + 8], _unpack(">I", data, start), 8
        if size == 1:
            size, head = _unpack(">Q", data, start + 8), 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise Unusable("file_truncated" if kind in KNOWN_BOXES else "file_foreign_data")
        yield kind, start + head, start + size
        start += size


def _unpack(shape: str, data: bytes, at: int) -> int:
    try:
        return int(struct.unpack_from(shape, data, at)[0])
    except struct.error as error:
        raise Unusable("file_truncated") from error
