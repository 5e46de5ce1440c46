"""Voice notes: short, sound only, and silent about everything else."""

import struct
from collections.abc import Callable
from time import process_time
from unittest.mock import Mock

import pytest

from chalicelib.domain.photos import ContentType, Unusable
from chalicelib.gateways import sounds
from chalicelib.gateways.sounds import develop
from tests import pictures
from tests.pictures import archive, box, m4a, ogg, ogg_page

M4A, OGG = ContentType.M4A, ContentType.OGG


def refusal(data: bytes, content_type: ContentType) -> str:
    with pytest.raises(Unusable) as caught:
        develop(data, content_type)
    return caught.value.rule


@pytest.mark.parametrize(("make", "content_type"), [(m4a, M4A), (ogg, OGG)])
def test_a_minute_passes_and_more_does_not(make: Callable[[float], bytes], content_type: ContentType) -> None:
    found, copies = develop(make(60.5), content_type)
    assert found.seconds == pytest.approx(60.5, abs=0.05) and len(found.sha256) == 64 and found.dhash is None
    assert len(copies) == 1
    assert refusal(make(61.5), content_type) == "voice_too_long"
    assert refusal(make(0), content_type) == "voice_broken"


def test_safaris_fragments_are_added_up() -> None:
    found, _ = develop(pictures.fragmented_m4a(20), M4A)
    assert found.seconds == 20
    assert refusal(pictures.fragmented_m4a(80), M4A) == "voice_too_long"


def test_the_longest_of_what_a_file_says_counts() -> None:
    assert refusal(m4a(10, sampled=300), M4A) == "voice_too_long"


def test_the_copy_says_nothing_of_place_or_device_and_plays_as_before() -> None:
    note = m4a(3, extra=box(b"\xa9nam", b"my house") + box(b"uuid", b"x" * 16, b"secret"))
    _, copies = develop(note, M4A)
    copy = copies["voice.m4a"]
    assert b"+24.61" in note and len(copy) == len(note) and copy.index(b"mdat") == note.index(b"mdat")
    assert not any(word in copy for word in (b"+24.61", b"udta", b"my house", b"secret"))
    assert develop(copy, M4A)[0].seconds == pytest.approx(3, abs=0.05)


def test_an_ogg_copy_has_no_comments_and_a_right_checksum() -> None:
    note = ogg(3)
    _, copies = develop(note, OGG)
    copy = copies["voice.ogg"]
    assert b"LOCATION" in note and b"LOCATION" not in copy and b"encoder" not in copy and len(copy) == len(note)
    start, _, end, _, _ = list(sounds._pages(copy))[1]
    page = bytearray(copy[start:end])
    told = struct.unpack_from("<I", page, 22)[0]
    page[22:26] = bytes(4)
    assert told == sounds._checksum(page)


def test_the_checksum_is_oggs() -> None:
    # The published check value of this polynomial, not reflected, start and end value 0 (CRC-32/MPEG-2 starts at -1).
    assert sounds._checksum(bytearray(b"123456789")) == 0x89A1897F


def test_a_film_or_two_tracks_are_no_voice_note() -> None:
    assert refusal(m4a(3, handler=b"vide"), M4A) == "voice_broken"
    second = box(b"trak", box(b"mdia", box(b"hdlr", b"\0" * 8, b"soun", b"\0" * 13)))
    assert refusal(m4a(3, extra=second), M4A) == "voice_broken"
    assert refusal(box(b"ftyp", b"M4A \0\0\0\0") + box(b"mdat", b"x"), M4A) == "voice_broken"


@pytest.mark.parametrize("kind", [b"mvhd", b"mdhd"])
@pytest.mark.parametrize("content", [b"", b"\0" * 19, b"\1" + b"\0" * 30])
def test_a_header_without_room_for_its_clock_is_refused(kind: bytes, content: bytes) -> None:
    hdlr = box(b"hdlr", b"\0" * 8, b"soun")
    start = box(b"ftyp", b"M4A \0\0\0\0") + hdlr
    assert refusal(start + box(kind, content), M4A) == "voice_broken"
    assert refusal(start + box(kind, content) + box(b"mdat", b"\1" * 99), M4A) == "voice_broken"


def nested(levels: int, *parts: bytes) -> bytes:
    """Boxes in boxes, `levels` deep, around the parts."""
    body = b"".join(parts)
    return b"".join(struct.pack(">I", 8 * left + len(body)) + b"moov" for left in range(levels, 0, -1)) + body


def test_boxes_nested_too_deep_or_too_many_are_refused_at_once() -> None:
    assert develop(m4a(3, tail=nested(11, box(b"free"))), M4A)[0].seconds
    for levels in (12, 13, 1200):
        assert refusal(m4a(3, tail=nested(levels)), M4A) == "voice_broken"
    busy = [m4a(3, tail=nested(levels, box(b"free") * 240_000)) for levels in (1, 11, 900)]
    start = process_time()
    assert [refusal(data, M4A) for data in busy] == ["voice_broken"] * 3
    assert process_time() - start < 1


def test_an_ogg_of_as_many_pages_as_fit_is_read_in_no_time() -> None:
    data = ogg(3) + ogg_page(0, 9, b"x") * 65_000
    start = process_time()
    assert develop(data, OGG)[0].seconds == 3
    assert process_time() - start < 1


def test_an_archive_that_not_even_zipfile_understands_is_refused() -> None:
    split = struct.pack("<4sLQL", b"PK\6\7", 1, 0, 2) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 0, 0, 0)
    assert refusal(m4a(3) + split, M4A) in ("voice_broken", "file_foreign_data")


def test_whatever_parsing_stumbles_over_is_the_files_fault_but_want_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    for error, verdict in ((IndexError, Unusable), (RecursionError, Unusable), (MemoryError, MemoryError)):
        for step in ("sniff", "is_archive_or_pdf", "_m4a"):
            with monkeypatch.context() as patched, pytest.raises(verdict):
                patched.setattr(sounds, step, Mock(side_effect=error))
                develop(m4a(3), M4A)


def test_other_sound_in_ogg_is_refused() -> None:
    assert refusal(ogg(3, magic=b"\x01vorbis!"), OGG) == "voice_broken"
    assert refusal(ogg(3) + ogg_page(1, 9, b"x", serial=8), OGG) == "voice_broken"
    assert refusal(ogg(3, comment=b"p" * 65_025), OGG) == "voice_broken"


@pytest.mark.parametrize(("data", "content_type"), [(m4a(3), M4A), (ogg(3), OGG)])
def test_cut_short_or_with_something_behind_is_refused(data: bytes, content_type: ContentType) -> None:
    assert refusal(data[:-100], content_type) == "file_truncated"
    assert refusal(data + archive(), content_type) == "file_foreign_data"
    assert refusal(data + b"<html><script>", content_type) == "file_foreign_data"
    assert refusal(b"", content_type) == "file_empty"
    assert refusal(data, M4A if content_type is OGG else OGG) == "file_wrong_type"


@pytest.mark.parametrize(("data", "content_type"), [(m4a(3), M4A), (pictures.fragmented_m4a(4), M4A), (ogg(3), OGG)])
def test_damage_anywhere_is_a_verdict_never_a_crash(data: bytes, content_type: ContentType) -> None:
    for at in range(len(data) - 4):
        for noise in (b"\xff\xff\xff\xff", b"\0\0\0\0"):
            try:
                develop(data[:at] + noise + data[at + 4 :], content_type)
            except Unusable:
                continue
