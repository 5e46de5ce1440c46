"""What happens as a deadline nears and passes (DOMAIN §2 "Deadlines and the ladder", `data/ladder.csv`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.errors import Invalid
from chalicelib.domain.reference.tables import parsed
from chalicelib.domain.reports.running import Stage

COLUMNS = ("stage", "percent", "effect")
HIGHEST = 1000


class Effect(StrEnum):
    """What a rung does; the last two are not of the ladder but of what runs beside a stage."""

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
    INFO_OVER = "info_over"
    REVIEW = "review"
    REQUEST_OVER = "request_over"
    PART_LATE = "part_late"


# An effect that changes where a report stands belongs to one stage; reminders and supervision go with any.
ONLY_IN = {
    Effect.VILLAGE_MAY_VERIFY: Stage.VERIFY,
    Effect.CENTRE_MAY_VERIFY: Stage.VERIFY,
    Effect.ESCALATE_TO_CENTRE: Stage.VILLAGE,
    Effect.SIGN_BY_DEFAULT: Stage.ACCEPT,
    Effect.CENTRE_RECHECKS: Stage.REVISIT,
    Effect.CLOSE_UNCHECKED: Stage.REVISIT,
    Effect.INFO_OVER: Stage.INFO,
    Effect.REVIEW: Stage.SUSPENDED,
}
BESIDE = frozenset({Effect.REQUEST_OVER, Effect.PART_LATE})
NEEDED = frozenset({Effect.INFO_OVER, Effect.REVIEW})  # without these a report would wait for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """At `percent` of the stage's limit, `effect` happens, whether or not anybody is assigned."""

    stage: Stage
    percent: int
    effect: Effect


# The rungs of each stage, lowest first.
type Ladder = Mapping[Stage, tuple[Rung, ...]]


def read(body: bytes) -> Ladder:
    """Parse an edition; a stage has one rung at a percentage.

    Raises Invalid naming the line, and `reference_lacks` where a report could get stuck.
    """
    ladder: dict[Stage, dict[int, Rung]] = {stage: {} for stage in Stage}

    def parse(cells: dict[str, str]) -> None:
        rung = Rung(stage=Stage(cells["stage"]), percent=int(cells["percent"]), effect=Effect(cells["effect"]))
        if not 0 < rung.percent <= HIGHEST or rung.percent in ladder[rung.stage]:
            raise ValueError("percent")
        if rung.effect in BESIDE or ONLY_IN.get(rung.effect, rung.stage) is not rung.stage:
            raise ValueError("effect")
        ladder[rung.stage][rung.percent] = rung

    parsed("ladder", body, COLUMNS, parse)
    if missing := NEEDED.difference(rung.effect for rungs in ladder.values() for rung in rungs.values()):
        raise Invalid("reference_lacks", table="ladder", missing=", ".join(sorted(missing)))
    return {stage: tuple(rungs[percent] for percent in sorted(rungs)) for stage, rungs in ladder.items()}
