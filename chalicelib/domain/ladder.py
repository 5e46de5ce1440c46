"""What happens as a deadline nears and passes (DOMAIN §2 "Deadlines and the ladder", `data/ladder.csv`)."""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.tables import parsed

COLUMNS = ("stage", "percent", "effect")
STAGES = frozenset({"verify", "village", "dispatch", "coord", "accept", "dept", "revisit"})


class Effect(StrEnum):
    """What a rung does."""

    REMIND_HOLDER = "remind_holder"
    VILLAGE_MAY_VERIFY = "village_may_verify"
    CENTRE_MAY_VERIFY = "centre_may_verify"
    ESCALATE_TO_CENTRE = "escalate_to_centre"
    TELL_COMMITTEE = "tell_committee"
    TELL_CHAIR_AND_AGENDA = "tell_chair_and_agenda"
    SIGN_BY_DEFAULT = "sign_by_default"
    SUPERVISE_YELLOW = "supervise_yellow"
    SUPERVISE_RED = "supervise_red"
    CENTRE_RECHECKS = "centre_rechecks"
    CLOSE_UNCHECKED = "close_unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """At `percent` of the stage's limit, `effect` happens, whether or not anybody is assigned."""

    stage: str
    percent: int
    effect: Effect


def read(body: bytes) -> tuple[Rung, ...]:
    """Parse an edition, rungs of a stage in ascending order. Raises Invalid naming the line."""

    def parse(cells: dict[str, str]) -> Rung:
        if cells["stage"] not in STAGES:
            raise ValueError("stage")
        rung = Rung(stage=cells["stage"], percent=int(cells["percent"]), effect=Effect(cells["effect"]))
        if not 0 < rung.percent <= 1000:
            raise ValueError("percent")
        return rung

    return tuple(sorted(parsed("ladder", body, COLUMNS, parse), key=lambda rung: (rung.stage, rung.percent)))
