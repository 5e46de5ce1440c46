"""Who carries, over HTTP: a courier says what he does and when, the centre records training and insurance."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.care_shapes import CareService, word
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant
from chalicelib.domain.care.terms import Service

if TYPE_CHECKING:
    from chalicelib.domain.care.carriers import Carrier
    from chalicelib.services.care.carriers import Shown

api = Api(__name__)

Grid = Annotated[str, Meta(pattern=r"^\d{15}$")]
Weekday = Annotated[int, Meta(ge=0, le=6)]


class FreeHours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A span of a weekday (0: Monday), local; `until` is not in it."""

    weekday: Weekday
    since: time
    until: time


class CareProfileBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which services, when you are free, and which grids of your villages; all of a village where you name none."""

    services: list[CareService]
    free: Annotated[list[FreeHours], Meta(max_length=28)] = []
    grids: Annotated[list[Grid], Meta(max_length=100)] = []


class TrainingBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For which services he is trained: all of them, each time."""

    services: list[CareService]


class InsuranceBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last local day of his accident insurance; null where he has none."""

    until: date | None


class CareProfileView(Struct, frozen=True, kw_only=True):
    """A courier as one who carries. `open`: visits that he has, `asked`: that he is asked for, `recent`: carried in
    four weeks. Until `paused_until` he is asked for none."""

    courier: str
    services: list[CareService]
    free: list[FreeHours]
    grids: list[str]
    villages: list[str]
    trained: list[CareService]
    insured_until: date | None
    open: int
    asked: int
    recent: int
    paused_until: Instant | None
    version: int


@api.route("/me/care-profile", methods=["GET"], authorizer=authorize)
def get_my_care_profile(ask: Ask) -> CareProfileView:
    """What you said of yourself as one who carries, and what the centre recorded."""
    from chalicelib.services.care import carriers

    return view(carriers.mine(by=ask.actor), ask.now)


@api.route("/me/care-profile", methods=["PUT"], authorizer=authorize)
def set_my_care_profile(ask: Ask, body: CareProfileBody) -> CareProfileView:
    """Say what you are willing to do, and when. With no service you are asked for none."""
    from chalicelib.services.care import carriers

    said = _services(body.services), _free(body.free), tuple(body.grids)
    return view(carriers.profile(*said, version=ask.version, by=ask.actor, now=ask.now), ask.now)


@api.route("/people/{person_id}/care-profile", methods=["GET"], authorizer=authorize)
def get_care_profile(ask: Ask, person_id: str) -> CareProfileView:
    """A courier as one who carries, for the centre. The look is noted."""
    from chalicelib.services.care import carriers

    return view(carriers.show(person_id, by=ask.actor, now=ask.now), ask.now)


@api.route("/people/{person_id}/care-training", methods=["PUT"], authorizer=authorize)
def record_care_training(ask: Ask, person_id: str, body: TrainingBody) -> CareProfileView:
    """Record for which services a courier is trained."""
    from chalicelib.services.care import carriers

    return view(carriers.train(person_id, _services(body.services), by=ask.actor, now=ask.now), ask.now)


@api.route("/people/{person_id}/care-insurance", methods=["PUT"], authorizer=authorize)
def record_care_insurance(ask: Ask, person_id: str, body: InsuranceBody) -> CareProfileView:
    """Record until when a courier is insured against accidents."""
    from chalicelib.services.care import carriers

    return view(carriers.insure(person_id, body.until, by=ask.actor, now=ask.now), ask.now)


@api.route("/people/{person_id}/care-pause", methods=["DELETE"], authorizer=authorize)
def lift_care_pause(ask: Ask, person_id: str) -> CareProfileView:
    """After a talk with somebody who let go of too many visits: he is asked again."""
    from chalicelib.services.care import carriers

    return view(carriers.lift(person_id, by=ask.actor, now=ask.now), ask.now)


def _services(words: Iterable[CareService]) -> frozenset[Service]:
    return frozenset(map(Service, words))


def _free(every: Iterable[FreeHours]) -> dict[int, tuple[tuple[time, time], ...]]:
    ordered = sorted(every, key=attrgetter("weekday", "since"))
    return {day: tuple((one.since, one.until) for one in of) for day, of in groupby(ordered, attrgetter("weekday"))}


def view(shown: "Shown", now: datetime) -> CareProfileView:
    """Somebody as one who carries."""
    carrier, book = shown.carrier, shown.book
    paused = book.paused_until if book.paused_until and book.paused_until > now else None
    return CareProfileView(
        courier=carrier.courier_id,
        services=sorted(map(word, carrier.willing)),
        free=_hours(carrier),
        grids=list(carrier.grids),
        villages=list(carrier.villages),
        trained=sorted(map(word, carrier.trained)),
        insured_until=carrier.insured_until,
        open=len(book.held),
        asked=len(book.asked),
        recent=book.recent(now),
        paused_until=paused,
        version=carrier.version,
    )


def _hours(carrier: "Carrier") -> list[FreeHours]:
    days = sorted(carrier.free.items())
    return [FreeHours(weekday=day, since=first, until=last) for day, hours in days for first, last in hours]
