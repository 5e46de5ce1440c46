"""What of a report a file shows, by the role it was asked for as (DOMAIN §2 Confidential, §6): a table."""

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.exports.digits import covered_digits
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.people.model import Actor, Role, masked_name, masked_phone
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.model import Report
from chalicelib.domain.reports.parties import Party


class Shown(StrEnum):
    """How much of something is shown."""

    CLEAR = "clear"
    MASKED = "masked"  # enough to recognise, too little to use
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Cover:
    """Of the text, of the spot (coordinates), of the reporter (name and phone)."""

    text: Shown
    spot: Shown
    reporter: Shown


R, C, M, H = Role, Shown.CLEAR, Shown.MASKED, Shown.HIDDEN
# (role, personal data granted, confidential). A pair that is missing is not in the file at all: an admin looks after
# people and tables and has no part in confidential matters. Only the centre learns who reported (DOMAIN §2), and the
# admin, who keeps the list of people, where a ground is given.
COVERS: dict[tuple[Role, bool, bool], Cover] = {
    (R.CENTRE, True, False): Cover(C, C, C),
    (R.CENTRE, True, True): Cover(C, C, C),
    (R.CENTRE, False, False): Cover(M, C, M),
    (R.CENTRE, False, True): Cover(M, C, H),
    (R.ADMIN, True, False): Cover(C, C, C),
    (R.ADMIN, False, False): Cover(M, C, M),
    (R.COMMITTEE, False, False): Cover(M, C, H),
    (R.COMMITTEE, False, True): Cover(M, C, H),
    (R.AUDITOR, False, False): Cover(M, C, H),
    (R.AUDITOR, False, True): Cover(H, H, H),
    (R.VILLAGE, False, False): Cover(M, C, H),
    (R.VILLAGE, False, True): Cover(M, C, H),
}
PARTIES = {
    R.CENTRE: Party.CENTRE,
    R.COMMITTEE: Party.COMMITTEE,
    R.AUDITOR: Party.AUDITOR,
    R.VILLAGE: Party.VILLAGE,
}


def cover(job: Job, report: Report) -> Cover | None:
    """What the job may show of the report; None where it may not show that it exists."""
    found = COVERS.get((job.role, job.ground is not None, report.nature.confidential))
    return found if found and report.place.township == job.township and _is_seen(job, report) else None


def _is_seen(job: Job, report: Report) -> bool:
    """By the same rule as everywhere; the admin, who has no part in any report, sees those that are no secret."""
    party = PARTIES.get(job.role)
    return party is None or party in sight.viewers(Actor(id=job.requester_id, posts=job.posts), report)


def covered_text(text: str, shown: Shown) -> str | None:
    """The text, masked with its long numbers starred; None where it is hidden."""
    if shown is Shown.MASKED:
        return covered_digits(text)
    return text if shown is Shown.CLEAR else None


def covered_name(name: str, shown: Shown) -> str | None:
    """The name, masked to its first character."""
    return masked_name(name) if shown is Shown.MASKED else name if shown is Shown.CLEAR else None


def covered_phone(phone: str, shown: Shown) -> str | None:
    """The number, masked in its middle."""
    return masked_phone(phone) if shown is Shown.MASKED else phone if shown is Shown.CLEAR else None
