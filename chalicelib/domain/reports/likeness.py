"""Which reports look like the same matter: the same kind near by, or nearly the same photo (DOMAIN §2 Duplicates)."""

from collections.abc import Iterable

BITS = 64
BANDS = 4
WIDTH = BITS // BANDS
MOST_DIFFERENT = BANDS - 1  # of hashes that differ in fewer bits than there are bands, one band is equal
FLAT = frozenset({"0" * (WIDTH // 4), "f" * (WIDTH // 4)})  # of a wall or of the night: like any other


def bands(dhash: str) -> tuple[str, ...]:
    """What the hash of a photo is filed under: its bands with their number (`0#a3f1`), but for those that tell nothing.

    Two hashes that differ in at most three of 64 bits share one of four bands (by the pigeonhole principle).
    """
    size = WIDTH // 4
    cut = [dhash[number * size : (number + 1) * size] for number in range(BANDS)]
    return tuple(f"{number}#{band}" for number, band in enumerate(cut) if band not in FLAT)


def difference(one: str, other: str) -> int:
    """In how many bits two hashes differ (Hamming distance)."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def nearest(own: Iterable[str], dhash: str) -> int:
    """The least difference of any of one's own hashes to this one."""
    return min((difference(one, dhash) for one in own), default=BITS)
