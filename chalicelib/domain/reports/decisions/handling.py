"""The department signs, returns, asks for more, makes safe, waits (DOMAIN §2 department, `suspend`)."""

from dataclasses import replace

from chalicelib.domain.errors import Conflict, IllegalAction, Invalid
from chalicelib.domain.reference.clocks import Clock
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import said
from chalicelib.domain.reports.decisions.deciding import not_urgent, planned
from chalicelib.domain.reports.decisions.verifying import taken_up
from chalicelib.domain.reports.model import Status
from chalicelib.domain.reports.parties import Party
from chalicelib.domain.reports.running import Request, Returned, Stage
from chalicelib.domain.reports.terms import Wish

S, P = Status, Party


def accept(on: Situation) -> Step:
    """The department signs: it is theirs until reassigned (首接负责). Late, it has signed by default (逾期视为签收)."""
    recorded, signed_at = said.recorded(on), said.done_at(on)
    late = clockwork.is_over(on.report, signed_at)
    return Step(
        status=S.IN_HANDLING,
        changes={"unsigned": on.report.unsigned or late},
        note=on.command.text,
        details=recorded,
        since=on.report.due_at if late else signed_at,
        at=signed_at,
    )


def returnable(on: Situation) -> None:
    """Inside the accept window only, once a department, and never where the assignment is final."""
    if on.report.binding:
        raise Conflict("assignment_is_final")
    if on.report.department in on.report.returned_by:
        raise Conflict("returned_once", department=on.report.department)
    if clockwork.is_over(on.report, on.now):
        raise Conflict("accept_window_over")


def give_back(on: Situation) -> Step:
    """Not ours, wrong area …: back to the centre, which has a new limit to sort it; the promise stays."""
    reason, department = on.command.return_reason, on.report.department
    if reason is None or department is None:
        raise Invalid("reason_needed")
    why, recorded = said.reason(on), said.recorded(on)
    returned = Returned(department=department, reason=reason, text=why, at=said.done_at(on), recorded=bool(recorded))
    changes = {"department": None, "proxied": False, "returns": (*on.report.returns, returned)}
    details: dict[str, object] = {"reason": reason, "department": department}
    return Step(status=S.WITH_CENTRE, changes=changes, note=why, details=details | recorded)


def no_request(on: Situation) -> None:
    """One question to the centre at a time."""
    if on.report.request:
        raise Conflict("request_pending", wish=on.report.request.wish)


def extendable(on: Situation) -> None:
    """As often as the class allows, before three quarters of the limit have passed."""
    no_request(on)
    limit, run = on.rules.limits.of(on.report.nature.klass), on.report.run
    percent = on.rules.numbers.of("extension_before_percent")
    if on.report.extensions >= limit.extensions or run is None or run.stage is not Stage.DEPT:
        raise Conflict("no_extension_left", klass=limit.klass, times=limit.extensions)
    if on.now >= clockwork.due(run, on.rules, percent=percent):
        raise Conflict("extension_too_late", percent=int(percent))


def request_extension(on: Situation) -> Step:
    """More time is asked for; unanswered at the deadline it is refused."""
    longest = on.rules.limits.of(on.report.nature.klass).longest_extension
    if not 0 < on.command.hours <= longest:
        raise Invalid("extension_hours", most=longest)
    return _asked(on, Wish.EXTENSION)


def request_reassign(on: Situation) -> Step:
    """Somebody else should lead; the clock runs on."""
    return _asked(on, Wish.REASSIGN)


def _asked(on: Situation, wish: Wish) -> Step:
    limit, report = on.rules.limits.of(on.report.nature.klass), on.report
    answer_by = on.rules.calendar.add(limit.clock, on.now, limit.hours[Stage.DISPATCH])
    request = Request(
        wish=wish,
        by=on.by.id,
        at=on.now,
        due_at=(report.due_at or answer_by) if wish is Wish.EXTENSION else answer_by,
        hours=on.command.hours,
        reason=said.reason(on),
        plan=on.command.plan,
    )
    details = {"wish": wish, "hours": request.hours, "plan": request.plan} | said.recorded(on)
    return Step(status=report.status, changes={"request": request}, note=on.command.text, details=details)


def requested(on: Situation) -> None:
    """There must be something to answer: an extension unanswered at the deadline is refused."""
    request = on.report.request
    if request is None or (request.wish is Wish.EXTENSION and on.now > request.due_at):
        raise IllegalAction("nothing_requested")


def grantable(on: Situation) -> None:
    """Another lead is not granted but named; a wait is granted only while it may be asked for."""
    requested(on)
    wish = on.report.request.wish if on.report.request else None
    if wish is Wish.REASSIGN:
        raise IllegalAction("grant_by_reassign")
    if wish is Wish.SUSPEND:
        suspendable(on)


def grant(on: Situation) -> Step:
    """The centre grants what the department asked for: more time, or a wait."""
    request, run = on.report.request, on.report.run
    if request is None or run is None:
        raise IllegalAction("nothing_requested")
    if request.wish is Wish.SUSPEND:
        return _suspended(on, request.plan, cause=on.command.text or request.reason)
    hours = on.command.hours or request.hours
    if not 0 < hours <= request.hours:
        raise Invalid("grant_no_more", most=request.hours)
    changes = {
        "run": replace(run, hours=run.hours + hours, granted=run.granted + hours),
        "request": None,
        "extensions": on.report.extensions + 1,
    }
    details: dict[str, object] = {"wish": request.wish, "hours": hours}
    return Step(status=on.report.status, changes=changes, note=on.command.text, details=details)


def refuse(on: Situation) -> Step:
    """The centre refuses, and says why; the deadline stands."""
    wish = on.report.request.wish if on.report.request else None
    return Step(status=on.report.status, changes={"request": None}, note=said.reason(on), details={"wish": wish})


def withdraw_request(on: Situation) -> Step:
    """The department does without what it has asked for; it may ask for something else then."""
    wish = on.report.request.wish if on.report.request else None
    details = {"wish": wish} | said.recorded(on)
    return Step(status=on.report.status, changes={"request": None}, note=on.command.text, details=details)


def endangered(on: Situation) -> None:
    """Only what cannot wait for working hours is made safe first; then its class is set before anything else."""
    if on.report.awaits_class:
        raise Conflict("class_first")
    if on.rules.limits.of(on.report.nature.klass).clock is Clock.WH:
        raise IllegalAction("make_safe_urgent_only")


def make_safe(on: Situation) -> Step:
    """Fenced, evacuated, cut off (控险): the urgent limit is met, the centre says how urgent the repair is."""
    if not on.command.after_photos:
        raise Invalid("after_photo_needed")
    met = not clockwork.is_over(on.report, said.done_at(on))
    changes = {
        "made_safe_at": on.now,
        "awaits_class": True,
        "run": clockwork.run(on.report, since=on.now, rules=on.rules, stage=Stage.DISPATCH),
    }
    details: dict[str, object] = {"after_photos": list(on.command.after_photos), "in_time": met}
    return Step(
        status=on.report.status,
        changes=changes,
        note=said.text(on),
        details=details | said.recorded(on),
        at=said.done_at(on),
    )


def suspendable(on: Situation) -> None:
    """Not while lives are in danger, nor once the deadline has passed."""
    not_urgent(on)
    if clockwork.is_over(on.report, on.now):
        raise Conflict("suspend_before_breach")
    if on.party is P.LEAD:
        no_request(on)


def suspend(on: Situation) -> Step:
    """The department asks for a wait, with cause and plan; the centre grants it, or orders it itself (挂账)."""
    planned(on)
    if on.party is P.LEAD or on.command.proxy:
        no_request(on)
        return _asked(on, Wish.SUSPEND)
    return _suspended(on, on.command.plan, cause=said.reason(on))


def _suspended(on: Situation, plan: str, *, cause: str) -> Step:
    changes = {"paused": clockwork.paused(on.report, on.now), "reviews": 0}
    return Step(status=S.SUSPENDED, changes=changes, note=cause, details={"plan": plan})


def resume(on: Situation) -> Step:
    """It goes on with what was left, at least a working day; without a lead the centre sorts it anew."""
    if on.report.department is None or on.report.paused is None:
        return Step(status=S.WITH_CENTRE, changes={"paused": None}, note=on.command.text)
    return taken_up(on, on.command.text, least=on.rules.numbers.of("resume_least_hours"))
