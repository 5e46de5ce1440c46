"""The words that actions on a report carry: outcomes, reasons, decisions (DOMAIN §2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What a verification found."""

    TO_VILLAGE = "to_village"
    TO_CENTRE = "to_centre"
    SOLVED_ON_SPOT = "solved_on_spot"
    ALREADY_GONE = "already_gone"


class Basis(StrEnum):
    """How a verifier knows."""

    ON_SITE = "on_site"
    PHOTO = "photo"
    PHONE = "phone"


class RejectReason(StrEnum):
    """Why a report is not taken up. Only `false`, confirmed by the centre, can lead to a penalty."""

    NOT_FOUND = "not_found"
    NOT_PUBLIC = "not_public"
    UNREADABLE = "unreadable"
    FALSE = "false"


class Source(StrEnum):
    """How a report came in. All but the app are filed by staff for someone, and earn no points."""

    APP = "app"
    PATROL = "patrol"
    PHONE = "phone"
    VISIT = "visit"
    HOTLINE = "12345"
    CARE = "care"


class ReturnReason(StrEnum):
    """Why a department sends an order back (退单)."""

    NOT_OURS = "not_ours"
    WRONG_AREA = "wrong_area"
    OWNERSHIP_UNCLEAR = "ownership_unclear"
    NOT_ENOUGH_INFORMATION = "not_enough_information"
    DUPLICATE = "duplicate"


class Ruling(StrEnum):
    """What the committee decides of a hard case."""

    DISPATCH = "dispatch"  # binding
    TO_VILLAGE = "to_village"
    SUSPEND = "suspend"
    CLOSE_UNSOLVED = "close_unsolved"


class Service(StrEnum):
    """Where the centre transfers what is not a township's to solve."""

    POLICE = "110"
    FIRE = "119"
    AMBULANCE = "120"
    HOTLINE = "12345"


class Wish(StrEnum):
    """What a department asks of the centre."""

    EXTENSION = "extension"
    REASSIGN = "reassign"
    SUSPEND = "suspend"


class Watch(StrEnum):
    """How closely the committee supervises (督办)."""

    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """What a body without an account did, as the centre records it for it (代录).

    `person` spoke for the body, from `phone`, at `at` (UTC); `letter` names the letter or the photo of it.
    """

    person: str
    phone: str
    at: datetime
    letter: str
