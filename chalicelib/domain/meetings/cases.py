"""The town's hard cases: which wait for a meeting, and how a meeting's decision becomes an action on the report."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import DomainError
from chalicelib.domain.meetings.model import Decision, Meeting, Outcome, Result, Verdict
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.calendar import day_end
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import acts
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.terms import Ruling

MOVED_ON, CAME_BACK = "case_moved_on", "case_came_back"  # why a decision is overtaken


def overtaken(decision: Decision, report: Report) -> str | None:
    """Why a decision no longer fits the case as it stands; None where it does.

    What left the committee and came back since is another case: it was decided on what was known before.
    """
    if report.status is not Status.COORDINATING:
        return MOVED_ON
    return CAME_BACK if decision.entered_at and decision.entered_at != report.entered_at else None


def overdue(report: Report) -> bool:
    """Whether its time with the committee is over: then it is on the agenda of the chair (`tell_chair_and_agenda`)."""
    return report.run is not None and report.run.fired >= 100


def ruled(report: Report, decision: Decision, meeting: Meeting, *, by: Actor, now: datetime, rules: Rulebook) -> Change:
    """The committee's `decide`, as the meeting decided; its history names the meeting. Raises what `decide` refuses."""
    change = acts.act(report, _command(decision), by=by, now=now, rules=rules)
    told: dict[str, object] = {"meeting": meeting.id}
    if decision.resources:
        told["resources"] = decision.resources
    return replace(change, details=change.details | told)


def _command(decision: Decision) -> Command:
    return Command(
        action=Action.DECIDE,
        decision=Ruling(decision.verdict.value),
        text=decision.text,
        department=decision.department,
        co_handlers=decision.co_handlers,
        letter=decision.letter,
        plan=decision.plan,
        finish_by=day_end(decision.day) if decision.day else None,
    )


def committee_of(meeting: Meeting) -> Actor:
    """Who published the minutes, as the committee's member that he was then."""
    return Actor(id=meeting.published_by, posts=(Post(Role.COMMITTEE, meeting.township),))


def outcome(decision: Decision, report: Report, now: datetime) -> Outcome | None:
    """What becomes of it without the report changing, and why; None where the ruling is to be applied."""
    if decision.verdict is Verdict.POSTPONE:
        return Outcome(result=Result.POSTPONED, at=now)
    why = overtaken(decision, report)
    return Outcome(result=Result.OVERTAKEN, at=now, rule=why) if why else None


def refused(refusal: DomainError, now: datetime) -> Outcome:
    """A rule of the case refuses by now what the meeting decided."""
    facts = {name: str(fact) for name, fact in refusal.facts.items()}
    return Outcome(result=Result.REFUSED, at=now, rule=refusal.rule, facts=facts)
