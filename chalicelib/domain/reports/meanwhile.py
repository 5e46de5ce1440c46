"""What became of a report since somebody read it: the other change, told to whoever was too late (docs/adr/0037)."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.events import Event, Standing
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.model import Report, Status

MOST = 20  # lines: the newest ones of a report that was read long ago
FIELDS = ("status", "holder", "assignee", "department", "kind", "severity", "klass", "due_at", "grid", "village")
STAFFS_FIELDS = frozenset({"assignee"})  # who of the holder has it, as on a card


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field of the report's standing, and what it was `before` and `after` a line of history."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanwhile:
    """The report as it stands now, and the lines since, oldest first, as far as the caller may read them."""

    version: int
    status: Status
    changes: list[tuple[Event, list[FieldChange]]]


class ChangedMeanwhile(StaleVersion):
    """Raised when someone else changed a report since the caller read it; `meanwhile` tells what."""

    meanwhile: Meanwhile


def told(plain: StaleVersion, report: Report, lines: Iterable[Event], *, by: Actor) -> ChangedMeanwhile:
    """The same refusal with the other changes in it. Raises NotFound where the report is out of his sight by now."""
    seen_as = sight.require_sight(by, report)
    internal = sight.reads_internal(seen_as)
    refusal = ChangedMeanwhile(plain.rule, **plain.facts)
    refusal.meanwhile = Meanwhile(
        version=report.version,
        status=report.status,
        changes=[
            (sight.masked(line, seen_as), _changed(line, internal=internal))
            for line in lines
            if internal or not line.internal
        ],
    )
    return refusal


def _changed(line: Event, *, internal: bool) -> list[FieldChange]:
    if line.was is None:
        return []
    pairs = [(name, _shown(line.was, name), _shown(line.standing, name)) for name in FIELDS]
    return [
        FieldChange(field=name, before=before, after=after)
        for name, before, after in pairs
        if before != after and (internal or name not in STAFFS_FIELDS)
    ]


def _shown(standing: Standing, name: str) -> str | None:
    """Of a reporter who is asked, only that it is he: who he is, the centre alone may know."""
    value = getattr(standing, name)
    if value is None:
        return None
    if name == "due_at":
        return str(value.isoformat())
    asked = name == "holder" and value.startswith(f"{Role.COURIER}:")
    return str(Role.COURIER) if asked else str(value)
