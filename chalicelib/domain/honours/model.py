"""A case of honours as it is kept: the consents it rests on, its evidence by number, what people said and decided."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

HONOURS, PUBLIC = "honours", "honours_public"  # wordings in `data/consents.csv`


class CaseState(StrEnum):
    """Where a case stands."""

    APPLIED = "applied"
    OPEN = "open"  # evidence was drawn
    LISTED = "listed"  # on the reference list (入党参考名单)
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # the consent is gone, and with it all that was gathered


class HonourVerdict(StrEnum):
    """What the committee decides of it."""

    LIST = "list"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """He agreed to this version of a wording, at `at` (UTC)."""

    version: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Who of the committee recommends it, and why, on evidence number `evidence`."""

    by: str
    at: datetime
    reason: str
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided what, and why, on evidence number `evidence`; `advised_by` recommended what was listed."""

    verdict: HonourVerdict
    by: str
    at: datetime
    reason: str
    evidence: int
    advised_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What an applicant writes, and which versions of the wordings he agrees to; `public`: that his name be shown."""

    statement: str
    consent: int
    public: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a courier applied for. `since` (UTC) is how long it has been in its state, `touched_at` when somebody last
    took a step in it: how long it is kept goes by that, and showing or hiding one's name is none.

    Evidence numbers go on where somebody applies anew: those above `erased` up to `evidence` are kept. `score` is the
    honour score of the newest, `scores` the same by local year. `years`: whose sentinels he is.
    """

    person_id: str
    township: str
    state: CaseState
    statement: str
    consent: Agreed
    public: Agreed | None
    applied_at: datetime
    since: datetime
    touched_at: datetime
    erased: int = 0
    evidence: int = 0
    score: int = 0
    scores: dict[str, int]
    advice: Advice | None = None
    decision: Decision | None = None
    withdrawn_at: datetime | None = None
    years: tuple[int, ...] = ()
    version: int = 1

    @property
    def stands(self) -> bool:
        """Whether the consent that it rests on does."""
        return self.state is not CaseState.WITHDRAWN

    @property
    def drawn(self) -> range:
        """Numbers of the evidence that is kept."""
        return range(self.erased + 1, self.evidence + 1)
