"""One's own data over HTTP: a copy of all of it, and that it be forgotten; and the copy for who left."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.access import OwnAccess, own
from chalicelib.api.activities import OwnGuardianConsent, guardian_consent
from chalicelib.api.appeals import AppealCard
from chalicelib.api.appeals import card as appeal
from chalicelib.api.auth import authorize
from chalicelib.api.carriers import CareProfileView
from chalicelib.api.carriers import view as care_profile
from chalicelib.api.certificates import CertificateView
from chalicelib.api.certificates import view as certificate
from chalicelib.api.drafts import DraftView
from chalicelib.api.drafts import view as draft
from chalicelib.api.filters import FilterView
from chalicelib.api.filters import view as saved_filter
from chalicelib.api.findings import OwnFinding
from chalicelib.api.findings import own as finding
from chalicelib.api.handouts import HandoutView
from chalicelib.api.handouts import view as handout
from chalicelib.api.honours import OwnHonours
from chalicelib.api.honours import view as honours
from chalicelib.api.http import Api, Ask
from chalicelib.api.inbox import MessageView
from chalicelib.api.inbox import view as message
from chalicelib.api.lookout_shapes import AnsweredLookout
from chalicelib.api.lookout_shapes import own as lookout
from chalicelib.api.points import Entry
from chalicelib.api.points import entry as points_entry
from chalicelib.api.redemptions import RedemptionView
from chalicelib.api.redemptions import view as redemption
from chalicelib.api.shapes import Instant, Location, Paging, location
from chalicelib.api.sign_up_shapes import SignUpView, sign_up
from chalicelib.api.team_shapes import OwnMembership, TeamApplicationView, membership
from chalicelib.api.team_shapes import application as team_application
from chalicelib.api.trust import TrustView
from chalicelib.api.trust import view as trust
from chalicelib.api.visit_shapes import OfferView, offer_view
from chalicelib.domain.people.model import Person, PersonState
from chalicelib.domain.places import Crs
from chalicelib.domain.reports.model import Report, Status

if TYPE_CHECKING:
    from chalicelib.services.people.own_parts import Piece

api = Api(__name__)

type Part = Literal[
    "profile",
    "reports",
    "points",
    "messages",
    "access",
    "filters",
    "redemptions",
    "honours",
    "handouts",
    "visits",
    "findings",
    "appeals",
    "volunteering",
    "teams",
    "lookouts",
    "guardian_consents",
    "drafts",
    "certificates",
]


class PurposefulCopyQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which page, and what it is fetched for: he can read that, and the auditor."""

    purpose: Annotated[str, Meta(min_length=1, max_length=200)]


class Profile(Struct, frozen=True, kw_only=True):
    """All that is kept of a person himself."""

    id: str
    name: str
    phone: str
    posts: list[str]
    state: PersonState
    employer: str
    villages: tuple[str, ...]
    skills: tuple[str, ...]
    adult: bool
    consent: int | None
    trained_on: date | None
    trained_by: str
    pack_on: date | None
    joined_at: Instant | None
    approved_at: Instant | None
    last_active_at: Instant | None
    hidden_in_ranking: bool


class OwnReport(Struct, frozen=True, kw_only=True):
    """A report he filed, with his words. GET /reports/{report_id} has its history and photos."""

    id: str
    status: Status
    kind: str | None
    text: str
    location: Location
    observed_at: Instant
    created_at: Instant


class OwnData(Struct, frozen=True, kw_only=True):
    """A page of the copy: of the `part` it names, the others are empty. `cursor` asks for the next, null at the end."""

    part: Part
    profile: Profile | None
    reports: list[OwnReport]
    points: list[Entry]
    messages: list[MessageView]
    access: list[OwnAccess]
    filters: list[FilterView]
    redemptions: list[RedemptionView]
    honours: OwnHonours | None
    handouts: list[HandoutView]
    visits: list[OfferView]
    care_profile: CareProfileView | None
    findings: list[OwnFinding]
    trust: TrustView | None
    appeals: list[AppealCard]
    volunteering: list[SignUpView]
    teams: list[OwnMembership]
    team_applications: list[TeamApplicationView]
    lookouts: list[AnsweredLookout]
    guardian_consents: list[OwnGuardianConsent]
    drafts: list[DraftView]
    certificates: list[CertificateView]
    cursor: str | None


class Closed(Struct, frozen=True, kw_only=True):
    """The account is closed; name, phone and all else that says who you are is erased at `erased_at` at the latest."""

    state: PersonState
    erased_at: Instant


@api.route("/me/data", methods=["GET"], authorizer=authorize)
def copy_my_data(ask: Ask, query: Paging) -> OwnData:
    """A copy of all that is kept about you, page by page: profile, reports, points, messages, who saw it,
    saved filters, what you redeemed, honours, what you were given, visits with your care profile, findings with your
    trust, appeals, volunteering, teams, what you answered to look-outs, consents as a guardian, parked drafts,
    certificates."""
    from chalicelib.services.people import own_data

    return _copy(own_data.copy(ask.actor, limit=query.limit, cursor=query.cursor, now=ask.now), ask.now)


@api.route("/people/{person_id}/data", methods=["GET"], authorizer=authorize)
def copy_data_of_who_left(ask: Ask, person_id: str, query: PurposefulCopyQuery) -> OwnData:
    """The same copy of somebody who left, who cannot sign in to fetch it: hand it to him. Each page is noted. The
    centre gets all but his honours, the committee these alone."""
    from chalicelib.services.people import own_data

    piece = own_data.copy_of(
        person_id, query.purpose, by=ask.actor, limit=query.limit, cursor=query.cursor, now=ask.now
    )
    return _copy(piece, ask.now)


@api.route("/me/erasure", methods=["POST"], authorizer=authorize)
def close_my_account(ask: Ask) -> Closed:
    """Leave, and be forgotten: posts end and every token dies now; until then the centre can bring you back."""
    from chalicelib.services.people import own_data

    return Closed(state=PersonState.LEFT, erased_at=own_data.close_account(ask.actor, now=ask.now))


def _copy(piece: "Piece", now: datetime) -> OwnData:
    return OwnData(
        part=piece.part.value,
        profile=_profile(piece.person) if piece.person else None,
        reports=[_report(report, text) for report, text in piece.reports],
        points=[points_entry(transfer) for transfer in piece.points],
        messages=[message(one) for one in piece.messages],
        access=[own(entry) for entry in piece.access],
        filters=[saved_filter(one) for one in piece.filters],
        redemptions=[redemption(one, own=True) for one in piece.redemptions],
        honours=honours(piece.honours) if piece.honours else None,
        handouts=[handout(kept) for kept in piece.handouts],
        visits=[offer_view(one, one.courier_id or "") for one in piece.visits],
        care_profile=care_profile(piece.carrier, now) if piece.carrier else None,
        findings=[finding(one) for one in piece.findings],
        trust=trust(piece.trust) if piece.trust else None,
        appeals=[appeal(one, now) for one in piece.appeals],
        volunteering=[sign_up(one) for one in piece.volunteering],
        teams=[membership(one) for one in piece.members],
        team_applications=[team_application(one) for one in piece.applications],
        lookouts=[lookout(one) for one in piece.lookouts],
        guardian_consents=[guardian_consent(one) for one in piece.guardian_consents],
        drafts=[draft(one, Crs.WGS84) for one in piece.drafts],
        certificates=[certificate(one) for one in piece.certificates],
        cursor=piece.cursor,
    )


def _profile(person: Person) -> Profile:
    return Profile(
        id=person.id,
        name=person.name,
        phone=person.phone,
        posts=[post.key for post in person.posts],
        state=person.state,
        employer=person.employer,
        villages=person.villages,
        skills=person.skills,
        adult=person.adult,
        consent=person.consent,
        trained_on=person.trained_on,
        trained_by=person.trained_by,
        pack_on=person.pack_on,
        joined_at=person.joined_at,
        approved_at=person.approved_at,
        last_active_at=person.last_active_at,
        hidden_in_ranking=person.hidden_in_ranking,
    )


def _report(report: Report, text: str) -> OwnReport:
    return OwnReport(
        id=report.id,
        status=report.status,
        kind=report.nature.kind,
        text=text,
        location=location(report.place, Crs.WGS84),
        observed_at=report.observed_at,
        created_at=report.created_at,
    )
