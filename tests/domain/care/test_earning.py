"""What a visit earns, row by row."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.care.earning import EARNS, earned
from chalicelib.domain.happenings import Thing, happened
from chalicelib.domain.points import rules
from tests.builders import DATA, TOWNSHIP

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ROWS: list[tuple[str, dict[str, object], tuple[tuple[str, int], ...]]] = [
    ("done", {"service": "meal", "proof": "code"}, (("P21", 1),)),
    ("done", {"service": "meal", "proof": None}, ()),
    ("done", {"service": "medicine", "proof": "card", "seal_intact": True}, (("P22", 1),)),
    ("done", {"service": "medicine", "proof": "card", "seal_intact": False}, ()),
    ("done", {"service": "visit"}, (("P23", 1),)),
    ("left_behind", {"service": "meal", "proof": "photo"}, (("P21", 1),)),
    ("taken_over", {"service": "visit", "why": "no_answer"}, (("P23", 1),)),
    ("taken_over", {"service": "visit", "why": "by_hand"}, ()),
    ("taken_over", {"service": "meal", "why": "no_answer"}, ()),
    ("anomaly_verified", {"service": "meal"}, (("P24", 1),)),
    ("no_show", {"service": "medicine"}, (("P93", 1),)),
    ("called_back", {"service": "meal"}, ()),
    ("settled", {"service": "meal"}, ()),
]


@pytest.mark.parametrize(("deed", "facts", "earns"), ROWS)
def test_each_deed_earns_what_its_row_says(deed: str, facts: dict[str, object], earns: object) -> None:
    line = happened(
        Thing.VISIT,
        "p1.20261123",
        number=3,
        deed=deed,
        at=NOW,
        actor_id="system",
        as_role="clock",
        township=TOWNSHIP,
        person_id="c1",
        facts=facts,
    )
    assert earned(line) == earns


def test_each_rule_is_one_of_the_points_rules() -> None:
    known = {one.code for one in rules.read((DATA / "points_rules.csv").read_bytes()).rules}
    assert {code for code, _ in EARNS.values()} <= known
