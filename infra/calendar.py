"""Writes `chalicelib/data/calendar.csv` from `chinesecalendar`, which knows a year once it is announced.

`python -m infra.calendar` after that package was updated; a township then imports the file as its new edition.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from chinese_calendar import Holiday  # type: ignore[import-untyped]  # the package has no types
from chinese_calendar.constants import holidays, workdays  # type: ignore[import-untyped]  # as above

TARGET = Path(__file__).parent.parent / "chalicelib" / "data" / "calendar.csv"
FIRST_YEAR = 2023  # the pilot began in April 2023: nothing is older
HEAD = (
    ("entry", "value", "zh", "en"),
    ("hours.WH", "08:00-12:00 14:00-18:00", "工作时间", "working hours"),
    ("hours.DAY", "07:00-22:00", "每日7时至22时", "by day, every day"),
)

type Row = tuple[str, str, str, str]


def calendar() -> str:
    """The whole file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(_rows())
    return text.getvalue()


def _rows() -> Iterator[Row]:
    yield from HEAD
    for year in range(FIRST_YEAR, max(holidays).year + 1):
        yield "year", str(year), f"{year}年放假安排已公布", f"the holidays of {year} are announced"
        days = {day: name for known in (holidays, workdays) for day, name in known.items() if day.year == year}
        yield from (_row(day, Holiday(days[day])) for day in sorted(days))


def _row(day: date, holiday: Holiday) -> Row:
    if day in workdays:
        return "work", day.isoformat(), f"{holiday.chinese}调休上班", f"make-up workday for {holiday.value}"
    return "off", day.isoformat(), holiday.chinese, holiday.value


if __name__ == "__main__":
    TARGET.write_text(calendar(), encoding="utf-8")
