"""Who saw, changed or took away what of whom, and why: kept for three years (DOMAIN §1 auditor, §6)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference.calendar import instants, local_day

READERS = frozenset({Role.AUDITOR})


class What(StrEnum):
    """What was done with somebody's data, or with what holds it."""

    SAW_REPORTER = "saw_reporter"
    SAW_PERSON = "saw_person"
    SAW_FINDING = "saw_finding"
    SAW_TRUST = "saw_trust"
    SAW_APPLICATION = "saw_application"
    ENROLLED_PERSON = "enrolled_person"
    CHANGED_PERSON = "changed_person"
    DECIDED_APPLICATION = "decided_application"
    MADE_RECRUITMENT = "made_recruitment"
    EXPORTED = "exported"
    FETCHED_EXPORT = "fetched_export"
    WITHDREW_EXPORT = "withdrew_export"
    COPIED_OWN_DATA = "copied_own_data"
    COPIED_DATA_OF_WHO_LEFT = "copied_data_of_who_left"
    CLOSED_OWN_ACCOUNT = "closed_own_account"
    ERASED_OWN_DATA = "erased_own_data"
    READ_ACCESS_LOG = "read_access_log"
    READ_HISTORY = "read_history"
    READ_LEDGER = "read_ledger"
    READ_EXPORT_LOG = "read_export_log"
    CHANGED_REFERENCE = "changed_reference"
    CHANGED_ROSTER = "changed_roster"
    READ_PRIZES = "read_prizes"
    SAW_REDEMPTION = "saw_redemption"
    READ_RANKINGS = "read_rankings"
    SAW_HONOURS = "saw_honours"
    DEALT_WITH_HONOURS = "dealt_with_honours"
    READ_HONOURS_LOG = "read_honours_log"
    SAW_HANDOUTS = "saw_handouts"
    HANDED_OUT = "handed_out"
    RAN_RETENTION = "ran_retention"
    SAW_BENEFICIARY = "saw_beneficiary"
    SAW_POINTS = "saw_points"
    PROPOSED_POINTS = "proposed_points"
    DECIDED_POINTS = "decided_points"
    DECIDED_APPEAL = "decided_appeal"


# What the log of exports consists of.
OF_EXPORTS = frozenset({What.EXPORTED, What.FETCHED_EXPORT, What.WITHDREW_EXPORT})
# What the log of honours consists of: who looked at whose case, and who took which step.
OF_HONOURS = frozenset({What.SAW_HONOURS, What.DEALT_WITH_HONOURS})
# Ids that lead from somebody to a report: they are part of an entry's id, or made of it.
NAMED_ELSEWHERE = frozenset({"award", "appeal", "finding"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: `actor_id`, holding these `roles`, did `what` to the data of `subject`, at `at` (UTC), for `purpose`.

    `subject` is the id of a person, or of what else was looked at or changed. `id` sorts by time.
    """

    id: str
    at: datetime
    actor_id: str
    roles: tuple[Role, ...]
    what: What
    subject: str
    purpose: str = ""
    details: dict[str, object] = field(default_factory=dict)


def entry(
    id: str, who: Actor, what: What, subject: str, *, purpose: str, at: datetime, details: dict[str, object] | None
) -> Entry:
    """The line that says so; roles in the order they are held, each once."""
    roles = tuple(dict.fromkeys(post.role for post in who.posts))
    return Entry(
        id=id, at=at, actor_id=who.id, roles=roles, what=what, subject=subject, purpose=purpose, details=details or {}
    )


def as_audited(entry: Entry, *, of_person: bool) -> Entry:
    """The entry as an auditor reads it: who was looked at, or at which report; both would name the reporter.

    `of_person`: he asks what was done to somebody. Then neither the report nor the instant is told, by which the same
    look could be found among all of a day. What was decided about somebody's points is not named: the ledger names it
    with the report.
    """
    entry = replace(
        entry, details={name: value for name, value in entry.details.items() if name not in NAMED_ELSEWHERE}
    )
    if entry.what is not What.SAW_REPORTER or "report" not in entry.details:
        return entry
    if not of_person:
        return replace(entry, id=entry.id.partition("#")[0], subject="")  # the rest of an id is made of the subject
    details = {name: value for name, value in entry.details.items() if name != "report"}
    day = local_day(entry.at)
    return replace(entry, id=day, at=instants(day, day)[0], details=details)
