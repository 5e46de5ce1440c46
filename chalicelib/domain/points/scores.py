"""A courier's score of a period: what ranking goes by (DOMAIN §3).

A period is a local month (`2026-11`), quarter (`2026-Q4`), year (`2026`), or `ever`. What counts of an entry counts in
the periods of its own local day, whenever it arrives.
"""

from dataclasses import dataclass, replace
from datetime import datetime

EVER = "ever"
YEAR, MONTH = slice(0, 4), slice(0, 7)  # of `2026-11-23`


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """`honour` points, how many of his reports were `solved`, and when he last earned; `version`: writes."""

    honour: int = 0
    solved: int = 0
    last_at: datetime | None = None
    version: int = 0


def periods(day: str) -> tuple[str, str, str, str]:
    """The periods that a local day lies in, the shortest first."""
    quarter = (int(day[5:7]) + 2) // 3
    return day[MONTH], f"{day[YEAR]}-Q{quarter}", day[YEAR], EVER


def grown(score: Score, *, honour: int, solved: int, earned_at: datetime | None) -> Score:
    """The score with what an entry counts; `earned_at` where it is one that earns, None where it takes something away.

    What earns moves the last moment on even where a cap cuts it off: which of several is cut off depends on the order
    in which they arrive, and a place must not.
    """
    last = max(score.last_at or earned_at, earned_at) if earned_at else score.last_at
    return replace(score, honour=score.honour + honour, solved=score.solved + solved, last_at=last)
