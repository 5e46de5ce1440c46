"""Joining over HTTP: the recruitment call and its QR code, the application, the centre's decision."""

import secrets
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask, Visit
from chalicelib.api.ids import new_id
from chalicelib.api.people import PersonId, Phone
from chalicelib.api.person_actions import Name, Villages
from chalicelib.api.shapes import Cursor, Instant, Limit, NeededText
from chalicelib.domain.people.phones import phone_of

if TYPE_CHECKING:
    from chalicelib.domain.people.applications import Application

api = Api(__name__)

CODE_BYTES = 16

type State = Literal["submitted", "approved", "rejected", "superseded"]
Code = Annotated[str, Meta(min_length=1, max_length=60)]
Skills = Annotated[tuple[Annotated[str, Meta(max_length=30)], ...], Meta(max_length=10)]


class NewRecruitment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A call for couriers of these villages, good until then, for at most so many."""

    villages: Villages
    valid_until: Instant
    most: Annotated[int, Meta(ge=1)]


class RecruitmentView(Struct, frozen=True, kw_only=True):
    """A recruitment call: `id` is its code, `qr` what the printed QR code says."""

    id: str
    qr: str
    villages: tuple[str, ...]
    valid_until: Instant
    most: int


class ConsentView(Struct, frozen=True, kw_only=True):
    """What an applicant agrees to, in Chinese and English; the application names its `version`."""

    version: int
    text: str
    text_en: str


class CallView(Struct, frozen=True, kw_only=True):
    """What the QR code leads to."""

    id: str
    villages: tuple[str, ...]
    valid_until: Instant
    consent: ConsentView


class Apply(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`code` is from the QR code, `consent` the version of the wording that the applicant read and agrees to."""

    code: Code
    name: Name
    phone: Phone
    employer: Name
    skills: Skills = ()
    villages: Villages
    adult: bool
    consent: int


class Received(Struct, frozen=True, kw_only=True):
    """The centre looks at it; an SMS to the number brings the answer."""

    state: Literal["received"] = "received"


class ApplicationView(Struct, frozen=True, kw_only=True):
    """An application. Once it is approved, what it said is kept with the person, whose `id` is the same.

    `same_phone` are other applications that wait with this number: ask its owner which is his. Approving one ends the
    others as `superseded`.
    """

    id: PersonId
    state: State
    name: str
    phone: str
    employer: str
    skills: tuple[str, ...]
    villages: tuple[str, ...]
    at: Instant
    decided_at: Instant | None
    reason: str
    same_phone: tuple[str, ...]
    version: int


class ApplicationsQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which applications."""

    state: State = "submitted"
    limit: Limit = 50
    cursor: Cursor | None = None


class ApplicationPage(Struct, frozen=True, kw_only=True):
    """Some applications, oldest first; `cursor` asks for the next ones, null at the end."""

    applications: list[ApplicationView]
    cursor: str | None


class Approve(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="decision", tag="approve"):
    """He was trained that day, by that person or body; and got the welcome pack, if he has it already."""

    trained_on: date
    trained_by: Name
    pack_on: date | None = None


class Decline(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="decision", tag="reject"):
    """Not this time, and why; the reason stays with the centre."""

    reason: NeededText


type Decision = Approve | Decline


@api.route("/recruitments", methods=["POST"], status=201, authorizer=authorize)
def call_for_couriers(ask: Ask, body: NewRecruitment) -> RecruitmentView:
    """Make a recruitment call. Its code cannot be guessed; who has it may apply."""
    from chalicelib.domain.people.applications import Recruitment
    from chalicelib.services.people import applications

    wanted = Recruitment(
        code=secrets.token_urlsafe(CODE_BYTES),
        villages=tuple(dict.fromkeys(body.villages)),
        valid_until=body.valid_until,
        most=body.most,
        made_by=ask.actor.id,
        made_at=ask.now,
    )
    made = applications.call(wanted, key=ask.key, by=ask.actor, now=ask.now)
    return RecruitmentView(
        id=made.code, qr=made.qr, villages=made.villages, valid_until=made.valid_until, most=made.most
    )


@api.route("/recruitments/{code}", methods=["GET"])
def get_recruitment(visit: Visit, code: str) -> CallView:
    """What the QR code leads to: for which villages, until when, and what an applicant agrees to."""
    from chalicelib.services.people import applications

    call = applications.read_call(code, address=visit.address, now=visit.now)
    consent = ConsentView(version=call.consent.version, text=call.consent.zh, text_en=call.consent.en)
    made = call.recruitment
    return CallView(id=made.code, villages=made.villages, valid_until=made.valid_until, consent=consent)


@api.route("/applications", methods=["POST"], status=202)
def apply_as_courier(visit: Visit, body: Apply) -> Received:
    """Apply as a courier. The answer does not depend on whether the number is known, or has applied before."""
    from chalicelib.domain.people.applications import Form
    from chalicelib.services.people import applications

    form = Form(
        name=body.name,
        phone=phone_of(body.phone),
        employer=body.employer,
        skills=body.skills,
        villages=body.villages,
        adult=body.adult,
        consent=body.consent,
    )
    applications.apply(new_id(visit.now), form, body.code, address=visit.address, now=visit.now)
    return Received()


@api.route("/applications", methods=["GET"], authorizer=authorize)
def list_applications(ask: Ask, query: ApplicationsQuery) -> ApplicationPage:
    """Applications in a state, oldest first; those that wait say which others wait with their number. The looks are
    noted."""
    from chalicelib.domain.people.applications import ApplicationState
    from chalicelib.services.people import applications

    state = ApplicationState(query.state)
    page = applications.listing(state, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    shown = [_view(one, page.beside.get(one.id, frozenset())) for one in page.applications]
    return ApplicationPage(applications=shown, cursor=page.cursor)


@api.route("/applications/{application_id}/decision", methods=["POST"], authorizer=authorize)
def decide_application(ask: Ask, application_id: str, body: Decision) -> ApplicationView:
    """Approve or reject. Who is approved is a courier from now on; he is told by SMS either way."""
    from chalicelib.domain.people.applications import Welcome
    from chalicelib.services.people import applications

    if isinstance(body, Approve):
        welcome = Welcome(trained_on=body.trained_on, trained_by=body.trained_by, pack_on=body.pack_on)
        return _view(applications.approve(application_id, welcome, key=ask.key, by=ask.actor, now=ask.now))
    return _view(applications.reject(application_id, body.reason, key=ask.key, by=ask.actor, now=ask.now))


def _view(application: "Application", beside: frozenset[str] = frozenset()) -> ApplicationView:
    form = application.form
    return ApplicationView(
        id=application.id,
        state=application.state.value,
        name=form.name,
        phone=form.phone,
        employer=form.employer,
        skills=form.skills,
        villages=form.villages,
        at=application.at,
        decided_at=application.decided_at,
        reason=application.reason,
        same_phone=tuple(sorted(beside)),
        version=application.version,
    )
