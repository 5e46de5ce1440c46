"""Who hears of what happens to a visit, in which words of `messages.csv`. Nobody reads a door or a name there.

A courier whose visit is not needed hears no reason; the village hears what became of its elders' visits, the centre
that nobody has one whose window is near.
"""

from collections.abc import Mapping
from enum import StrEnum


class Whom(StrEnum):
    """Who hears it."""

    COURIER = "courier"  # the happening's `person_id`
    VILLAGE = "village"  # who holds the village's post
    CENTRE = "centre"


TOLD: Mapping[str, tuple[tuple[Whom, str], ...]] = {
    "offered": ((Whom.COURIER, "care_offered"),),
    "accepted": ((Whom.VILLAGE, "care_accepted"),),
    "assigned": ((Whom.COURIER, "care_assigned"), (Whom.VILLAGE, "care_accepted")),
    "called_off": ((Whom.COURIER, "care_called_off"),),
    "withdrawn": ((Whom.COURIER, "care_withdrawn"),),
    "move_asked": ((Whom.COURIER, "care_move_asked"),),
    "move_withdrawn": ((Whom.COURIER, "care_move_withdrawn"),),
    "move_agreed": ((Whom.VILLAGE, "care_moved"),),
    "moved": ((Whom.COURIER, "care_moved_away"),),  # where somebody was asked
    "move_unanswered": ((Whom.VILLAGE, "care_move_unanswered"),),
    "released": ((Whom.COURIER, "care_released"),),
    "alarmed": ((Whom.CENTRE, "care_alarmed"),),
    "missed": ((Whom.VILLAGE, "care_missed"), (Whom.CENTRE, "care_missed")),
}
