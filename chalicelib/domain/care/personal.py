"""Who somebody is who is cared for: sealed as one, shown by parts (`sight`), and recognised without being read."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from unicodedata import normalize

from chalicelib.domain.care.sight import Field
from chalicelib.domain.errors import Invalid
from chalicelib.domain.login.keyed import keyed
from chalicelib.domain.people.model import masked_name
from chalicelib.domain.people.phones import BETWEEN_DIGITS, phone_of

LANDLINE = re.compile(r"(?:(?:\+|00)86)?(0[0-9]{9,11})")  # with its area code
COARSE = 2  # decimals of a degree: about a kilometre
BY_PHONE, BY_WHO = "care-phone", "care-who"  # purposes of digests, so that neither is the other's


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """All that is known of who it is. `door`: the address and how to get in; coordinates: WGS-84, 0 where unknown."""

    name: str = ""
    phone: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    door: str = ""
    notes: str = ""
    language: str = ""
    lon: float = 0.0
    lat: float = 0.0

    @property
    def number(self) -> str:
        """Where somebody can be reached: his own phone, else his contact's."""
        return self.phone or self.contact_phone


# Which parts each field of `sight` is. Who carries something learns with the door which language is spoken there.
PARTS: dict[Field, frozenset[str]] = {
    Field.NAME: frozenset({"name"}),
    Field.CONTACT: frozenset({"phone", "contact_name", "contact_phone"}),
    Field.DOOR: frozenset({"door", "language", "lon", "lat"}),
    Field.NOTES: frozenset({"notes"}),
}
SEALED = frozenset(PARTS)


def checked(given: Personal) -> Personal:
    """The same, tidied. Raises Invalid (`care_name_needed`, `care_door_needed`, `care_phone_needed`,
    `phone_malformed`)."""
    if not given.name.strip():
        raise Invalid("care_name_needed")
    if not given.door.strip():
        raise Invalid("care_door_needed")
    if not given.number.strip():
        raise Invalid("care_phone_needed")
    return Personal(
        name=given.name.strip(),
        phone=_number(given.phone),
        contact_name=given.contact_name.strip(),
        contact_phone=_number(given.contact_phone),
        door=given.door.strip(),
        notes=given.notes.strip(),
        language=given.language.strip(),
        lon=given.lon,
        lat=given.lat,
    )


def number_of(text: str) -> str:
    """A mobile number, or a landline with its area code, as digits. Raises Invalid (`phone_malformed`)."""
    found = LANDLINE.fullmatch(BETWEEN_DIGITS.sub("", normalize("NFKC", text)))
    return found[1] if found else phone_of(text)


def _number(text: str) -> str:
    return number_of(text) if text.strip() else ""


def only(personal: Personal, fields: Collection[Field]) -> Personal:
    """The same with nothing but these fields."""
    kept = {name: getattr(personal, name) for field in SEALED & set(fields) for name in PARTS[field]}
    return Personal(**kept)


def blurred(personal: Personal) -> Personal:
    """Without the spot: coordinates to about a kilometre."""
    kept = {name: getattr(personal, name) for name in Personal.__slots__ if name not in ("lon", "lat")}
    return Personal(**kept, lon=round(personal.lon, COARSE), lat=round(personal.lat, COARSE))


def masked(personal: Personal) -> str:
    """What a list shows of a name."""
    return masked_name(personal.name)


def phone_digest(number: str, key: bytes) -> str:
    """By what somebody is found who can be reached by this number."""
    return keyed(key, BY_PHONE, number)


def who_digest(personal: Personal, key: bytes) -> str:
    """By what the same elder is known again. A couple shares a phone, so the name is part of it."""
    name = "".join(normalize("NFKC", personal.name).split())
    return keyed(key, BY_WHO, personal.number, name)
