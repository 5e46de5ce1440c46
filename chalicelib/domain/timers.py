"""What the timer queue carries: something fell due, or deadlines are to be computed anew."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Errand(StrEnum):
    """What is to be done."""

    FIRE = "fire"  # part `part` of report `id` fell due at `at`
    RECOMPUTE = "recompute"  # report `id`'s deadlines under the calendar in force
    SETTLE = "settle"  # item `part` of the minutes of meeting `id`
    GIVE_BACK = "give_back"  # redemption `id`, whose prize was called off
    ASK_COURIERS = "ask_couriers"  # of look-out `id`, page `part`
    THANK_COURIERS = "thank_couriers"  # of look-out `id`, page `part`
    RECOMPUTE_SHARD = "recompute_shard"  # all of a shard's, from behind (`id`, `at`) on


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerMessage:
    """One errand; `at` is UTC."""

    errand: Errand
    id: str = ""
    part: str = ""
    at: datetime | None = None
    shard: int = 0
