"""The numbers that rules speak of: days, minutes, counts, shares (`data/numbers.csv`). A township edits them."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.reference.tables import parsed

COLUMNS = ("name", "value", "unit", "zh", "en")
UNITS = frozenset({"days", "hours", "minutes", "seconds", "times", "percent", "years", "metres", "level"})
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """One edition: values by name. A name that the edition lacks is a KeyError: `read` checks nothing but the shape."""

    values: dict[str, float]

    def of(self, name: str) -> float:
        """The plain number, in the unit its row names."""
        return self.values[name]

    def count(self, name: str) -> int:
        """A number of times."""
        return int(self.values[name])

    def days(self, name: str) -> timedelta:
        """A number of days."""
        return timedelta(days=self.values[name])

    def hours(self, name: str) -> timedelta:
        """A number of hours."""
        return timedelta(hours=self.values[name])

    def minutes(self, name: str) -> timedelta:
        """A number of minutes."""
        return timedelta(minutes=self.values[name])


def read(body: bytes) -> Numbers:
    """Parse an edition. Raises Invalid naming the line."""
    values: dict[str, float] = {}

    def parse(cells: dict[str, str]) -> None:
        value = float(cells["value"])
        if cells["unit"] not in UNITS or cells["name"] in ("", *values) or not 0 <= value <= LARGEST:
            raise ValueError(cells["name"])
        values[cells["name"]] = value

    parsed("numbers", body, COLUMNS, parse)
    return Numbers(values=values)
