"""How a courier joins: the recruitment call (招募令), the application, the centre's decision (DOMAIN §1)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from chalicelib.domain.errors import AlreadyDone, Conflict, Invalid
from chalicelib.domain.people.consents import APPLICATION, Consents
from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.domain.reference.calendar import local_day

CALLERS = frozenset({Role.ADMIN, Role.CENTRE})  # who may make a recruitment call
DECIDERS = frozenset({Role.CENTRE})


class ApplicationState(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"  # another one with the same number was approved


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruitment:
    """A call for couriers of these villages: its code stands in the QR code, and takes `most` applications."""

    code: str
    villages: tuple[str, ...]
    valid_until: datetime
    most: int
    made_by: str
    made_at: datetime
    used: int = 0

    @property
    def qr(self) -> str:
        """What the printed QR code says."""
        return f"fenjian://apply?code={self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What an applicant writes. `consent` is the version of the wording he agreed to."""

    name: str
    phone: str
    employer: str
    skills: tuple[str, ...]
    villages: tuple[str, ...]
    adult: bool
    consent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Somebody's wish to join; who is approved keeps its id as his own, and his data are kept there alone."""

    id: str
    recruitment: str
    form: Form
    at: datetime
    state: ApplicationState = ApplicationState.SUBMITTED
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """What goes before an approval: the short training, and the welcome pack (安全出行礼包) if it was handed over."""

    trained_on: date
    trained_by: str
    pack_on: date | None = None


def call(wanted: Recruitment, *, known: Iterable[str], longest: timedelta, largest: int) -> Recruitment:
    """A recruitment call as asked for; `known` are the township's villages.

    Raises Invalid (`unknown_village`, `recruitment_ends_before`, `recruitment_too_long`, `recruitment_too_large`).
    """
    if unknown := set(wanted.villages).difference(known):
        raise Invalid("unknown_village", villages=", ".join(sorted(unknown)))
    if wanted.valid_until <= wanted.made_at:
        raise Invalid("recruitment_ends_before")
    if wanted.valid_until > wanted.made_at + longest:
        raise Invalid("recruitment_too_long", days=longest.days)
    if wanted.most > largest:
        raise Invalid("recruitment_too_large", most=largest)
    return wanted


def require_open(recruitment: Recruitment, now: datetime) -> None:
    """Raises Conflict (`recruitment_over`, `recruitment_full`): to everyone alike, known or not."""
    if now >= recruitment.valid_until:
        raise Conflict("recruitment_over")
    if recruitment.used >= recruitment.most:
        raise Conflict("recruitment_full")


def apply(id: str, form: Form, recruitment: Recruitment, *, consents: Consents, now: datetime) -> Application:
    """A new application.

    Raises Conflict (as `require_open`, and `consent_outdated`), Invalid (`adults_only`, `name_needed`,
    `unknown_village` for a village that the call is not for).
    """
    require_open(recruitment, now)
    if not form.adult:
        raise Invalid("adults_only")
    if not form.name.strip():
        raise Invalid("name_needed")
    if elsewhere := set(form.villages).difference(recruitment.villages):
        raise Invalid("unknown_village", villages=", ".join(sorted(elsewhere)))
    consents.require(APPLICATION, form.consent)
    return Application(id=id, recruitment=recruitment.code, form=_tidy(form), at=now)


def approve(application: Application, welcome: Welcome, *, by: Actor, now: datetime) -> tuple[Application, Person]:
    """The application as decided, without what it said of him, and the courier it makes.

    Raises AlreadyDone (`application_decided`, `application_superseded`) and Invalid (`day_ahead`).
    """
    decided = _decided(application, ApplicationState.APPROVED, by=by, now=now)
    for day in (welcome.trained_on, welcome.pack_on):
        require_past(day, now)
    form = application.form
    courier = Person(
        id=application.id,
        name=form.name,
        phone=form.phone,
        posts=(Post(Role.COURIER, application.id),),
        valid_from=now.replace(microsecond=0),  # tokens tell whole seconds, and there are none of before
        employer=form.employer,
        villages=form.villages,
        skills=form.skills,
        adult=form.adult,
        consent=form.consent,
        trained_on=welcome.trained_on,
        trained_by=welcome.trained_by,
        pack_on=welcome.pack_on,
        joined_at=now,
        approved_at=now,
    )
    blank = replace(form, name="", phone="", employer="", skills=(), villages=())
    return replace(decided, form=blank), courier


def reject(application: Application, reason: str, *, by: Actor, now: datetime) -> Application:
    """The application as decided. Raises AlreadyDone (`application_decided`, `application_superseded`)."""
    return replace(_decided(application, ApplicationState.REJECTED, by=by, now=now), reason=reason)


def supersede(application: Application, *, by: Actor, now: datetime) -> Application:
    """An application that ends because another one with its number was approved: the number is one person's.

    Raises AlreadyDone (`application_decided`).
    """
    return _decided(application, ApplicationState.SUPERSEDED, by=by, now=now)


def require_past(day: date | None, now: datetime) -> None:
    """Raises Invalid (`day_ahead`) for a local day that has not come."""
    if day and day.isoformat() > local_day(now):
        raise Invalid("day_ahead", day=day.isoformat())


def _decided(application: Application, state: ApplicationState, *, by: Actor, now: datetime) -> Application:
    if application.state is ApplicationState.SUPERSEDED:
        raise AlreadyDone("application_superseded")
    if application.state is not ApplicationState.SUBMITTED:
        raise AlreadyDone("application_decided", state=application.state)
    return replace(application, state=state, decided_by=by.id, decided_at=now, version=application.version + 1)


def _tidy(form: Form) -> Form:
    skills = tuple(dict.fromkeys(skill.strip() for skill in form.skills if skill.strip()))
    villages = tuple(dict.fromkeys(form.villages))
    return replace(form, name=form.name.strip(), employer=form.employer.strip(), skills=skills, villages=villages)
