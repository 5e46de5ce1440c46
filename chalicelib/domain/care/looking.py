"""What anybody may know of a visit, cut out by the table of `sight`; nothing is there that the table does not name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.care.life import HELD
from chalicelib.domain.care.sight import Field, Moment, Viewer, Window, moment, shown
from chalicelib.domain.care.terms import Proof, Service, VisitState, Welfare
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference.numbers import Numbers

HIS = HELD | {VisitState.UNANSWERED, VisitState.DONE}  # of the courier whose name stands there


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A visit as far as looking at it goes. `courier_id`: who is asked, has it, or had it to its end."""

    id: str
    beneficiary_id: str
    township: str
    village: str
    service: Service
    start: datetime
    end: datetime
    state: VisitState
    items: int = 0
    seal: str = ""
    heavy: bool = False
    courier_id: str | None = None
    asked_until: datetime | None = None
    began_at: datetime | None = None
    handed_over_at: datetime | None = None
    left_behind: bool = False
    proof: Proof | None = None
    photo_id: str | None = None
    welfare: Welfare | None = None
    closed_at: datetime | None = None

    @property
    def is_taken(self) -> bool:
        """Whether a courier has it or had it to its end."""
        return self.state in HIS


def viewers(by: Actor, visit: Seen, *, now: datetime) -> frozenset[Viewer]:
    """As whom somebody looks at a visit; a stranger where he is nothing else."""
    found = {
        Viewer.ASKED: visit.state is VisitState.OFFERED and by.id == visit.courier_id and _is_open(visit, now),
        Viewer.TAKER: visit.is_taken and by.id == visit.courier_id,
        Viewer.VILLAGE: by.holds(Role.VILLAGE, visit.village),
        Viewer.CENTRE: by.holds(Role.CENTRE, visit.township),
        Viewer.AUDITOR: by.holds(Role.AUDITOR, visit.township),
    }
    return frozenset(viewer for viewer, is_one in found.items() if is_one) or frozenset({Viewer.STRANGER})


def _is_open(visit: Seen, now: datetime) -> bool:
    return visit.asked_until is None or now < visit.asked_until


def at(visit: Seen, *, numbers: Numbers, now: datetime) -> Moment:
    """Which moment of the visit it is."""
    window = Window(
        start=visit.start,
        end=visit.end,
        before=numbers.minutes("care_door_before_minutes"),
        after=numbers.minutes("care_door_after_minutes"),
        late=numbers.minutes("care_door_late_minutes"),
    )
    return moment(window, visit.state, taken=visit.is_taken, done_at=visit.closed_at, now=now)


def fields(seen_as: Iterable[Viewer], when: Moment) -> frozenset[Field]:
    """What he may know then: all that he may as any of those whom he is."""
    return frozenset().union(*(shown(viewer, when) for viewer in seen_as))
