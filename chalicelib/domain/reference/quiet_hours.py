"""When couriers of an employer have their peaks, by the kind of employer (`data/quiet_hours.csv`, DOMAIN §4).

What lies in a peak is not offered to them. An employer is of the kind that names it, or a part of its name; of the kind
that names none where no other does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from chalicelib.domain.reference.tables import parsed

TABLE = "quiet_hours"
COLUMNS = ("type", "employers", "peaks", "zh", "en")

type Span = tuple[time, time]  # local, the end not included


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of employer: parts of their names, in small letters, and when their couriers have their peaks."""

    name: str
    employers: tuple[str, ...]
    peaks: tuple[Span, ...]
    zh: str
    en: str


def peaks(kinds: Iterable[Kind], employer: str) -> tuple[Span, ...]:
    """When the couriers of this employer have their peaks."""
    every, name = tuple(kinds), employer.casefold()
    named = (kind for kind in every if any(part in name for part in kind.employers))
    found = next(named, None) or next((kind for kind in every if not kind.employers), None)
    return found.peaks if found else ()


def read(body: bytes) -> tuple[Kind, ...]:
    """Parse an edition: each name of an employer once, one kind at most that names none. Raises Invalid naming the
    line."""
    seen: set[str] = set()

    def parse(cells: dict[str, str]) -> Kind:
        kind = _kind(cells)
        names = {f"type {kind.name}", *(kind.employers or ("",))}
        if seen & names:
            raise ValueError("employers")
        seen.update(names)
        return kind

    return tuple(parsed(TABLE, body, COLUMNS, parse))


def _kind(cells: dict[str, str]) -> Kind:
    if not cells["type"].isidentifier() or not (cells["zh"] and cells["en"]):
        raise ValueError("type")
    spans = tuple(_span(text) for text in cells["peaks"].split())
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise ValueError("peaks")
    employers = tuple(cells["employers"].casefold().split())
    return Kind(name=cells["type"], employers=employers, peaks=spans, zh=cells["zh"], en=cells["en"])


def _span(text: str) -> Span:
    begins, ends = (time.fromisoformat(part) for part in text.split("-"))
    if text != f"{begins:%H:%M}-{ends:%H:%M}" or begins >= ends:
        raise ValueError("peaks")
    return begins, ends
