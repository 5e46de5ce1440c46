"""What things are called, as shipped in `data/labels.csv`: for files that people open."""

import csv
from functools import cache
from pathlib import Path

LABELS = Path(__file__).parents[2] / "data" / "labels.csv"


@cache
def labels() -> dict[str, str]:
    """Every Chinese name by its key, read once a process."""
    return {key: zh for key, (zh, _) in both().items()}


@cache
def both() -> dict[str, tuple[str, str]]:
    """Every name by its key, Chinese and English, read once a process."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["key"]: (row["zh"], row["en"]) for row in csv.DictReader(file)}
