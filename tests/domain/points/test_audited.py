"""What the auditor reads of the ledger: who has points, or what for, and never both."""

from dataclasses import replace

import msgspec
import pytest

from chalicelib.domain.points import audited
from tests.domain.points.test_caps import back, entry


@pytest.mark.parametrize("given", [entry(1, 10), back(entry(1, 10)), replace(entry(1, 10), cap=None)])
def test_points_are_read_by_whose_they_are_or_by_what_for_never_by_both(given: object) -> None:
    whose, what_for = (msgspec.json.encode(read(given)).decode() for read in (audited.by_courier, audited.by_day))  # type: ignore[arg-type]
    assert "r1" not in whose and '"report_id":"r1"' in what_for
    assert "courier:c" not in whose + what_for and '"c"' not in whose + what_for


def test_of_ones_entries_the_day_is_told_and_not_the_instant() -> None:
    read = audited.by_courier(back(entry(1, 10)))
    assert (read.at, read.day, read.points) == (None, "2026-11-23", -10)
