"""Who is cared for: what was asked for, what the centre accepted, and whether a consent stands (DOMAIN §4).

No word about somebody lies here: who it is stands in an envelope (`personal`), and why in kinds, not in sentences.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.care.terms import Service


class BeneficiaryState(StrEnum):
    """Where a beneficiary stands."""

    RAISED = "raised"  # a need waits for the centre
    ASSESSED = "assessed"  # accepted, and the consent is not there yet
    ACTIVE = "active"  # visits may be made
    REFUSED = "refused"  # the centre said no; another need may be raised
    WITHDRAWN = "withdrawn"  # the consent was taken back; it may be given again
    ENDED = "ended"  # for good


class BeneficiaryDeed(StrEnum):
    """What was done, in the past tense of its line of history."""

    RAISED = "raised"
    WANTED = "wanted"  # another need of who is known already
    EDITED = "edited"
    CONSENTED = "consented"
    ASSESSED = "assessed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PAUSED = "paused"
    STOP_ASKED = "stop_asked"  # the family asks to stop: paused, until the village has asked who is cared for
    RESUMED = "resumed"
    ENDED = "ended"
    LINKED = "linked"
    UNLINKED = "unlinked"
    COMPLAINED = "complained"
    ANSWERED = "answered"


class NeedGround(StrEnum):
    """Why somebody needs it; what more there is to say belongs into the notes, which are sealed."""

    ALONE = "alone"
    WITH_AGED_SPOUSE = "with_aged_spouse"
    CANNOT_GO_OUT = "cannot_go_out"
    DISABLED = "disabled"
    RECOVERING = "recovering"
    CARER_AWAY = "carer_away"
    HARDSHIP = "hardship"


class NeedRefusal(StrEnum):
    """Why the centre refuses a need."""

    NOT_NEEDED = "not_needed"
    SERVED_ELSEWHERE = "served_elsewhere"
    NEEDS_NURSING = "needs_nursing"  # more than a courier may do
    NO_COURIERS = "no_couriers"
    INCOMPLETE = "incomplete"


class CareEnding(StrEnum):
    """Why it ended."""

    MOVED = "moved"
    DIED = "died"
    HOSPITAL = "hospital"
    NURSING_HOME = "nursing_home"
    RECOVERED = "recovered"
    OTHER = "other"


class PausedBy(StrEnum):
    """At whose word a pause is."""

    BENEFICIARY = "beneficiary"
    FAMILY = "family"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """No visits from `first` to `last` (local days, both included); `asked`: the family wants it to stop for good."""

    first: date
    last: date
    by: PausedBy
    asked: bool = False

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last


class NeedState(StrEnum):
    """What became of a need."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What was asked for, and what the centre said; `refusal` where it said no."""

    id: str
    services: frozenset[Service]
    grounds: frozenset[NeedGround]
    raised_by: str
    raised_at: datetime
    state: NeedState = NeedState.OPEN
    accepted: frozenset[Service] = frozenset()
    refusal: NeedRefusal | None = None
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beneficiary:
    """Somebody who is cared for, without who it is: `masked` is his surname and stars.

    `services` were accepted, `wanted` is what an open `need` (its id) asks for; `consented`: what the consent in force
    (its number) covers. `link` counts the family links that were taken back. Days are local, instants UTC.
    """

    id: str
    township: str
    village: str
    grid: str
    masked: str
    state: BeneficiaryState
    raised_by: str
    raised_at: datetime
    services: frozenset[Service] = frozenset()
    wanted: frozenset[Service] = frozenset()
    need: str = ""
    consent: int = 0
    consents: int = 0
    consented: frozenset[Service] = frozenset()
    withdrawn: bool = False
    pauses: tuple[Pause, ...] = ()
    ending: CareEnding | None = None
    stopped_at: datetime | None = None
    link: int = 0
    linked_until: datetime | None = None
    complaints: int = 0
    version: int = 1

    def stands_for(self, service: Service) -> bool:
        """Whether visits of this kind may be made: accepted by the centre, and a consent for it in force."""
        return self.state is BeneficiaryState.ACTIVE and service in self.services & self.consented

    def is_paused(self, day: date) -> bool:
        """Whether no visit is to be made on that local day."""
        return any(pause.covers(day) for pause in self.pauses)

    def receives(self, service: Service, day: date) -> bool:
        """Whether a visit of this kind may be made on that local day."""
        return self.stands_for(service) and not self.is_paused(day)
