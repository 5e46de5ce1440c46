"""What became of a report, read off its history: for who reported it, and with less in it for everybody (DOMAIN §2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.events import Event
from chalicelib.domain.exports.digits import covered_digits
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reports.model import Action, Status

A, S = Action, Status


class Result(StrEnum):
    """How it ended, or how far it is."""

    WAITING = "waiting"  # to be verified
    OPEN = "open"
    SAID_SOLVED = "said_solved"
    SOLVED = "solved"
    GONE = "gone"
    UNCHECKED = "unchecked"
    UNSOLVED = "unsolved"
    TRANSFERRED = "transferred"
    INVALID = "invalid"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Step(StrEnum):
    """What everybody may know that happened."""

    REPORTED = "reported"
    VERIFIED = "verified"
    GIVEN = "given"
    COORDINATING = "coordinating"
    SUSPENDED = "suspended"
    ANSWERED = "answered"
    REOPENED = "reopened"
    TRANSFERRED = "transferred"
    GONE = "gone"
    UNSOLVED = "unsolved"
    UNCHECKED = "unchecked"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step, when it was (UTC), the post that had it to do (`role:scope`), and what it told the public.

    `secret`: it was done while the matter was confidential, so that it was never said to the public.
    """

    step: Step
    at: datetime
    post: str | None = None
    answer: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`post` is who answered last, `answer` what the public was told, at `answered_at`; empty where nothing was.

    `secret`: that was answered while the matter was confidential, and is for the reporter and staff alone.
    """

    result: Result
    status: Status
    kind: str | None
    confidential: bool
    post: str | None = None
    answer: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    secret: bool = False


# With these words a body turns to the public (`decisions/said.py`); with others to the reporter, or to colleagues.
TELLS = frozenset({A.RESOLVE, A.ANSWER})
GIVES = frozenset({A.VERIFY, A.DISPATCH, A.DECIDE, A.REASSIGN, A.RETURN_TO_VILLAGE})
BY_STATUS = {S.COORDINATING: Step.COORDINATING, S.SUSPENDED: Step.SUSPENDED, S.TRANSFERRED: Step.TRANSFERRED}
RESULTS = {
    S.RESOLVED: Result.SAID_SOLVED,
    S.TRANSFERRED: Result.TRANSFERRED,
    S.INVALID: Result.INVALID,
    S.WITHDRAWN: Result.WITHDRAWN,
    S.DUPLICATE: Result.MERGED,
}
DATED = frozenset({S.CLOSED, S.TRANSFERRED})  # taken back, or opened again, the date of an end is one no more
ENDS = {
    Step.CLOSED: Result.SOLVED,
    Step.GONE: Result.GONE,
    Step.UNSOLVED: Result.UNSOLVED,
    Step.UNCHECKED: Result.UNCHECKED,
}


def of(lines: Sequence[Event]) -> Outcome:
    """What became of the report with this history, which has a line at least."""
    last = lines[-1].standing
    found = Outcome(result=_result(lines), status=last.status, kind=last.kind, confidential=last.confidential)
    for one in _steps(lines):
        match one.step:
            case Step.ANSWERED | Step.UNSOLVED:
                found = replace(found, post=one.post, answer=one.answer, answered_at=one.at, secret=one.secret)
            case Step.REOPENED:
                found = replace(found, post=None, answer="", answered_at=None, secret=False)
        if one.step in ENDS or one.step is Step.TRANSFERRED:
            found = replace(found, ended_at=one.at)
    return found if last.status in DATED else replace(found, ended_at=None)


def hidden(outcome: Outcome) -> Outcome:
    """How it stands, and nothing of what it is or what was said."""
    return replace(outcome, kind=None, post=None, answer="", answered_at=None)


def for_others(outcome: Outcome) -> Outcome:
    """Without what was said in confidence, though the matter may be confidential no more."""
    return replace(outcome, post=None, answer="", answered_at=None, secret=False) if outcome.secret else outcome


def covered(outcome: Outcome) -> Outcome:
    """With long numbers starred in what was said."""
    return replace(outcome, answer=covered_digits(outcome.answer))


def _result(lines: Sequence[Event]) -> Result:
    status = lines[-1].standing.status
    if status in RESULTS:
        return RESULTS[status]
    if status is not S.CLOSED:
        verified = any(line.action in GIVES for line in lines)
        return Result.OPEN if verified else Result.WAITING
    return next((ENDS[one.step] for one in reversed(_steps(lines)) if one.step in ENDS), Result.SOLVED)


def milestones(lines: Sequence[Event]) -> list[Milestone]:
    """What everybody may know that happened, in order: of what was done in confidence, neither by whom nor a word."""
    return [replace(one, post=None, answer="") if one.secret else one for one in _steps(lines)]


def _steps(lines: Sequence[Event]) -> list[Milestone]:
    """Who was given it in vain is not held up to view: of several orders one after the other, the last one stands."""
    found: list[Milestone] = []
    for line in lines:
        for one in _of(line):
            if found and found[-1].step is one.step is Step.GIVEN:
                found.pop()
            found.append(replace(one, secret=_in_confidence(line)))
    return found


def _in_confidence(line: Event) -> bool:
    return line.standing.confidential or (line.was is not None and line.was.confidential)


def _of(line: Event) -> Iterator[Milestone]:
    now, was = line.standing, line.was
    entered = was is None or was.status is not now.status
    if line.action is A.SUBMIT:
        yield Milestone(step=Step.REPORTED, at=line.at)
    if line.action is A.VERIFY and now.status is not S.CLOSED:
        yield Milestone(step=Step.VERIFIED, at=line.at)
    if line.action is A.REOPEN:
        yield Milestone(step=Step.REOPENED, at=line.at)
    elif line.action in GIVES and now.status in (S.WITH_VILLAGE, S.DISPATCHED):
        yield Milestone(step=Step.GIVEN, at=line.at, post=now.holder)
    if entered and now.status in BY_STATUS:
        yield Milestone(step=BY_STATUS[now.status], at=line.at)
    if entered and now.status is S.RESOLVED and line.action is not A.UNMERGE:
        answer = line.note if line.action in TELLS else ""
        yield Milestone(step=Step.ANSWERED, at=line.at, post=was.holder if was else None, answer=answer)
    if entered and now.status is S.CLOSED:
        yield _end(line)


def _end(line: Event) -> Milestone:
    if line.action is A.DECIDE:
        return Milestone(step=Step.UNSOLVED, at=line.at, post=line.was.holder if line.was else None, answer=line.note)
    unchecked = line.action is A.FALL_DUE and line.details.get("effect") == Effect.CLOSE_UNCHECKED
    gone = Step.GONE if line.action is A.VERIFY else Step.CLOSED
    return Milestone(step=Step.UNCHECKED if unchecked else gone, at=line.at)
