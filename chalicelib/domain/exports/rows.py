"""A report as a row of the file: words instead of codes, local times, and of persons what the cover lets through."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.exports.cells import MARK, line
from chalicelib.domain.exports.covers import Cover, Shown, covered_name, covered_phone, covered_text
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.figures.figures import OUTSIDE
from chalicelib.domain.people.model import Post
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports.model import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Chinese names: of everything that `data/labels.csv` names, of kinds, of areas, of departments, by code."""

    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    areas: Mapping[str, str]
    departments: Mapping[str, str]

    def label(self, key: str) -> str:
        """What something is called; its key where nobody has named it."""
        return self.labels.get(key, key)

    def place(self, code: str | None) -> str:
        """A village or grid; a code that is no longer in force names itself."""
        return self.areas.get(code, code) if code else ""

    def post(self, post: Post | None) -> str:
        """`网格员 · 深青第一网格`."""
        if post is None:
            return ""
        scope = self.areas.get(post.scope) or self.departments.get(post.scope)
        return " · ".join(filter(None, (self.label(f"role.{post.role}"), scope)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who reported."""

    name: str
    phone: str


NOBODY = Person(name="", phone="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All that a row is made of."""

    report: Report
    text: str
    reporter: Person
    cover: Cover


type Column = Callable[[Entry, Words], str]

# Headings are labels `column.<name>`.
COLUMNS: dict[str, Column] = {
    "id": lambda e, w: e.report.id,
    "created_at": lambda e, w: local(e.report.created_at),
    "observed_at": lambda e, w: local(e.report.observed_at),
    "source": lambda e, w: w.label(f"source.{e.report.source}"),
    "kind": lambda e, w: _kind(e.report.nature.kind, w),
    "class": lambda e, w: w.label(f"class.{e.report.nature.klass}"),
    "severity": lambda e, w: str(e.report.nature.severity or ""),
    "confidential": lambda e, w: w.label("word.yes" if e.report.nature.confidential else "word.no"),
    "village": lambda e, w: w.place(e.report.place.village) or w.label(f"word.{OUTSIDE}"),
    "grid": lambda e, w: w.place(e.report.place.grid),
    "lat": lambda e, w: _coordinates(e, w)[0],
    "lon": lambda e, w: _coordinates(e, w)[1],
    "status": lambda e, w: w.label(f"status.{e.report.status}"),
    "holder": lambda e, w: w.post(e.report.holder),
    "department": lambda e, w: _departments((e.report.department,), w),
    "co_handlers": lambda e, w: _departments(e.report.co_handlers, w),
    "due_at": lambda e, w: local(e.report.due_at),
    "ended_at": lambda e, w: local(e.report.ended_at),
    "reopened": lambda e, w: str(e.report.reopened),
    "text": lambda e, w: _or_hidden(covered_text(e.text, e.cover.text), w),
    "reporter": lambda e, w: _or_hidden(covered_name(e.reporter.name, e.cover.reporter), w),
    "phone": lambda e, w: _or_hidden(covered_phone(e.reporter.phone, e.cover.reporter), w),
}


def opening(words: Words) -> bytes:
    """The mark of the encoding, and the headings."""
    return MARK + line(words.label(f"column.{name}") for name in COLUMNS)


def row(entry: Entry, words: Words) -> bytes:
    """The report's row."""
    return line(column(entry, words) for column in COLUMNS.values())


def closing(job: Job, rows: int, words: Words) -> bytes:
    """The last line: who took the file, when, what for, by which job; and how many rows, so that none gets lost.

    Last, not first: the headings stay in the first row, where filters and tables expect them.
    """
    facts = {
        "who": f"{job.requester_id}（{words.label(f'role.{job.role}')}）",
        "when": local(job.created_at),
        "purpose": job.purpose,
        "ground": words.label(f"ground.{job.ground}" if job.ground else "ground.none"),
        "job": job.id,
        "rows": str(rows),
    }
    stated = "；".join(f"{words.label(f'watermark.{name}')}：{fact}" for name, fact in facts.items())
    return line([f"{words.label('watermark')} {stated}"])


def local(at: datetime | None) -> str:
    """`2026-11-23 09:00` in the township's time."""
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}" if at else ""


def _kind(code: str | None, words: Words) -> str:
    return words.kinds.get(code, code) if code else words.label("word.unclassified")


def _departments(codes: tuple[str | None, ...], words: Words) -> str:
    return "、".join(words.departments.get(code, code) for code in codes if code)


def _coordinates(entry: Entry, words: Words) -> tuple[str, str]:
    """WGS-84, to a decimetre."""
    if entry.cover.spot is not Shown.CLEAR:
        return words.label("word.hidden"), words.label("word.hidden")
    point = entry.report.place.point
    return (f"{point.lat:.6f}", f"{point.lon:.6f}") if point else ("", "")


def _or_hidden(cell: str | None, words: Words) -> str:
    return words.label("word.hidden") if cell is None else cell
