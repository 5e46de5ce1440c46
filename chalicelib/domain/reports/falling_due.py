"""What the clock itself does to a report: a rung of the ladder, an unanswered request, a late part (DOMAIN §2).

One timer acts at a time. It acts only on the report as it stands: what has moved on since has other timers.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.clockwork import Timer
from chalicelib.domain.reports.commands import Step
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.parties import helper_post
from chalicelib.domain.reports.stages import moved, taken_up, unasked
from chalicelib.domain.reports.terms import Watch, Wish

S = Status


def fall_due(report: Report, *, now: datetime, rules: Rulebook) -> Change | None:
    """What has fallen due first acts; None where nothing has."""
    timer = clockwork.first(report, rules)
    if timer is None or timer.at > now:
        return None
    effect = _effect(report, timer)
    step = EFFECTS[effect](report, now, rules)
    after = moved(_fired(report, timer), step, now=now, rules=rules)
    internal, details = after.status is report.status, _told(report, timer, effect) | step.details
    return unasked(Action.FALL_DUE, report, after, at=now, note=step.note, internal=internal, details=details)


def recomputed(report: Report, *, now: datetime, rules: Rulebook) -> Change | None:
    """The deadlines under the calendar as it is now; None where they stay."""
    after = clockwork.rescheduled(report, rules)
    if after == report:
        return None
    details: dict[str, object] = {"before": _iso(report.due_at), "due_at": _iso(after.due_at)}
    internal, next_one = after.due_at == report.due_at, replace(after, version=report.version + 1)
    return unasked(Action.RECOMPUTE, report, next_one, at=now, internal=internal, details=details)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _effect(report: Report, timer: Timer) -> Effect:
    """The village is not called in where the centre alone verifies, nor where there is none: the centre is."""
    if timer.effect is Effect.VILLAGE_MAY_VERIFY and (report.nature.verify_by_centre or not report.place.village):
        return Effect.CENTRE_MAY_VERIFY
    return timer.effect


def _fired(report: Report, timer: Timer) -> Report:
    """The report with the timer's having rung remembered, so that it rings once."""
    if timer.part:
        late = replace(timer.part, late=True)
        return replace(report, parts=tuple(late if part == timer.part else part for part in report.parts))
    if timer.effect is Effect.REQUEST_OVER and report.request:
        return replace(report, request=replace(report.request, told=True))
    return replace(report, run=replace(report.run, fired=timer.percent)) if report.run else report


def _told(report: Report, timer: Timer, effect: Effect) -> dict[str, object]:
    """`post`: whose turn it is; it differs from the holder where the centre is to answer a department."""
    stage = report.run.stage if report.run else None
    told: dict[str, object] = {"stage": stage, "percent": timer.percent, "effect": effect}
    if timer.part:
        return told | {"stage": "part", "post": helper_post(timer.part.department, report).key}
    if timer.effect is Effect.REQUEST_OVER and report.request:
        return told | {"stage": "request", "wish": report.request.wish, "post": _centre(report).key}
    holder = _centre(report) if report.awaits_class else report.holder
    named = holder and holder.role is not Role.COURIER  # who reported, the history does not say
    return told | {"post": holder.key if holder and named else None}


def _centre(report: Report) -> Post:
    return Post(Role.CENTRE, report.place.township)


def _told_only(report: Report, now: datetime, rules: Rulebook) -> Step:
    return Step(status=report.status)


def _village_may_verify(report: Report, now: datetime, rules: Rulebook) -> Step:
    return Step(status=report.status, changes={"widened": (*report.widened, Role.VILLAGE)})


def _centre_is_called(report: Report, now: datetime, rules: Rulebook) -> Step:
    return Step(status=report.status, changes={"widened": (*report.widened, Role.CENTRE)})


def _escalate(report: Report, now: datetime, rules: Rulebook) -> Step:
    return Step(status=S.WITH_CENTRE)


def _sign_by_default(report: Report, now: datetime, rules: Rulebook) -> Step:
    """逾期视为签收: the department's limit runs from the deadline for signing, the right to return is lost."""
    return Step(status=S.IN_HANDLING, changes={"unsigned": True}, since=report.due_at)


def _watched(watch: Watch) -> Callable[[Report, datetime, Rulebook], Step]:
    def supervise(report: Report, now: datetime, rules: Rulebook) -> Step:
        watched = report.watch if report.watch is Watch.RED else watch
        return Step(status=report.status, changes={"watch": watched}, details={"watch": watched})

    return supervise


def _close_unchecked(report: Report, now: datetime, rules: Rulebook) -> Step:
    return Step(status=S.CLOSED, changes={"unchecked": True}, details={"unchecked": True})


def _info_over(report: Report, now: datetime, rules: Rulebook) -> Step:
    """Nobody answered: it goes on where it was interrupted, from when the wait was over."""
    held = report.paused
    if held is None:
        return Step(status=S.WITH_CENTRE)
    return taken_up(report, held, at=report.due_at or now, rules=rules)


def _review(report: Report, now: datetime, rules: Rulebook) -> Step:
    """The centre reviews what is suspended every 30 days; the second time the committee takes it."""
    reviews = report.reviews + 1
    details: dict[str, object] = {"review": reviews}
    if reviews >= rules.numbers.count("suspend_reviews"):
        return Step(status=S.COORDINATING, changes={"reviews": reviews, "paused": None}, details=details)
    return Step(status=S.SUSPENDED, changes={"reviews": reviews}, details=details, renews=True, since=report.due_at)


def _request_over(report: Report, now: datetime, rules: Rulebook) -> Step:
    """An extension unanswered at the deadline is refused; other wishes stay, and the committee is told."""
    if report.request and report.request.wish is Wish.EXTENSION:
        return Step(status=report.status, changes={"request": None}, details={"refused": True})
    return Step(status=report.status)


EFFECTS: dict[Effect, Callable[[Report, datetime, Rulebook], Step]] = {
    Effect.REMIND_HOLDER: _told_only,
    Effect.VILLAGE_MAY_VERIFY: _village_may_verify,
    Effect.CENTRE_MAY_VERIFY: _centre_is_called,
    Effect.ESCALATE_TO_CENTRE: _escalate,
    Effect.TELL_COMMITTEE: _told_only,
    Effect.TELL_CHAIR_AND_AGENDA: _told_only,
    Effect.SIGN_BY_DEFAULT: _sign_by_default,
    Effect.SUPERVISE_YELLOW: _watched(Watch.YELLOW),
    Effect.SUPERVISE_RED: _watched(Watch.RED),
    Effect.CENTRE_RECHECKS: _centre_is_called,
    Effect.CLOSE_UNCHECKED: _close_unchecked,
    Effect.INFO_OVER: _info_over,
    Effect.REVIEW: _review,
    Effect.REQUEST_OVER: _request_over,
    Effect.PART_LATE: _told_only,
}
