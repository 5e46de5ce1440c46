"""An auditor's own reads are noted (DOMAIN §1)."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.services.people import access

WORK_WITH_IT = (Role.COMMITTEE, Role.CENTRE)


def note(by: Actor, subject: str, *, township: str, now: datetime) -> None:
    """Note that an auditor, who is nothing else there, read it: one write, none for others."""
    works = any(by.holds(role, township) for role in WORK_WITH_IT)
    if by.holds(Role.AUDITOR, township) and not works:
        access.record(by, What.READ_HISTORY, subject, now=now)


def note_each(by: Actor, subject: Callable[[str], str], area: str | None = None, *, now: datetime) -> None:
    """The same for each township that he audits, or for that of the area alone; `subject` by the township's code."""
    for scope in [post.scope for post in by.posts if post.role is Role.AUDITOR]:
        if (area or scope).startswith(scope):
            note(by, subject(scope), township=scope, now=now)
