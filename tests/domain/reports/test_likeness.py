"""Photos that are nearly the same are found by the bands of their hashes."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.reports import likeness

hashes = st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}")


@given(hashes, st.sets(st.integers(0, 63), max_size=likeness.MOST_DIFFERENT))
def test_hashes_that_differ_in_few_bits_share_a_band_unless_it_tells_nothing(dhash: str, flipped: set[int]) -> None:
    other = f"{int(dhash, 16) ^ sum(1 << bit for bit in flipped):016x}"
    assert likeness.difference(dhash, other) == len(flipped)
    cut = [[one[n * 4 : n * 4 + 4] for n in range(4)] for one in (dhash, other)]
    alike = [a for a, b in zip(*cut, strict=True) if a == b]
    assert alike
    if set(alike) - likeness.FLAT:
        assert set(likeness.bands(dhash)) & set(likeness.bands(other))


def test_a_wall_and_the_night_are_filed_under_nothing() -> None:
    assert likeness.bands("0" * 16) == () == likeness.bands("f" * 16)
    assert likeness.bands("0000a3f1ffff0001") == ("1#a3f1", "3#0001")


def test_the_nearest_of_several_counts() -> None:
    assert likeness.nearest(["0000000000000000", "00000000000000ff"], "00000000000000fe") == 1
    assert likeness.nearest([], "00000000000000fe") == 64
