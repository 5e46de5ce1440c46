"""Sessions: what a sign-in on one device opens, and what keeps it open (DOMAIN §1).

A session is kept by a refresh token that changes at every use. Answers get lost in lifts: the token that was just used
gets the same successor again, for a short while and on the same device. Anything else that comes back late was copied
by somebody, and ends the session. Only digests are kept; a successor is worked out from the token that it follows, a
nonce kept here and a key kept elsewhere.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.errors import TooManyRequests
from chalicelib.domain.login.keyed import matches
from chalicelib.domain.reference.numbers import Numbers

MOST_STEPS = 20  # remembered at once: who renews faster than that waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Lives:
    """How long a session lasts in all and unused, and how long a used token may come again."""

    whole: timedelta
    idle: timedelta
    grace: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A token was spent: its digest, the nonce that its successor was made with, and when."""

    spent: str
    nonce: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody signed in on one device. `current` is the digest of the token that is good now, `device` the device's;
    `steps` are the latest ones, oldest first."""

    person_id: str
    id: str
    device: str
    device_name: str
    started_at: datetime
    used_at: datetime
    current: str
    steps: tuple[Step, ...]


class Verdict(StrEnum):
    """What becomes of a token that was presented."""

    NEXT = "next"  # it is the current one: it is spent, and has a successor
    AGAIN = "again"  # it was spent a moment ago by the same device: the same successor
    OVER = "over"  # the session has ended by itself
    REUSED = "reused"  # somebody has a copy: the session ends


def lives(numbers: Numbers) -> Lives:
    """As the township has set them."""
    grace = timedelta(seconds=numbers.of("session_grace_seconds"))
    return Lives(whole=numbers.days("session_days"), idle=numbers.days("session_idle_days"), grace=grace)


def ends_at(session: Session, lives: Lives) -> datetime:
    """When it ends if nothing more happens."""
    return min(session.started_at + lives.whole, session.used_at + lives.idle)


def judge(session: Session, presented: str, *, device: str, lives: Lives, now: datetime) -> Verdict:
    """What becomes of a token of this session, by its digest and the device's that presents it."""
    if now >= ends_at(session, lives):
        return Verdict.OVER
    if not matches(session.device, device):
        return Verdict.REUSED
    if matches(session.current, presented):
        return Verdict.NEXT
    step = step_of(session, presented)
    return Verdict.AGAIN if step and now <= step.at + lives.grace else Verdict.REUSED


def step_of(session: Session, spent: str) -> Step | None:
    """The step that a token was spent in, if it is remembered."""
    return next((step for step in session.steps if matches(step.spent, spent)), None)


def moved(session: Session, step: Step, current: str, lives: Lives) -> Session:
    """The session once the current token was spent in this step. Steps that are too old to come again are forgotten.

    Raises TooManyRequests (`renewals_too_fast`) where a younger one would have to be: its token may still come again.
    """
    kept = [one for one in session.steps if step.at <= one.at + lives.grace]
    if len(kept) >= MOST_STEPS:
        wait = int((kept[0].at + lives.grace - step.at).total_seconds()) + 1
        raise TooManyRequests("renewals_too_fast", wait=wait)
    return replace(session, current=current, used_at=step.at, steps=(*kept, step))
