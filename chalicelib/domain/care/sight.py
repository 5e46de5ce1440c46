"""Least knowledge: what of a visit anybody may know, at which moment (DOMAIN §4, §6). One table, tested cell by cell.

Nobody who carries something learns a name, an illness or a phone: who has a question rings the village's duty phone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.care.terms import VisitState


class Viewer(StrEnum):
    """As whom somebody looks."""

    ASKED = "asked"  # a courier with an offer that is open
    TAKER = "taker"  # the courier who has it, or had it to its end
    VILLAGE = "village"  # staff of the beneficiary's village
    CENTRE = "centre"
    FAMILY = "family"  # the family contact, by a signed link
    AUDITOR = "auditor"
    STRANGER = "stranger"  # everybody else, other couriers and villages among them


class Moment(StrEnum):
    """When he looks."""

    BEFORE = "before"  # nobody has it, or its door is not open yet
    DOOR = "door"  # from an hour before the window until half an hour after it was done
    AFTER = "after"


class Field(StrEnum):
    """What may be known."""

    TIME = "time"  # the window, and which village
    LOAD = "load"  # "sealed bag, 2 items", how heavy; never which drug
    DOOR = "door"  # the address and how to get in
    CODE = "code"  # the four digits, which the elder tells
    NAME = "name"
    CONTACT = "contact"  # the family contact
    NOTES = "notes"  # what the village wrote down
    COURIER = "courier"  # his surname, photo and employer
    COURIER_ID = "courier_id"
    RESULT = "result"  # delivered; fine, watch or abnormal
    PROOF = "proof"  # the photo of the door
    LOOKS = "looks"  # who has looked


F, M, V = Field, Moment, Viewer
NOTHING: frozenset[Field] = frozenset()
ERRAND = frozenset({F.TIME, F.LOAD})
OFFICE = ERRAND | {F.DOOR, F.NAME, F.CONTACT, F.NOTES, F.COURIER, F.COURIER_ID, F.RESULT, F.PROOF, F.LOOKS}
COUNTED = frozenset({F.TIME, F.COURIER_ID, F.RESULT, F.LOOKS})

SHOWN: dict[tuple[Viewer, Moment], frozenset[Field]] = {
    (V.ASKED, M.BEFORE): ERRAND,
    (V.ASKED, M.DOOR): ERRAND,
    (V.ASKED, M.AFTER): NOTHING,  # an offer is not open then
    (V.TAKER, M.BEFORE): ERRAND,
    (V.TAKER, M.DOOR): ERRAND | {F.DOOR},
    (V.TAKER, M.AFTER): ERRAND,
    (V.VILLAGE, M.BEFORE): OFFICE | {F.CODE},  # it tells the elder
    (V.VILLAGE, M.DOOR): OFFICE | {F.CODE},
    (V.VILLAGE, M.AFTER): OFFICE,
    (V.CENTRE, M.BEFORE): OFFICE - {F.CONTACT},
    (V.CENTRE, M.DOOR): OFFICE,
    (V.CENTRE, M.AFTER): OFFICE - {F.CONTACT, F.DOOR},
    (V.FAMILY, M.BEFORE): frozenset({F.TIME, F.COURIER, F.LOOKS}),
    (V.FAMILY, M.DOOR): frozenset({F.TIME, F.COURIER, F.RESULT, F.LOOKS}),
    (V.FAMILY, M.AFTER): frozenset({F.TIME, F.RESULT, F.LOOKS}),
    (V.AUDITOR, M.BEFORE): COUNTED,
    (V.AUDITOR, M.DOOR): COUNTED,
    (V.AUDITOR, M.AFTER): COUNTED,
    (V.STRANGER, M.BEFORE): NOTHING,
    (V.STRANGER, M.DOOR): NOTHING,
    (V.STRANGER, M.AFTER): NOTHING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a visit is to be, and how long its door is open around that (`data/numbers.csv`)."""

    start: datetime
    end: datetime
    before: timedelta
    after: timedelta
    late: timedelta


def moment(window: Window, state: VisitState, *, taken: bool, done_at: datetime | None, now: datetime) -> Moment:
    """Which moment it is.

    Once somebody has the visit, its door opens `before` the window and shuts `after` it was done; where nobody says
    that it was, `late` after the window.
    """
    if state in (VisitState.CANCELLED, VisitState.MISSED):
        return M.AFTER
    if not taken or now < window.start - window.before:
        return M.BEFORE
    shuts = done_at + window.after if done_at else window.end + window.late
    return M.DOOR if now <= min(shuts, window.end + window.late) else M.AFTER


def shown(viewer: Viewer, at: Moment) -> frozenset[Field]:
    """What he may know then."""
    return SHOWN[viewer, at]
