"""What Fenjian says to people, Chinese and English, as shipped in `data/`."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"


@cache
def refusals() -> dict[str, tuple[str, str]]:
    """Every rule's sentence, and every error class's title, with `{fact}` blanks."""
    return _read("refusals.csv", "rule")


@cache
def texts() -> dict[str, tuple[str, str]]:
    """Everything else."""
    return _read("texts.csv", "key")


@cache
def labels() -> dict[str, tuple[str, str]]:
    """What things are called: statuses, actions, roles, and the chapters and operations of the documentation."""
    return _read("labels.csv", "key")


@cache
def accounts() -> dict[str, str]:
    """What each operation does, in Chinese: one paragraph. The English is its view's docstring."""
    return {key: zh for key, (zh, _) in _read("docs/operations.csv", "operation").items()}


@cache
def shapes() -> dict[str, str]:
    """What each body is for, in Chinese: one paragraph. The English is its Struct's docstring."""
    return {key: zh for key, (zh, _) in _read("docs/shapes.csv", "shape").items()}


@cache
def examples() -> dict[str, Any]:
    """What the documentation shows: a body for each operation and action, answers, and a problem."""
    found: dict[str, Any] = json.loads((DATA / "docs" / "examples.json").read_text(encoding="utf-8"))
    return found


@cache
def rules() -> dict[str, list[str]]:
    """The rules that refuse under each code."""
    with (DATA / "docs" / "rules.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {code: [row["rule"] for row in rows if row["code"] == code] for code in {row["code"] for row in rows}}


def _read(name: str, key: str) -> dict[str, tuple[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {row[key]: (row["zh"], row.get("en", "")) for row in csv.DictReader(file)}
