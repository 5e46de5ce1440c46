"""When couriers of an employer's kind are at their busiest, and are not pushed to (`data/quiet_hours.csv`), and which
kind an employer is of (`data/employers.csv`): meal peaks for who brings meals, rounds of parcels for who brings those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.tables import parsed

TABLE, EMPLOYERS = "quiet_hours", "employers"
COLUMNS, EMPLOYER_COLUMNS = ("employer_type", "zh", "en", "start", "end"), ("employer", "employer_type")
MOST_MINUTES = 8 * 60  # of a day: who is never pushed to hears nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """From when until when of a local day."""

    start: time
    end: time

    def holds(self, at: datetime) -> bool:
        """Whether the instant lies in it."""
        return self.start <= at.astimezone(ZONE).time() < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """One edition: the peaks of each type of employer."""

    by_type: Mapping[str, tuple[Peak, ...]]

    def any_at(self, at: datetime) -> bool:
        """Whether it is a peak of anybody."""
        return any(peak.holds(at) for peaks in self.by_type.values() for peak in peaks)

    def over_at(self, employer_type: str, at: datetime) -> datetime:
        """When the peak that `at` lies in is over for this type of employer (UTC); `at` itself in none."""
        for peak in self.by_type.get(employer_type, ()):
            if peak.holds(at):
                return datetime.combine(at.astimezone(ZONE).date(), peak.end, ZONE).astimezone(UTC)
        return at


def type_of(employer: str, types: Mapping[str, str]) -> str:
    """The type of who calls his employer so: that of the longest listed name in it; empty for one that is not listed.

    `types`: the type of each listed employer.
    """
    listed = [name for name in types if name in employer]
    return types[max(listed, key=len)] if listed else ""


def read(body: bytes) -> QuietHours:
    """Parse an edition. Raises Invalid naming the line."""
    by_type: dict[str, tuple[Peak, ...]] = {}

    def parse(cells: dict[str, str]) -> None:
        known = by_type.get(cells["employer_type"], ())
        peak = Peak(start=time.fromisoformat(cells["start"]), end=time.fromisoformat(cells["end"]))
        if not (cells["employer_type"] and cells["zh"] and cells["en"]) or peak.start >= peak.end:
            raise ValueError("start, end")
        if any(peak.start < other.end and other.start < peak.end for other in known):
            raise ValueError("start")
        if sum(map(_minutes, (*known, peak))) > MOST_MINUTES:
            raise ValueError("end")
        by_type[cells["employer_type"]] = (*known, peak)

    parsed(TABLE, body, COLUMNS, parse)
    return QuietHours(by_type=by_type)


def read_employers(body: bytes) -> Mapping[str, str]:
    """Parse an edition: the type of each employer. Raises Invalid naming the line."""
    types: dict[str, str] = {}

    def parse(cells: dict[str, str]) -> None:
        if not (cells["employer"] and cells["employer_type"]) or cells["employer"] in types:
            raise ValueError(cells["employer"])
        types[cells["employer"]] = cells["employer_type"]

    parsed(EMPLOYERS, body, EMPLOYER_COLUMNS, parse)
    return types


def check_types(types: Iterable[str], hours: QuietHours) -> None:
    """Whether each employer's type has its hours. Raises Invalid (`reference_lacks`)."""
    if missing := set(types).difference(hours.by_type):
        raise Invalid("reference_lacks", table=EMPLOYERS, missing=", ".join(sorted(missing)))


def _minutes(peak: Peak) -> int:
    return (peak.end.hour - peak.start.hour) * 60 + peak.end.minute - peak.start.minute
