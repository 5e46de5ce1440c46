"""Not solved after all: reopened by whoever found it so, or by itself (DOMAIN §2).

A closing turns out to be *false* where somebody else than its reporter finds undone what a body said to be solved, or
where nobody had looked and the reporter denies it. That counts for the body, whose post the line of history names.
"""

from datetime import datetime

from chalicelib.domain.errors import Conflict, Forbidden
from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports import clockwork
from chalicelib.domain.reports.commands import Situation, Step
from chalicelib.domain.reports.decisions import said
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.parties import OWN
from chalicelib.domain.reports.running import Part
from chalicelib.domain.reports.stages import moved, unasked

S = Status
BACK_TO = {Role.VILLAGE: S.WITH_VILLAGE, Role.DEPARTMENT: S.IN_HANDLING}


def reopenable(on: Situation) -> None:
    """The reporter twice at most, within 15 days of the end; the re-checker only while it waits for him."""
    ended, numbers = on.report.ended_at, on.rules.numbers
    if on.party not in OWN:
        if on.report.status is S.CLOSED:
            raise Forbidden("not_your_part", action=on.command.action, status=on.report.status)
        return
    window, most = numbers.days("reopen_days"), numbers.count("reopen_times")
    if ended and on.now - ended > window:
        raise Conflict("reopen_window_over", days=window.days)
    if on.report.reopened >= most:
        raise Conflict("reopened_twice", most=most)


def reopen(on: Situation) -> Step:
    """Back to who resolved it, with half the time; the reporter's second time to the centre."""
    report, own, note = on.report, on.party in OWN, said.reason(on)
    if own:
        origin = None if report.reopened else claimed_by(report)
        return _back(report, origin, note, now=on.now, rules=on.rules, reopened=report.reopened + 1)
    return _back(report, claimed_by(report), note, now=on.now, rules=on.rules, false=True)


def by_itself(report: Report, *, closed_at: datetime, now: datetime, rules: Rulebook) -> Change | None:
    """What was closed at that moment is open again; None where it is already, or may be no longer.

    Told twice it happens once: a later closing has another moment.
    """
    if report.status is not S.CLOSED or report.ended_at != closed_at:
        return None
    if now - closed_at > rules.numbers.days("reopen_days"):
        return None
    step = _back(report, claimed_by(report), "", now=now, rules=rules, false=True)
    after = moved(report, step, now=now, rules=rules)
    return unasked(Action.REOPEN, report, after, at=now, details=step.details)


def denied(report: Report) -> bool:
    """Whether it was closed unchecked though its reporter says that it is not solved."""
    return report.status is S.CLOSED and report.unchecked and report.disputed


def claimed_by(report: Report) -> Post | None:
    """Who said that it is solved: nobody where it was gone by itself, or closed as unsolved."""
    return None if report.unsolved else report.origin


def _back(
    report: Report,
    origin: Post | None,
    note: str,
    *,
    now: datetime,
    rules: Rulebook,
    reopened: int | None = None,
    false: bool = False,
) -> Step:
    share = rules.numbers.of("reopen_percent") / 100
    return Step(
        status=BACK_TO.get(origin.role, S.WITH_CENTRE) if origin else S.WITH_CENTRE,
        changes={
            "parts": _parts(report, now, share, rules),
            "reopened": report.reopened if reopened is None else reopened,
            "answered": False,
            "disputed": False,
            "unchecked": False,
            "unsolved": False,
            "ordered_at": now,
        },
        note=note,
        details={"false_closing": True, "resolver": origin.key} if false and origin else {},
        share=share,
    )


def _parts(report: Report, now: datetime, share: float, rules: Rulebook) -> tuple[Part, ...]:
    """Co-handlers could do nothing while it was said to be solved: what they owe begins anew, as the lead's does."""
    begun = (clockwork.begun_anew(part, report, now, rules=rules, share=share) for part in report.parts)
    return tuple(begun)
