"""Duty rosters over HTTP: who answers for a village, the centre, a department or the committee, and when."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask

if TYPE_CHECKING:
    from chalicelib.domain.duty.rosters import Duty, Roster, Shift

api = Api(__name__)

type Phone = Annotated[str, Meta(pattern=r"^\+?[0-9]{3,15}\Z")]
type Name = Annotated[str, Meta(min_length=1, max_length=40)]
type LocalTime = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]


class OnDuty(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody on duty."""

    name: Name
    phone: Phone


class ShiftView(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is on duty from `begins` (local time) until the next begins, 24 hours at most; null is an empty slot."""

    begins: LocalTime = "00:00"
    main: OnDuty | None = None
    deputy: OnDuty | None = None


class RosterDay(Struct, frozen=True, kw_only=True):
    """A local day of a roster; `version` is 0 before anything was written."""

    day: date
    shifts: list[ShiftView]
    version: int


class RosterDays(Struct, frozen=True, kw_only=True):
    """Some days of a post's roster, oldest first."""

    post: str
    days: list[RosterDay]


class Span(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which local day to which, 31 at most."""

    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")


class WantedDay(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day as it shall be; `version` is the one that was read, left out for whatever there is."""

    day: date
    shifts: Annotated[tuple[ShiftView, ...], Meta(max_length=8)]
    version: int | None = None


class WantedDays(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One day or several at once, all or none."""

    days: Annotated[tuple[WantedDay, ...], Meta(min_length=1, max_length=31)]


class CopyWeek(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first of the seven days to fill with those of the week before."""

    first: date


@api.route("/rosters/{post}", methods=["GET"], authorizer=authorize)
def get_roster(ask: Ask, post: str, query: Span) -> RosterDays:
    """Who is on duty for a post (`village:350211102202`): for its own people, the centre and the admin.

    From one local day to another, 31 days at most.
    """
    from chalicelib.services.duty import rosters

    return _days(post, rosters.read(post, query.first, query.last, by=ask.actor, now=ask.now))


@api.route("/rosters/{post}", methods=["PUT"], authorizer=authorize)
def put_roster(ask: Ask, post: str, body: WantedDays) -> RosterDays:
    """Write one day or a whole week. For the post itself and the admin; the centre for bodies without account."""
    from chalicelib.services.duty import rosters

    wanted = [rosters.Day(day=one.day, shifts=tuple(map(_shift, one.shifts)), version=one.version) for one in body.days]
    return _days(post, rosters.write(post, wanted, by=ask.actor, now=ask.now))


@api.route("/rosters/{post}/copies", methods=["POST"], authorizer=authorize)
def copy_roster(ask: Ask, post: str, body: CopyWeek) -> RosterDays:
    """Fill a week with the one before it. Days that have somebody already are left as they are."""
    from chalicelib.services.duty import rosters

    return _days(post, rosters.copy_last_week(post, body.first, by=ask.actor, now=ask.now))


def _days(post: str, found: "list[Roster]") -> RosterDays:
    days = [RosterDay(day=one.day, shifts=list(map(_view, one.shifts)), version=one.version) for one in found]
    return RosterDays(post=post, days=days)


def _view(shift: "Shift") -> ShiftView:
    return ShiftView(begins=shift.begins, main=_on_duty(shift.main), deputy=_on_duty(shift.deputy))


def _on_duty(duty: "Duty | None") -> OnDuty | None:
    return OnDuty(name=duty.name, phone=duty.phone) if duty else None


def _shift(view: ShiftView) -> "Shift":
    from chalicelib.domain.duty.rosters import Shift

    return Shift(begins=view.begins, main=_duty(view.main), deputy=_duty(view.deputy))


def _duty(view: OnDuty | None) -> "Duty | None":
    from chalicelib.domain.duty.rosters import Duty

    return Duty(name=view.name, phone=view.phone) if view else None
