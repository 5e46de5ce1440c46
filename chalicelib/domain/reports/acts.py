"""What acting on a report does: authorise, find the row of the table, decide, and say so in a line of history."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import DomainError, IllegalAction
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Around, Command, Situation
from chalicelib.domain.reports.decisions import DECISIONS, GUARDS
from chalicelib.domain.reports.life import REMARKS, TRANSITIONS
from chalicelib.domain.reports.model import SYSTEM, Action, Change, Report, Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.powers import authorise
from chalicelib.domain.reports.running import Part
from chalicelib.domain.reports.stages import moved

ALONE = Around()
LED = clockwork.LED | {Status.NEEDS_INFO, Status.SUSPENDED}
# What takes from co-handlers what they have not done yet.
RELEASING = frozenset(
    {Action.REASSIGN, Action.COORDINATE, Action.CANCEL, Action.MERGE, Action.RECLASSIFY, Action.RESOLVE}
)


# What orders anew, and takes from co-handlers what it does not name again.
ORDERING = frozenset({Action.DISPATCH, Action.DECIDE, Action.RETURN_TO_VILLAGE})


def act(
    report: Report, command: Command, *, by: Actor, now: datetime, rules: Rulebook, around: Around = ALONE
) -> Change:
    """The report after `command`, and the history line that says so.

    Raises Forbidden (role, scope, one's own report), IllegalAction (status) and whatever the decision refuses.
    """
    party = _admitted(by, command.action, report)
    situation = Situation(report=report, command=command, party=party, by=by, now=now, rules=rules, around=around)
    if guard := GUARDS.get(command.action):
        guard(situation)
    step = DECISIONS[command.action](situation)
    after = _remarked(report) if command.action in REMARKS else moved(report, step, now=now, rules=rules)
    return Change(
        report=after,
        before=report,
        action=command.action,
        actor_id=by.id,
        as_role=party,
        at=now,
        note=step.note,
        internal=step.internal,
        details=step.details | _released(report, after, command.action),
    )


def _released(before: Report, after: Report, action: Action) -> dict[str, object]:
    """The co-handlers that have nothing left to do because somebody took it from them."""
    owed = _owed(before) if action in RELEASING else _frozen(before) if action in ORDERING else []
    left = {part.department for part in _owed(after)}
    codes = [part.department for part in owed if part.department not in left]
    return {"released": codes} if codes else {}


def _frozen(report: Report) -> list[Part]:
    """What co-handlers owed when their lead gave the order back: whoever the next one leaves out, hears so."""
    return [part for part in report.parts if part.state in clockwork.UNDONE]


def _owed(report: Report) -> list[Part]:
    """What co-handlers are to do yet, or again once a wait is over."""
    return [part for part in report.parts if part.state in clockwork.UNDONE] if report.status in LED else []


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

    return [
        action for status, action in TRANSITIONS if status is report.status and action not in SYSTEM and admits(action)
    ]


def _admitted(by: Actor, action: Action, report: Report) -> Party:
    party = authorise(by, action, report)
    if (report.status, action) not in TRANSITIONS:
        raise IllegalAction("no_such_step", action=action, status=report.status)
    return party


def _remarked(report: Report) -> Report:
    return replace(report, version=report.version + 1)
