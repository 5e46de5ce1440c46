"""What things are called in Chinese, as shipped in `data/labels.csv`: for files that people open."""

import csv
from functools import cache
from pathlib import Path

LABELS = Path(__file__).parents[2] / "data" / "labels.csv"


@cache
def labels() -> dict[str, str]:
    """Every name by its key, read once a process."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["key"]: row["zh"] for row in csv.DictReader(file)}
