"""What the bodies of actions are made of."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

DepartmentCode = Annotated[str, Meta(pattern=r"^(D\d{2}|V)$")]
BodyCode = Annotated[str, Meta(pattern=r"^D\d{2}$")]
PhotoId = Annotated[str, Meta(min_length=1, max_length=40)]
Photos = Annotated[tuple[PhotoId, ...], Meta(max_length=9)]
Severity = Annotated[int, Meta(ge=1, le=4)]
Hours = Annotated[float, Meta(gt=0, le=10_000)]
Helpers = Annotated[tuple[DepartmentCode, ...], Meta(max_length=8)]
Word = Annotated[str, Meta(min_length=1, max_length=100)]
Letter = Annotated[str, Meta(max_length=200)]
ReportId = Annotated[str, Meta(min_length=1, max_length=60)]
PersonId = Annotated[str, Meta(min_length=1, max_length=60)]
GridCode = Annotated[str, Meta(pattern=r"^\d{15}$")]
VillageCode = Annotated[str, Meta(pattern=r"^\d{12}$")]


class Act(Struct, frozen=True, forbid_unknown_fields=True, tag_field="action"):
    """Something done to a report."""


class SuggestionRead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The suggestion that was read: the `rule` of a `table` in its `edition`."""

    table: Annotated[str, Meta(max_length=40)]
    rule: Annotated[str, Meta(max_length=60)]
    edition: int


class ProxyBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a body without an account did, recorded for it (代录): who spoke for it, when, by which letter or photo."""

    person: Word
    phone: Annotated[str, Meta(min_length=3, max_length=30)]
    at: Annotated[datetime, Meta(tz=True)]
    letter: Annotated[str, Meta(min_length=1, max_length=200)]
