"""The kinds of N teams a township has (`data/team_kinds.csv`, 2+N): legal help, counselling, emergency."""

import re
from dataclasses import dataclass

from chalicelib.domain.reference.tables import parsed

TABLE = "team_kinds"
COLUMNS = ("kind", "zh", "en")
AREA = "area"  # 两员一片一网: no kind of this table, every township has it
AREA_NAME = ("两员一片一网", "Area team")
ID = re.compile(r"[a-z][a-z_]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamKind:
    """One row, or the kind of area teams."""

    id: str
    zh: str
    en: str


def read(body: bytes) -> dict[str, TeamKind]:
    """Parse an edition. Raises Invalid naming the line, also where a row takes the name of the area teams."""
    kinds: dict[str, TeamKind] = {}

    def parse(cells: dict[str, str]) -> None:
        kind = TeamKind(id=cells["kind"], zh=cells["zh"].strip(), en=cells["en"].strip())
        if not ID.fullmatch(kind.id) or kind.id in (AREA, *kinds):
            raise ValueError("kind")
        if not kind.zh or not kind.en:
            raise ValueError("zh, en")
        kinds[kind.id] = kind

    parsed(TABLE, body, COLUMNS, parse)
    return kinds


def named(kinds: dict[str, TeamKind], id: str) -> TeamKind:
    """The kind with that id; one that the table names no longer goes by its id."""
    if id == AREA:
        return TeamKind(id=AREA, zh=AREA_NAME[0], en=AREA_NAME[1])
    return kinds.get(id) or TeamKind(id=id, zh=id, en=id)
