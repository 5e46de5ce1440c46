"""Which closings a courier looks at once more, without being told who closed it (DOMAIN §2, §3 Anti-fraud).

A share of all, by kind, and more where more is at stake or less was shown. The line's own id decides, so that the same
line told again is decided the same.
"""

from dataclasses import dataclass
from hashlib import sha256

from chalicelib.domain.events import Event
from chalicelib.domain.reference.closing import Closing
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reference.taxonomy import DANGER_CLASS
from chalicelib.domain.reports.decisions.reopening import denied
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.parties import OWN

S = Status
NEVER_IN = ("08", "09")  # groups: nobody is sent to look at a security lead, nor at somebody who needs care
PARTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a closing is judged by: the tables as they were when it happened."""

    closing: Closing
    numbers: Numbers


def concerns(event: Event) -> bool:
    """Whether a closing may be looked at once more, turns out to be false, or is none any longer."""
    return closes(event) or opens(event) or finds_undone(event) or denies(event) or is_false(event)


def closes(event: Event) -> bool:
    """Whether the matter was ended here as solved, or as gone."""
    is_new = event.was is None or event.was.status is not S.CLOSED
    return event.standing.status is S.CLOSED and is_new


def opens(event: Event) -> bool:
    """Whether what was closed is open again."""
    return event.was is not None and event.was.status is S.CLOSED and event.standing.status is not S.CLOSED


def finds_undone(event: Event) -> bool:
    """Whether a courier looked again and found it not solved."""
    return event.action is Action.BLIND_RECHECK and event.details.get("answer") == "not_solved"


def denies(event: Event) -> bool:
    """Whether the reporter of what is closed answered that it is not solved."""
    own = event.action is Action.CONFIRM and event.as_role in OWN
    return own and event.standing.status is S.CLOSED and event.details.get("solved") is False


def is_false(event: Event) -> bool:
    """Whether a closing turned out to be false: it counts for who had said that it is solved."""
    return bool(event.details.get("false_closing")) and bool(event.details.get("resolver"))


def may_be_looked_at(report: Report) -> bool:
    """Whether a stranger may be shown what it is and where, and there is something to look at."""
    nature, place = report.nature, report.place
    if nature.kind is None or nature.confidential or nature.verify_by_centre or nature.klass == DANGER_CLASS:
        return False
    if nature.kind.startswith(NEVER_IN) or place.point is None or place.village is None:
        return False
    return not report.unsolved and not denied(report)


def share(report: Report, *, rules: Rules, false_closings: int) -> float:
    """How likely it is looked at (percent): none of a kind whose own share is none, else the more the more doubtful."""
    own, numbers = rules.closing.of(report.nature.kind).blind_percent, rules.numbers
    if not own:
        return 0.0
    more = ((report.nature.severity or 1) - 1) * numbers.of("blind_severity_percent")
    more += numbers.of("blind_unchecked_percent") if report.unchecked else 0
    more += 0 if report.after_photos else numbers.of("blind_no_photo_percent")
    more += false_closings * numbers.of("blind_false_percent")
    return min(own + more, 100.0)


def is_drawn(event_id: str, percent: float) -> bool:
    """Whether this line is among so many percent of all: ever the same answer."""
    drawn = int.from_bytes(sha256(event_id.encode()).digest()[:8]) % PARTS
    return drawn < percent / 100 * PARTS
