"""What closing takes, kind by kind (DOMAIN §2, `data/closing.csv`): the most specific row counts."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.tables import parsed

NAME = "closing"
COLUMNS = ("scope", "photos", "excused", "answer_chars", "recheck", "blind_percent", "zh", "en")
EVERY = "*"  # the row of what has no row of its own
GROUP = 2  # digits of a group's code
MOST_PHOTOS = 9
LONGEST_ANSWER = 500


class Excused(StrEnum):
    """Who may give a reason in the place of photos."""

    NOBODY = "nobody"
    VILLAGE = "village"
    ANYONE = "anyone"


class Look(StrEnum):
    """How a re-checker must know."""

    ANY = "any"
    ON_SITE = "on_site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """A row: `photos` of the result at least, and who is excused from them; characters of the public answer at least;
    how the re-checker looks; the share of closings (percent) that a courier looks at once more. `zh`, `en`: why."""

    scope: str
    photos: int
    excused: Excused
    answer_chars: int
    look: Look
    blind_percent: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """One edition, by scope: a kind, a group of kinds, or every one."""

    by_scope: dict[str, Conditions]

    def of(self, kind: str | None) -> Conditions:
        """What holds for this kind; for what has none yet, what holds for every one."""
        scopes = (kind, kind[:GROUP], EVERY) if kind else (EVERY,)
        return next(self.by_scope[scope] for scope in scopes if scope in self.by_scope)


def read(body: bytes) -> Closing:
    """Parse an edition. Raises Invalid naming the line, and `reference_lacks` without a row for every kind."""
    found: dict[str, Conditions] = {}

    def parse(cells: dict[str, str]) -> None:
        row = _row(cells)
        if row.scope in found:
            raise ValueError("scope")
        found[row.scope] = row

    parsed(NAME, body, COLUMNS, parse)
    if EVERY not in found:
        raise Invalid("reference_lacks", table=NAME, missing=EVERY)
    return Closing(by_scope=found)


def _row(cells: dict[str, str]) -> Conditions:
    return Conditions(
        scope=_cell(cells, "scope", lambda cell: cell == EVERY or (cell.isdecimal() and len(cell) in (2, 4))),
        photos=_number(cells, "photos", MOST_PHOTOS),
        excused=Excused(cells["excused"]),
        answer_chars=_number(cells, "answer_chars", LONGEST_ANSWER),
        look=Look(cells["recheck"]),
        blind_percent=_number(cells, "blind_percent", 100),
        zh=_cell(cells, "zh", lambda cell: bool(cell.strip())),
        en=_cell(cells, "en", lambda cell: bool(cell.strip())),
    )


def _number(cells: dict[str, str], column: str, most: int) -> int:
    return int(_cell(cells, column, lambda cell: cell.isdecimal() and cell.isascii() and int(cell) <= most))


def _cell(cells: dict[str, str], column: str, fits: Callable[[str], bool]) -> str:
    if not fits(cells[column]):
        raise ValueError(column)
    return cells[column]
