"""What may be asked of the map: whole local months, and outside the centre only those that are over.

Months alone: where days or weeks could be asked for as well, a month less its weeks would isolate what lies between.
And a month that still grows would show, asked day by day, each report as it comes.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.maps.counting import group_of, public_kinds
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.reference.taxonomy import Taxonomy

MONTHS = 12  # of a year


class MapBy(StrEnum):
    """What counts are told apart by."""

    GROUP = "group"
    KIND = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Local months `first` … `last`, of everything or one group or kind, of everywhere or the cells of a village."""

    first: str | None = None
    last: str | None = None
    group: str | None = None
    kind: str | None = None
    village: str | None = None


def sees_all(by: Actor, township: str) -> bool:
    """Whether few are shown too, and the month that is not over: to the township's centre alone."""
    return by.holds(Role.CENTRE, township)


def months(question: Question, *, whole: bool, most: int, now: datetime) -> list[str]:
    """The months that are asked for, by default up to the last one that is shown, and that one alone.

    `whole`: the caller sees all there is. Raises Forbidden (`month_not_over`), Invalid (`months_reversed`,
    `too_many_months`).
    """
    this = _number(local_month(now))
    newest = this if whole else this - 1
    last = _number(question.last) if question.last else newest
    first = _number(question.first) if question.first else last
    if max(first, last) > newest and not whole:
        raise Forbidden("month_not_over", month=_name(newest))
    if first > last:
        raise Invalid("months_reversed", first=_name(first), last=_name(last))
    if last - first >= most:
        raise Invalid("too_many_months", most=most)
    return [_name(number) for number in range(first, last + 1)]


def check_codes(question: Question, taxonomy: Taxonomy) -> None:
    """Whether there is such a group or kind, and it is for the map. Raises Invalid (`unknown_kind`, `never_mapped`)."""
    public = public_kinds(taxonomy)
    if question.kind and taxonomy.kind(question.kind).code not in public:
        raise Invalid("never_mapped", code=question.kind)
    if question.group and question.group not in taxonomy.groups:
        raise Invalid("unknown_kind", kind=question.group)
    if question.group and question.group not in map(group_of, public):
        raise Invalid("never_mapped", code=question.group)


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * MONTHS + int(number) - 1


def _name(number: int) -> str:
    return f"{number // MONTHS:04}-{number % MONTHS + 1:02}"
