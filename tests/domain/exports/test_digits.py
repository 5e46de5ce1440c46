"""A number to call is starred however it is written; what is surely a date, a time or a place can still be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.exports.digits import covered_digits

# What people put between the digits of a phone, with and without wanting to hide it.
SIGNS = (*" -.－—/,，、·_\n\t\u3000\u00a0\u200b", "——", "\r\n", "  ")
SCRIPTS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
MANY = 100_000


@pytest.mark.parametrize(
    "written",
    [
        "138.1234.5678",
        "138－1234－5678",
        "138—1234—5678",
        "138——1234——5678",
        "138 - 1234 - 5678",
        "138/1234/5678",
        "138,1234,5678",
        "138，1234，5678",
        "138_1234_5678",
        "138\n1234\n5678",
        "13 81 23 45 67 8",
        "1 3 8 1 2 3 4 5 6 7 8",
        "138\u30001234\u30005678",
        "138\u200b1234\u200b5678",
        "138 1234\t5678",
        "135.12345678",
        "(138)1234-5678",
    ],
)
def test_a_phone_is_starred_however_it_is_written(written: str) -> None:
    masked = covered_digits(f"请打{written}找我")
    assert masked.removeprefix("请打").removesuffix("找我").lstrip("(") in ("138****5678", "135****5678")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("１３８１２３４５６７８", "１３８****５６７８"),
        ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8", "138****5678"),
        ("身份证110105 19491231 002X。", "身份证110****002X。"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", "身份证１１０****００２Ｘ"),
        ("+86 138 1234 5678", "+861****5678"),
        ("座机608-1234", "座机*******"),
        ("2026-11-23 13812345678", "2026-11-23 138****5678"),
        ("2026-11-23，138-1234-5678", "2026-11-23 138****5678"),
        ("13812345678, 13912345679", "138****5679"),
    ],
)
def test_other_long_numbers_are_too(text: str, masked: str) -> None:
    assert covered_digits(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 14:05",
        "2026-11-23 14:05:30，3号楼2单元501",
        "2026/1/3 8:00-17:30",
        "2026.11.01～2026.11.30",
        "每天8:00-12:00",
        "在24.608512,117.979534附近",
        "117.979534，24.608512",
        "纬度24.608512，经度117.979534",
        "第100 200号，限高2.5米",
    ],
)
def test_dates_times_and_places_can_be_read(text: str) -> None:
    assert covered_digits(text) == text


@given(
    digits=st.tuples(st.sampled_from("013456789"), *[st.sampled_from("0123456789")] * 10),  # a year begins with 20
    signs=st.lists(st.just("") | st.sampled_from(SIGNS), min_size=10, max_size=10),
    script=st.sampled_from(SCRIPTS),
    around=st.sampled_from(["", "电话", "a", "\n"]),
)
def test_of_eleven_digits_the_middle_is_never_left(
    digits: tuple[str, ...], signs: list[str], script: str, around: str
) -> None:
    written = [script[int(digit)] for digit in digits]
    number = written[0] + "".join(sign + digit for sign, digit in zip(signs, written[1:], strict=True))
    masked = covered_digits(f"{around}{number}{around}")
    assert [sign for sign in masked if sign.isdecimal()] == written[:3] + written[-4:]


@pytest.mark.parametrize("unit", ["1", "1-", "1----", "13812345678 ", "2026-11-23 ", "24.6085,", "8:00-"])
def test_a_very_long_number_becomes_a_short_one(unit: str) -> None:
    text = (unit * MANY)[:MANY]
    assert len(covered_digits(text)) < 50


@pytest.mark.parametrize("unit", ["-", "1-----", "第1", "\u200b", "X"])
def test_what_is_no_long_number_stays_however_long(unit: str) -> None:
    text = (unit * MANY)[:MANY]
    assert covered_digits(text) == text
