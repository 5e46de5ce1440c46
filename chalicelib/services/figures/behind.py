"""Use case: the reports behind a number. The list is as long as the number, for it was written together with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from chalicelib.domain.figures.columns import Column
from chalicelib.domain.figures.figures import Cell
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import months
from chalicelib.domain.reports import audited, sight
from chalicelib.domain.reports.model import Report
from chalicelib.services.figures import indicators
from chalicelib.services.figures.indicators import Question, Reading
from chalicelib.services.people import looks
from chalicelib.store import cursors
from chalicelib.store.figures import figures as store
from chalicelib.store.figures.figures import Entry
from chalicelib.store.reports import reports

# Of a cursor: the day, and how many of that day were told already. It names no report, which might be a secret.
type Position = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A report behind the number, and the day it counts on."""

    day: str
    body: str
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of them; `hidden` is how many of this page the caller may count and not see."""

    counted: list[Counted]
    hidden: int
    cursor: str | None


def page(question: Question, column: Column, *, by: Actor, limit: int, cursor: str | None, now: datetime) -> Page:
    """The reports behind a column of the question's total, by day: a query a month and page, and one for the reports.

    Summed over all pages, `counted` and `hidden` are the number. An auditor's look is noted.

    Raises Forbidden and Invalid as the question does.
    """
    day, told = cursors.opened(cursor, Position) if cursor else ("", 0)
    read = indicators.reading(question, by=by, now=now)
    left = islice(_behind(question, column, read, since=max(day, read.period.first)), told, None)
    found = list(islice(left, limit + 1))
    shown = found[:limit]
    heads = {report.id: report for report in reports.several(sorted({entry.report_id for entry in shown}))}
    counted = [
        Counted(day=entry.day, body=entry.body, report=audited.as_read(head, by))
        for entry in shown
        if (head := heads.get(entry.report_id)) and _is_shown(head, by)
    ]
    looks.note(by, f"figures:{read.township}:{column}:{read.period.first}", township=read.township, now=now)
    return Page(
        counted=counted,
        hidden=len(shown) - len(counted),
        cursor=cursors.sealed(_position(shown, day, told)) if len(found) > limit else None,
    )


def _is_shown(head: Report, by: Actor) -> bool:
    """A number is asked for by area: what is confidential would be placed by it for an auditor."""
    seen_as = sight.viewers(by, head)
    return bool(seen_as) and not audited.hides(head, seen_as)


def _behind(question: Question, column: Column, read: Reading, *, since: str) -> Iterator[Entry]:
    for month in months(since, read.period.last):
        for entry in store.behind(read.township, month, since, read.period.last):
            cell = Cell(area=entry.area, kind=entry.kind, body=entry.body)
            asked = column in entry.columns and question.only.holds(cell)
            if asked and read.scope.holds(cell, read.secret):
                yield entry


def _position(shown: list[Entry], day: str, told: int) -> Position:
    last = shown[-1].day
    of_that_day = sum(entry.day == last for entry in shown)
    return last, of_that_day + (told if last == day else 0)
