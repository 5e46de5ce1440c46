"""What is held back from somebody's phone, and what is not, as one table (DOMAIN §6: nobody who rides is pressed).

What is held back goes out afterwards, with whatever else waits, as one push. The inbox fills as ever.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.events import Event
from chalicelib.domain.happenings import Happening, Thing
from chalicelib.domain.reference.taxonomy import DANGER_CLASS


class Weight(StrEnum):
    """How much a message weighs for the one person who hears it."""

    DANGER = "danger"  # to life, for those who deal with it
    OWN_RUN = "own_run"  # of the care run that he has accepted: somebody waits at a door, or no longer
    ORDINARY = "ordinary"


class Hold(StrEnum):
    """Why a push waits."""

    MERGED = "merged"  # the last one is not long ago
    NIGHT = "night"
    ASKED = "asked"  # he asked not to be disturbed
    MOVING = "moving"  # his phone says that he rides
    PEAK = "peak"  # couriers of his kind are at their busiest


HELD: Mapping[Weight, frozenset[Hold]] = {
    Weight.DANGER: frozenset(),
    Weight.OWN_RUN: frozenset(),
    Weight.ORDINARY: frozenset(Hold),
}
# What of a visit does not wait, for the courier whose run it is, where it is near.
URGENT_DEEDS = frozenset(
    {"assigned", "called_off", "called_back", "move_withdrawn", "released", "asked_after", "taken_over"}
)
NEAR = timedelta(hours=3)


def weight(event: Event, person_id: str) -> Weight:
    """How much a line of a report's history weighs for somebody who hears it."""
    danger = event.standing.klass == DANGER_CLASS and person_id != event.reporter_id
    return Weight.DANGER if danger else Weight.ORDINARY


def weight_of(happening: Happening, person_id: str) -> Weight:
    """How much a happening weighs for somebody who hears it."""
    of_run = happening.thing is Thing.VISIT and happening.deed in URGENT_DEEDS and happening.person_id == person_id
    return Weight.OWN_RUN if of_run and _is_near(happening) else Weight.ORDINARY


def _is_near(happening: Happening) -> bool:
    start = happening.facts.get("start")
    return isinstance(start, str) and datetime.fromisoformat(start) - happening.at <= NEAR


def goes_at_once(of: Weight) -> bool:
    """Whether nothing holds it back."""
    return not HELD[of]
