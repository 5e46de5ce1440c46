"""What acting on a report does: authorise, find the row of the table, decide, and say so in a line of history."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import DomainError, IllegalAction
from chalicelib.domain.people import Actor, Post, Role
from chalicelib.domain.reports.commands import Command, Situation, Step
from chalicelib.domain.reports.decisions import DECISIONS, GUARDS
from chalicelib.domain.reports.life import REMARKS, TRANSITIONS, ends
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.parties import Party, authorise
from chalicelib.domain.rulebook import Rulebook

S = Status


def act(report: Report, command: Command, *, by: Actor, now: datetime, rules: Rulebook) -> Change:
    """The report after `command`, and the history line that says so.

    Raises Forbidden (role, scope, one's own report), IllegalAction (status) and whatever the decision refuses.
    """
    party = _admitted(by, command.action, report)
    situation = Situation(report=report, command=command, party=party, by=by, now=now, rules=rules)
    if guard := GUARDS.get(command.action):
        guard(situation)
    step = DECISIONS[command.action](situation)
    after = _remarked(report) if command.action in REMARKS else _moved(situation, step)
    return Change(
        report=after,
        before=report,
        action=command.action,
        actor_id=by.id,
        as_role=party,
        at=now,
        note=step.note,
        internal=step.internal,
        details=step.details,
    )


def open_actions(report: Report, *, by: Actor, now: datetime, rules: Rulebook) -> list[Action]:
    """What `by` may do to the report as it stands, in the order of the table."""

    def admits(action: Action) -> bool:
        try:
            party = _admitted(by, action, report)
            if guard := GUARDS.get(action):
                bare = Command(action=action)
                guard(Situation(report=report, command=bare, party=party, by=by, now=now, rules=rules))
        except DomainError:
            return False
        return True

    return [action for status, action in TRANSITIONS if status is report.status and admits(action)]


def _admitted(by: Actor, action: Action, report: Report) -> Party:
    party = authorise(by, action, report)
    if (report.status, action) not in TRANSITIONS:
        raise IllegalAction("no_such_step", action=action, status=report.status)
    if action not in DECISIONS:
        raise IllegalAction("action_not_offered", action=action)
    return party


def _remarked(report: Report) -> Report:
    return replace(report, version=report.version + 1)


def _moved(situation: Situation, step: Step) -> Report:
    """The report in its new stage: who holds it and by when follow from the stage (DOMAIN §2)."""
    report, now = situation.report, situation.now
    after = replace(report, status=step.status, version=report.version + 1, **step.changes)
    if step.status is report.status:
        return after
    limits = situation.rules.limits
    return replace(
        after,
        holder=holder(after),
        entered_at=now,
        due_at=limits.due(after.nature.klass, step.status, since=now, share=step.share),
        ended_at=now if ends(step.status) else None,
        counted=after.counted and step.status in (S.SUBMITTED, S.NEEDS_INFO),
        village_held=after.village_held or step.status is S.WITH_VILLAGE,
    )


def holder(report: Report) -> Post | None:
    """Whose pool a report in this status lies in; what no grid or village owns, the centre holds."""
    place, status = report.place, report.status
    centre = Post(Role.CENTRE, place.township)
    if ends(status):
        return None
    if status is S.WITH_VILLAGE and place.village:
        return Post(Role.VILLAGE, place.village)
    if status in (S.DISPATCHED, S.IN_HANDLING) and report.department:
        return Post(Role.DEPARTMENT, report.department)
    if status is S.COORDINATING:
        return Post(Role.COMMITTEE, place.township)
    if status in (S.SUBMITTED, S.RESOLVED) and place.grid and not _beyond_grid(report):
        return Post(Role.GRID_MEMBER, place.grid)
    return centre


def _beyond_grid(report: Report) -> bool:
    """The centre alone looks at some kinds; and who resolved a report does not re-check it."""
    own = report.status is S.RESOLVED and report.origin is not None and report.origin.role is Role.GRID_MEMBER
    return report.nature.verify_by_centre or own
