"""What the auditor reads of history (DOMAIN §1 auditor, §6): staff by their ids, no courier."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.events import Event
from chalicelib.domain.exports.digits import covered_digits
from chalicelib.domain.people.model import Role, masked_name, masked_phone
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.parties import OWN, Party

NAMELESS = OWN | {Party.BLIND}  # who reported; and a courier who looked again, whom the centre alone knows
INSTANT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9:]+)"
AREA = r"(?:[a-z_]+:)?(?:[0-9]{9}|[0-9]{12}|[0-9]{15})"  # no phone or identity card has as many digits
OURS = re.compile(rf"{INSTANT}|{AREA}|[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of history without who reported: `actor_id` is empty where he acted, where a courier looked again, and for
    the clock.

    Of a confidential matter neither the place nor a word that somebody wrote is shown.
    """

    report_id: str
    number: int
    at: datetime
    action: Action
    as_role: str
    actor_id: str
    status: Status
    was: Status | None
    kind: str | None
    confidential: bool
    village: str | None
    department: str | None
    due_at: datetime | None
    note: str
    internal: bool
    details: dict[str, object]


def line(event: Event) -> Line:
    """The line as the auditor reads it."""
    now, secret = event.standing, event.standing.confidential or (event.was is not None and event.was.confidential)
    nameless = event.as_role in NAMELESS or event.actor_id == event.reporter_id
    return Line(
        report_id=event.subject_id,
        number=event.number,
        at=event.at,
        action=event.action,
        as_role=event.as_role,
        actor_id="" if nameless else event.actor_id,
        status=now.status,
        was=event.was.status if event.was else None,
        kind=now.kind,
        confidential=now.confidential,
        village=None if secret else now.village,
        department=now.department,
        due_at=now.due_at,
        note="" if secret else covered_digits(event.note),
        internal=event.internal,
        details={} if secret else _masked(event.details, event.reporter_id),
    )


def _masked(details: Mapping[str, object], reporter_id: str) -> dict[str, object]:
    return {name: _covered(name, value, reporter_id) for name, value in details.items()}


def _covered(name: str, value: object, reporter_id: str) -> object:
    """A detail with names and numbers starred, and the reporter left out wherever he is named."""
    if isinstance(value, Mapping):
        return {str(key): _covered(str(key), one, reporter_id) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_covered(name, one, reporter_id) for one in value]
    if not isinstance(value, str):
        return value
    if value in (reporter_id, f"{Role.COURIER}:{reporter_id}"):
        return ""
    covers = {"person": masked_name, "phone": masked_phone}
    return covers.get(name, _text)(value)


def _text(value: str) -> str:
    """Words with their long numbers starred; an id, an instant or an area's code of ours as it is."""
    return value if OURS.fullmatch(value) else covered_digits(value)
