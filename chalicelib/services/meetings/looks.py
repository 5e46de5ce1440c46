"""An auditor's own reads are noted (DOMAIN §1)."""

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
