"""Who sees a report, and what of it (DOMAIN §2 Confidential, §6)."""

from dataclasses import replace

from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.photos import Purpose
from chalicelib.domain.reference.taxonomy import DANGER_CLASS, UNCLASSIFIED
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.parties import OWN, Party, parties, rechecked_next_door

P, A = Party, Action
INTERNAL = frozenset({P.GRID, P.VILLAGE, P.CENTRE, P.COMMITTEE, P.LEAD, P.CO_HANDLER, P.AUDITOR})
ANSWERS = frozenset(
    {A.REJECT, A.ASK_INFO, A.SUPPLY_INFO, A.RESOLVE, A.ANSWER, A.CANCEL, A.CONFIRM, A.REOPEN, A.COMMENT, A.ADD_INFO}
    | {A.OBJECT, A.WITHDRAW, A.TRANSFER, A.FOLLOW}
)
# Who spoke for a body, by which phone, how long a colleague had it: for staff.
STAFFS_DETAILS = frozenset(
    {"proxy", "letter", "assignee", "before", "held_hours", "post", "plan", "wish", "hours", "released"}
    | {"template", "corroborates", "first", "suggested", "followed", "meeting", "resources", "resolver"}
)
WHO_REPORTED = OWN | {P.CENTRE}


def viewers(actor: Actor, report: Report) -> frozenset[Party]:
    """The parties as which `actor` may see the report; empty where it is hidden from him.

    Where only the centre verifies, nobody of grid or village is told. A confidential matter is the village's to see
    once it was given to it, or at once where someone's life is in danger.
    """
    seen = parties(actor, report) - {P.NEIGHBOUR}
    nature = report.nature
    if nature.verify_by_centre:
        seen -= {P.GRID}
    given = report.village_held or Role.VILLAGE in report.widened
    if nature.confidential and not given and (nature.klass != DANGER_CLASS or nature.verify_by_centre):
        seen -= {P.VILLAGE}
    if P.NEIGHBOUR in parties(actor, report) and _recheck_by_neighbour(report):
        seen |= {P.NEIGHBOUR}
    return seen


def _recheck_by_neighbour(report: Report) -> bool:
    return report.status is Status.RESOLVED and rechecked_next_door(report) and not report.nature.verify_by_centre


def require_sight(actor: Actor, report: Report) -> frozenset[Party]:
    """Like `viewers`. Raises NotFound where there is nothing to see: a stranger is not told that it exists."""
    seen = viewers(actor, report)
    if not seen:
        raise NotFound("no_such_report", report=report.id)
    return seen


def withheld(report: Report, line: Event) -> Report:
    """The report for who sees it no more: that it is there, and where the last step that he did himself (`line`) left
    it, as of what nobody has classified. Nothing in it came to be after he was told of it."""
    return Report(
        id=report.id,
        reporter_id="",
        nature=UNCLASSIFIED,
        place=Place(point=None, township=report.place.township),
        status=line.standing.status,
        holder=None,
        due_at=None,
        entered_at=line.at,
        created_at=report.created_at,
        observed_at=report.observed_at,
        version=line.number,
    )


def knows_reporter(seen_as: frozenset[Party]) -> bool:
    """The reporter's identity is for the centre and himself; department, village and grid never see it."""
    return bool(seen_as & WHO_REPORTED)


def reads_internal(seen_as: frozenset[Party]) -> bool:
    """Internal remarks are for staff who have a part in the matter, but not where it is their own report."""
    return bool(seen_as & INTERNAL) and P.REPORTER not in seen_as


def audits(seen_as: frozenset[Party]) -> bool:
    """Whether somebody sees it as its auditor, and has no other part in it as staff or as whose it is."""
    return P.AUDITOR in seen_as and not seen_as & (INTERNAL | OWN) - {P.AUDITOR}


def shows(purpose: Purpose, seen_as: frozenset[Party]) -> bool:
    """Whether a photo taken for this purpose is for this viewer: what a blind re-check saw is for staff."""
    return purpose is not Purpose.RECHECK or reads_internal(seen_as)


def speaks_to_reporter(line: Event) -> bool:
    """Whether what staff wrote speaks to the reporter; a case is closed unsolved with a public reason."""
    return line.action in ANSWERS or (line.action is A.DECIDE and line.standing.status is Status.CLOSED)


def masked(line: Event, seen_as: frozenset[Party]) -> Event:
    """A line of history as this viewer reads it: by role; who it was, only for those who may know.

    The reporter's own lines name him to nobody but himself and the centre; staff are known to staff. What staff write
    to each other with a step (an instruction, why it is passed on) is for staff; to the reporter they answer.
    """
    if not reads_internal(seen_as):
        details = {name: value for name, value in line.details.items() if name not in STAFFS_DETAILS}
        line = replace(line, note=line.note if speaks_to_reporter(line) else "", details=details)
    may_know = P.AUDITOR not in seen_as and _knows_who(line, seen_as)
    return line if may_know else replace(line, actor_id="")


def _knows_who(line: Event, seen_as: frozenset[Party]) -> bool:
    """Who re-checked blindly, the centre alone knows: neither who closed it nor who reported it can ask him why."""
    if line.as_role == P.BLIND:
        return P.CENTRE in seen_as and not seen_as & OWN
    return knows_reporter(seen_as) if line.as_role in OWN else reads_internal(seen_as)
