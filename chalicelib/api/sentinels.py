"""A year's community sentinels over HTTP: whom everybody may see, and the record of who named whom."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.honour_cases import HonourCaseQuery
from chalicelib.api.honour_shapes import HonourLine, line
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, NeededText
from chalicelib.domain.errors import Invalid
from chalicelib.domain.honours.records import HonourDeed

if TYPE_CHECKING:
    from chalicelib.services.honours.sentinels import Entry, Year

api = Api(__name__)

Person = Annotated[str, Meta(min_length=1, max_length=100)]


class SentinelView(Struct, frozen=True, kw_only=True):
    """A community sentinel who agreed to be shown: name, villages, score, and nothing else."""

    name: str
    villages: tuple[str, ...]
    score: int


class SentinelsView(Struct, frozen=True, kw_only=True):
    """The year's sentinels who agreed to be shown, the highest score first."""

    year: int
    sentinels: list[SentinelView]


class SentinelEntry(Struct, frozen=True, kw_only=True):
    """A place on the list: who named him, when and why, on which evidence; `shown`: he agreed to be shown."""

    person: str
    name: str
    villages: tuple[str, ...]
    score: int
    evidence: int
    named_by: str
    named_at: Instant
    reason: str
    shown: bool


class SentinelsRecord(Struct, frozen=True, kw_only=True):
    """The whole list with its history, oldest first. `frozen`: by hand (`frozen_at`), or because its year is over."""

    year: int
    frozen: bool
    frozen_at: Instant | None
    sentinels: list[SentinelEntry]
    history: list[HonourLine]
    version: int


class SentinelStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="decision"):
    """A decision on the list, and why."""

    reason: NeededText


class NameSentinel(SentinelStep, frozen=True, kw_only=True, tag="name"):
    """He is one of them: he has applied, and evidence was drawn."""

    person: Person


class RemoveSentinel(SentinelStep, frozen=True, kw_only=True, tag="remove"):
    """He is one of them no longer."""

    person: Person


class FreezeSentinels(SentinelStep, frozen=True, kw_only=True, tag="freeze"):
    """The list stays as it is."""


type SentinelDecision = NameSentinel | RemoveSentinel | FreezeSentinels


@api.route("/honours/sentinels/{year}", methods=["GET"], authorizer=authorize)
def list_sentinels(ask: Ask, year: str) -> SentinelsView:
    """The community sentinels of a year who agreed to be shown."""
    from chalicelib.services.honours import sentinels

    found = sentinels.public(_year(year), now=ask.now)
    shown = [SentinelView(name=one.name, villages=one.villages, score=one.score) for one in found]
    return SentinelsView(year=int(year), sentinels=shown)


@api.route("/honours/sentinels/{year}/record", methods=["GET"], authorizer=authorize)
def get_sentinels_record(ask: Ask, year: str, query: HonourCaseQuery) -> SentinelsRecord:
    """The whole list: for the committee and the district, and for the auditor without names."""
    from chalicelib.services.honours import sentinels

    return _record(sentinels.record(_year(year), query.purpose, by=ask.actor, now=ask.now))


@api.route("/honours/sentinels/{year}/decisions", methods=["POST"], authorizer=authorize)
def decide_on_sentinels(ask: Ask, year: str, body: SentinelDecision) -> SentinelsRecord:
    """Name somebody, remove somebody, or freeze the list: the committee, with a reason. Send the version you read as
    If-Match."""
    from chalicelib.services.honours import sentinels
    from chalicelib.services.honours.sentinels import Step

    person = msgspec.structs.asdict(body).get("person", "")
    step = Step(deed=HonourDeed(str(type(body).__struct_config__.tag)), person_id=person, reason=body.reason)
    done = sentinels.step(_year(year), step, version=ask.version, key=ask.key, by=ask.actor, now=ask.now)
    return _record(done)


def _year(year: str) -> int:
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Invalid("sentinels_year", year=year)
    return int(year)


def _record(found: "Year") -> SentinelsRecord:
    held = found.held
    return SentinelsRecord(
        year=held.year,
        frozen=found.frozen,
        frozen_at=held.frozen_at,
        sentinels=[_entry(one) for one in found.entries],
        history=[line(record) for record in found.records],
        version=held.version,
    )


def _entry(one: "Entry") -> SentinelEntry:
    named = one.sentinel
    return SentinelEntry(
        person=named.person_id,
        name=one.name,
        villages=one.villages,
        score=named.score,
        evidence=named.evidence,
        named_by=named.named_by,
        named_at=named.named_at,
        reason=named.reason,
        shown=one.shown,
    )
