"""Voice notes: really sound, really short, and rid of what else the file says. Standard library only.

Nothing is decoded: the container tells the length, and S3's limit of 2 MB bounds what a lie could hide.
"""

import hashlib
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from chalicelib.domain.photos import SHOWN_AS, ContentType, Findings, Unusable
from chalicelib.gateways.containers import MOST_BOXES, Box, boxes, is_archive_or_pdf, sniff

MOST_SECONDS = 60
# Recorders stop a frame or two late.
TOLERANCE = 1
OPUS_RATE = 48_000
# The table of sample times lies six deep.
MOST_LEVELS = 12
# Boxes that hold boxes, on the way to a track's header, its sample times, and places where metadata hides.
NESTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"mvex", b"moof", b"traf", b"edts"})
# What a player needs. All other boxes (location, device, title, what an app adds) are blanked where they stand, so
# that no offset in the file moves.
NEEDED = NESTS | {
    *(b"ftyp", b"styp", b"mdat", b"mvhd", b"iods", b"tkhd", b"elst", b"mdhd", b"hdlr", b"smhd", b"dinf", b"stsd"),
    *(b"stts", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"sdtp", b"sgpd", b"sbgp", b"sidx", b"mehd"),
    *(b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun", b"saiz", b"saio"),
}
OGG_PAGE = struct.Struct("<4sBBqIIIB")


def develop(data: bytes, content_type: ContentType) -> tuple[Findings, dict[str, bytes]]:
    """Findings and the cleaned copy by name of a voice note declared as `content_type`. Raises Unusable."""
    with _only_the_file_can_fail():
        seconds, copy = _read(data, content_type)
    findings = Findings(sha256=hashlib.sha256(data).hexdigest(), seconds=round(seconds, 2))
    return findings, {SHOWN_AS[content_type]: copy}


@contextmanager
def _only_the_file_can_fail() -> Iterator[None]:
    """Nothing but bytes in memory is at work here, so whatever the parsing stumbles over is the file's fault."""
    try:
        yield
    except (Unusable, MemoryError):
        raise
    except Exception as error:
        raise Unusable("voice_broken") from error


def _read(data: bytes, content_type: ContentType) -> tuple[float, bytes]:
    """Length in seconds and the cleaned copy."""
    if not data:
        raise Unusable("file_empty")
    if sniff(data) is not content_type:
        raise Unusable("file_wrong_type")
    if is_archive_or_pdf(data):
        raise Unusable("file_foreign_data")
    seconds, copy = _m4a(data) if content_type is ContentType.M4A else _ogg(data)
    if not 0 < seconds <= MOST_SECONDS + TOLERANCE:
        raise Unusable("voice_too_long" if seconds > 0 else "voice_broken")
    return seconds, copy


def _m4a(data: bytes) -> tuple[float, bytes]:
    found = list(islice(_walk(data, 0, len(data)), MOST_BOXES + 1))
    if len(found) > MOST_BOXES:
        raise Unusable("voice_broken")
    if [data[start + 8 : start + 12] for kind, start, _ in found if kind == b"hdlr"] != [b"soun"]:
        raise Unusable("voice_broken")
    copy = bytearray(data)
    for kind, start, end in found:
        if kind not in NEEDED:
            _blank_box(copy, kind, start, end)
    return _m4a_seconds(data, found), bytes(copy)


def _blank_box(copy: bytearray, kind: bytes, start: int, end: int) -> None:
    if copy[start - 4 : start] != kind:  # a 64-bit length, which nothing but sound of 4 GB needs
        raise Unusable("voice_broken")
    copy[start - 4 : start] = b"free"
    copy[start:end] = bytes(end - start)


def _walk(data: bytes, start: int, end: int, level: int = 1) -> Iterator[Box]:
    if level > MOST_LEVELS:
        raise Unusable("voice_broken")
    for box in boxes(data, start, end):
        yield box
        if box[0] in NESTS:
            yield from _walk(data, box[1], box[2], level + 1)


def _m4a_seconds(data: bytes, found: list[Box]) -> float:
    """The longest of what the movie header, the table of samples and the fragments (Safari's recorder) say."""
    header = [_clock(data, box) for box in found if box[0] in (b"mvhd", b"mdhd")]
    if not header:
        raise Unusable("voice_broken")
    scale = header[-1][0]
    units = sum(_samples(data, box) for box in found if box[0] == b"stts")
    units += sum(_fragment(data, box) for box in found if box[0] == b"traf")
    if 0 in (clock[0] for clock in header):
        raise Unusable("voice_broken")
    return max(units / scale, *(length / scale for scale, length in header))


def _clock(data: bytes, box: Box) -> tuple[int, int]:
    """Units a second and length in units, of a movie or media header (ISO/IEC 14496-12 §8.2.2)."""
    content = data[box[1] : box[2]]
    shape, skip = (">IQ", 20) if content.startswith(b"\1") else (">II", 12)
    if len(content) < skip + struct.calcsize(shape):
        raise Unusable("voice_broken")
    scale, length = struct.unpack_from(shape, content, skip)
    unknown = length in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
    return scale, 0 if unknown else length


def _samples(data: bytes, box: Box) -> int:
    """Length in units by the table of sample times (§8.6.1.2)."""
    count = _unpack(">I", data, box[1] + 4)[0]
    if box[1] + 8 + 8 * count > box[2]:
        raise Unusable("voice_broken")
    return sum(number * each for number, each in struct.iter_unpack(">II", data[box[1] + 8 : box[1] + 8 + 8 * count]))


def _fragment(data: bytes, traf: Box) -> int:
    """Length in units of a track fragment (§8.8.7, §8.8.8)."""
    each = total = 0
    for kind, start, end in boxes(data, traf[1], traf[2]):
        if kind == b"tfhd":
            each = _default_duration(data, start)
        elif kind == b"trun":
            total += _run(data, start, end, each)
    return total


def _default_duration(data: bytes, at: int) -> int:
    flags = _unpack(">I", data, at)[0]
    skip = 8 + 8 * bool(flags & 0x1) + 4 * bool(flags & 0x2)
    return int(_unpack(">I", data, at + skip)[0]) if flags & 0x8 else 0


def _run(data: bytes, at: int, end: int, each: int) -> int:
    flags, count = _unpack(">II", data, at)
    if not flags & 0x100:
        return int(count * each)
    at += 8 + 4 * bool(flags & 0x1) + 4 * bool(flags & 0x4)
    step = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    if at + step * count > end:
        raise Unusable("voice_broken")
    return sum(int.from_bytes(data[start : start + 4]) for start in range(at, at + step * count, step))


def _ogg(data: bytes) -> tuple[float, bytes]:
    """Opus in Ogg (RFC 7845): page 1 the header, page 2 the tags, then sound; the last page tells the end."""
    pages = list(_pages(data))
    if len(pages) < 3 or not data[pages[0][1] :].startswith(b"OpusHead"):
        raise Unusable("voice_broken")
    if len({serial for _, _, _, serial, _ in pages}) != 1:
        raise Unusable("voice_broken")
    skipped = _unpack("<H", data, pages[0][1] + 10)[0]
    last = max(granule for _, _, _, _, granule in pages)
    copy = bytearray(data)
    _blank_tags(copy, *pages[1][:3])
    return (last - skipped) / OPUS_RATE, bytes(copy)


def _pages(data: bytes) -> Iterator[tuple[int, int, int, int, int]]:
    """Start, start of the content, end, serial number and granule position of each page."""
    at = 0
    while at < len(data):
        if data[at : at + 4] != b"OggS":
            raise Unusable("file_foreign_data")
        _, _, _, granule, serial, _, _, segments = _unpack(OGG_PAGE.format, data, at)
        content = at + OGG_PAGE.size + segments
        end = content + sum(data[at + OGG_PAGE.size : content])
        if end > len(data):
            raise Unusable("file_truncated")
        yield at, content, end, serial, granule
        at = end


def _blank_tags(copy: bytearray, start: int, content: int, end: int) -> None:
    """Empty the comments where they stand: no vendor, no comments, zeros to the page's end, a new checksum.

    Comments that run over several pages (a cover picture) are no voice note: Unusable (`voice_broken`).
    """
    if copy[content : content + 8] != b"OpusTags" or copy[content - 1] == 255:
        raise Unusable("voice_broken")
    copy[content + 8 : end] = bytes(end - content - 8)
    copy[start + 22 : start + 26] = bytes(4)
    copy[start + 22 : start + 26] = struct.pack("<I", _checksum(copy[start:end]))


def _checksum(page: bytearray) -> int:
    """CRC-32 as Ogg has it (RFC 3533 §6): not reflected, unlike zlib's."""
    value = 0
    for byte in page:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


def _unpack(shape: str, data: bytes, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(shape, data, at)
    except struct.error as error:
        raise Unusable("file_truncated") from error
