"""The shapes of who somebody is who is cared for."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

if TYPE_CHECKING:
    from chalicelib.domain.care.personal import Personal

Name = Annotated[str, Meta(min_length=1, max_length=40)]
Phone = Annotated[str, Meta(max_length=30)]
Door = Annotated[str, Meta(min_length=1, max_length=200)]
Notes = Annotated[str, Meta(max_length=500)]


class PersonalBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who it is: kept encrypted. `door`: the address and how to get in. A phone is needed, his own or the contact's. No
    diagnosis belongs into the notes."""

    name: Name
    phone: Phone = ""
    contact_name: Annotated[str, Meta(max_length=40)] = ""
    contact_phone: Phone = ""
    door: Door
    notes: Notes = ""
    language: Annotated[str, Meta(max_length=40)] = ""


class PersonalView(Struct, frozen=True, kw_only=True):
    """Who it is, as far as the caller may know; the rest is empty. `lat` and `lon` in WGS-84, null where unknown."""

    name: str
    phone: str
    contact_name: str
    contact_phone: str
    door: str
    notes: str
    language: str
    lat: float | None
    lon: float | None


def personal(who: "Personal") -> PersonalView:
    """Who it is, as far as it is there."""
    located = bool(who.lat or who.lon)
    names = ("name", "phone", "contact_name", "contact_phone", "door", "notes", "language")
    return PersonalView(
        **{name: getattr(who, name) for name in names},
        lat=who.lat if located else None,
        lon=who.lon if located else None,
    )
