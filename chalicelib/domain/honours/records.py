"""The lines of a case and of a year's list: who did what, when, and why. Only ever added, until all is forgotten."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class HonourDeed(StrEnum):
    """What was done."""

    APPLY = "apply"
    SHOW_NAME = "show_name"
    HIDE_NAME = "hide_name"
    WITHDRAW = "withdraw"
    DRAW = "draw"
    RECOMMEND = "recommend"
    LIST = "list"
    DECLINE = "decline"
    NAME = "name"
    REMOVE = "remove"
    FREEZE = "freeze"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line of `subject`, a person's case or a year's list: its version `number` is what the deed led to.

    `person_id` is whom it is about, empty where it is the whole list; `reason` what its maker said.
    """

    subject: str
    number: int
    at: datetime
    actor_id: str
    deed: HonourDeed
    person_id: str
    reason: str = ""
    details: dict[str, object] = field(default_factory=dict)
