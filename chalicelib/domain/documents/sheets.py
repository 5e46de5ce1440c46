"""A monthly report as the sheets of a workbook: Chinese first, English beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chalicelib.domain.documents.monthly import Correction, Monthly, Part, Row
from chalicelib.domain.reference.calendar import ZONE

type Both = tuple[str, str]
type Words = Mapping[str, Both]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, shown in per cent; of nothing there is no share."""

    part: int
    whole: int


type Cell = str | int | Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table under a heading in Chinese and one in English; the first `fixed` columns stay in sight."""

    title: str
    headings: tuple[Both, ...]
    rows: tuple[tuple[Cell, ...], ...]
    fixed: int = 1


# What is divided by the sum of what (DOMAIN §2 Figures).
SHARES: dict[str, tuple[str, tuple[str, ...]]] = {
    "response_rate": ("responded", ("due",)),
    "solved_rate": ("solved", ("reviewed",)),
    "answer_rate": ("answered", ("asked",)),
    "satisfaction": ("satisfied", ("answered",)),
    "on_time_rate": ("on_time", ("on_time", "late", "overdue")),
}
TABLES = (Part.VILLAGE, Part.DEPARTMENT, Part.GROUP)


def sheets(report: Monthly, columns: Iterable[str], words: Words) -> list[Sheet]:
    """What it is, the whole, each part in a table, and what became different of earlier months.

    `words` has a word for each sheet, heading and column; see `data/labels.csv`.
    """
    names = list(columns)
    parts = [_table(part, [row for row in report.rows if row.part is part], names, words) for part in TABLES]
    return [_about(report, words), _whole(report, names, words), *parts, _corrections(report, words)]


def share(counts: Mapping[str, int], name: str) -> Share:
    """One of the rates, from the counts that it is made of."""
    part, whole = SHARES[name]
    return Share(counts.get(part, 0), sum(counts.get(one, 0) for one in whole))


def _about(report: Monthly, words: Words) -> Sheet:
    said = {
        "id": report.id,
        "township": report.township,
        "period": f"{report.first} – {report.last}",
        "as_of": f"{report.as_of.astimezone(ZONE):%Y-%m-%d %H:%M}",
        "made_by": report.made_by or words["monthly.by_itself"][0],
    }
    rows: list[tuple[Cell, ...]] = [(*words[f"monthly.{name}"], value) for name, value in said.items()]
    rows += [(*words["monthly.edition"], f"{name} {version}") for name, version in sorted(report.editions.items())]
    headings = _headings(("item", "item_en", "value"), words)
    return Sheet(title=words["monthly.about"][0], headings=headings, rows=tuple(rows))


def _whole(report: Monthly, columns: list[str], words: Words) -> Sheet:
    counts = next((row.counts for row in report.rows if row.part is Part.WHOLE), {})
    values = zip(_figures(columns, words), _values(counts, columns), strict=True)
    rows = tuple((zh, en, value) for (zh, en), value in values)
    headings = _headings(("figure", "figure_en", "value"), words)
    return Sheet(title=words["monthly.whole"][0], headings=headings, rows=rows)


def _table(part: Part, found: list[Row], columns: list[str], words: Words) -> Sheet:
    headings = (*_headings(("code", "name", "name_en"), words), *_figures(columns, words))
    rows = tuple((row.key, row.zh, row.en, *_values(row.counts, columns)) for row in found)
    return Sheet(title=words[f"monthly.{part}"][0], headings=headings, rows=rows, fixed=3)


def _corrections(report: Monthly, words: Words) -> Sheet:
    names = ("month", "scope", "code", "name", "name_en", "figure", "figure_en", "before", "after")
    rows = tuple(_corrected(one, words) for one in report.corrections)
    return Sheet(title=words["monthly.corrections"][0], headings=_headings(names, words), rows=rows)


def _corrected(one: Correction, words: Words) -> tuple[Cell, ...]:
    zh, en = words.get(f"figure.{one.column}", (one.column, one.column))
    return (one.month, words[f"monthly.{one.part}"][0], one.key, one.zh, one.en, zh, en, one.before, one.after)


def _headings(names: Iterable[str], words: Words) -> tuple[Both, ...]:
    return tuple(words[f"monthly.{name}"] for name in names)


def _figures(columns: Iterable[str], words: Words) -> Iterator[Both]:
    """What the columns are called, counts first."""
    yield from (words[f"figure.{name}"] for name in (*columns, *SHARES))


def _values(counts: Mapping[str, int], columns: Iterable[str]) -> Iterator[Cell]:
    yield from (counts.get(name, 0) for name in columns)
    yield from (share(counts, name) for name in SHARES)
