"""What is counted of the care relay, volunteering, activities, look-outs and teams: how often something was done on a
local day in a village (docs/adr/0048)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chalicelib.domain.happenings import Thing


class ServiceColumn(StrEnum):
    """One number each."""

    BENEFICIARIES = "beneficiaries"  # raised by a village
    VISITS_PLANNED = "visits_planned"
    VISITS_OFFERED = "visits_offered"
    VISITS_DECLINED = "visits_declined"
    VISITS_DONE = "visits_done"
    VISITS_CALLED_OFF = "visits_called_off"
    VISITS_MISSED = "visits_missed"
    CENTRE_ALARMED = "centre_alarmed"  # nobody had it as its window came near
    HOURS_CONFIRMED = "hours_confirmed"  # volunteers whose hours somebody confirmed
    VOLUNTEERS_ABSENT = "volunteers_absent"
    MEDIATIONS = "mediations"
    LOOKOUTS = "lookouts"
    ATTENDED = "attended"  # couriers at activities
    ABSENT = "absent"
    CERTIFICATES = "certificates"


C = ServiceColumn
COUNTED: Mapping[tuple[Thing, str], ServiceColumn] = {
    (Thing.BENEFICIARY, "raised"): C.BENEFICIARIES,
    (Thing.VISIT, "planned"): C.VISITS_PLANNED,
    (Thing.VISIT, "offered"): C.VISITS_OFFERED,
    (Thing.VISIT, "declined"): C.VISITS_DECLINED,
    (Thing.VISIT, "done"): C.VISITS_DONE,
    (Thing.VISIT, "called_off"): C.VISITS_CALLED_OFF,
    (Thing.VISIT, "missed"): C.VISITS_MISSED,
    (Thing.VISIT, "alarmed"): C.CENTRE_ALARMED,
    (Thing.SLOT, "confirmed"): C.HOURS_CONFIRMED,
    (Thing.SLOT, "absent"): C.VOLUNTEERS_ABSENT,
    (Thing.SLOT, "mediated"): C.MEDIATIONS,
    (Thing.LOOKOUT, "asked"): C.LOOKOUTS,
    (Thing.ACTIVITY, "attended"): C.ATTENDED,
    (Thing.ACTIVITY, "absent"): C.ABSENT,
    (Thing.CERTIFICATE, "issued"): C.CERTIFICATES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """On a local day, in a village ("" where it has none), what was done how often."""

    day: str
    village: str
    thing: str
    deed: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """The numbers of a village ("" for what is of the township); nought where a column is not named."""

    village: str
    counts: Mapping[ServiceColumn, int] = field(default_factory=dict)


def rows(found: Iterable[Count], areas: tuple[str, ...]) -> list[ServiceRow]:
    """Added up by village, of what lies in these areas; what is of no village belongs to who sees all of a township."""
    sums: dict[str, dict[ServiceColumn, int]] = {}
    for one in found:
        column = COUNTED.get((Thing(one.thing), one.deed))
        if column and (one.village or areas[0][:9]).startswith(areas):
            counts = sums.setdefault(one.village, {})
            counts[column] = counts.get(column, 0) + one.number
    return [ServiceRow(village=village, counts=counts) for village, counts in sorted(sums.items())]
