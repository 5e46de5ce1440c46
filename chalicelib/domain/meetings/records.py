"""A meeting's own history: a line for everything that was done to it, its agenda and its follow-ups (docs/adr/0029)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Deed(StrEnum):
    """What was done."""

    CREATE = "create"
    CHANGE = "change"
    GATHER = "gather"
    DROP = "drop"
    DECIDE = "decide"
    ANNOUNCE = "announce"
    PUBLISH = "publish"
    SETTLE = "settle"  # one decision was carried out, or turned out to be overtaken
    FINISH = "finish"
    CANCEL = "cancel"
    NOMINATE = "nominate"
    TAKE_OFF = "take_off"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line: who did what to `subject`, at `at` (UTC); `item` is the matter concerned. Nobody: a worker.

    `number`: the version of `subject` that it led to, or was found in; 0 for what has none.
    """

    subject: str
    number: int = 0
    at: datetime
    actor_id: str
    deed: Deed
    item: str = ""
    details: dict[str, object] = field(default_factory=dict)
