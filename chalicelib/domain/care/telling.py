"""Who hears of what happens to a visit, in which words of `messages.csv`. Nobody reads a door or a name there.

A courier whose visit is not needed hears no reason; the village hears what became of its elders' visits, the centre
that nobody has one whose window is near, or that one goes wrong. Those on duty hear of a danger to life by the alarm
that its report raises, not by these.
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
    "called_back": ((Whom.COURIER, "care_called_back"),),
    "asked_after": ((Whom.COURIER, "care_asked_after"),),
    "gave_up": ((Whom.VILLAGE, "care_gave_up"),),
    "gave_up_late": ((Whom.VILLAGE, "care_gave_up_late"), (Whom.CENTRE, "care_gave_up_late")),
    "no_show": (
        (Whom.COURIER, "care_no_show_yours"),
        (Whom.VILLAGE, "care_no_show"),
        (Whom.CENTRE, "care_no_show"),
    ),
    "meal_late": ((Whom.VILLAGE, "care_meal_late"), (Whom.CENTRE, "care_meal_late")),
    "not_closed": ((Whom.VILLAGE, "care_not_closed"), (Whom.CENTRE, "care_not_closed")),
    "lost": ((Whom.VILLAGE, "care_lost"), (Whom.CENTRE, "care_lost")),
    "no_answer": ((Whom.VILLAGE, "care_no_answer"),),
    "taken_over": ((Whom.COURIER, "care_taken_over"), (Whom.VILLAGE, "care_yours_now")),
    "left_behind": ((Whom.VILLAGE, "care_left_behind"),),
    "ladder_1": ((Whom.VILLAGE, "care_ring_family"),),
    "ladder_2": ((Whom.VILLAGE, "care_help_find"), (Whom.CENTRE, "care_help_find")),
    "reported": ((Whom.VILLAGE, "care_reported"), (Whom.CENTRE, "care_reported")),
    "noted": ((Whom.VILLAGE, "care_noted"),),
    "missed": ((Whom.VILLAGE, "care_missed"), (Whom.CENTRE, "care_missed")),
}
