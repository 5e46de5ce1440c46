"""The parts of a copy of one's own data, and what is read for a page of each.

What people decided about his points stands with their reasons in the entries of his ledger: it is no part of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from chalicelib.domain.care.certificates import Certificate
from chalicelib.domain.care.model import Visit
from chalicelib.domain.fraud.trust import Trust
from chalicelib.domain.lookouts.model import LookoutAnswer
from chalicelib.domain.notifications.inbox import Message
from chalicelib.domain.people.access import Entry
from chalicelib.domain.people.model import Person
from chalicelib.domain.points.appeals import Appeal
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.prizes.families import GuardianConsent
from chalicelib.domain.prizes.redemptions import Redemption
from chalicelib.domain.reports.drafts import Parked
from chalicelib.domain.reports.filters import SavedFilter
from chalicelib.domain.reports.model import Report
from chalicelib.domain.teams.model import Member, TeamApplication
from chalicelib.domain.volunteering.attendance import SignUp
from chalicelib.services.care import carriers
from chalicelib.services.care.carriers import Shown as Carries
from chalicelib.services.fraud import findings, trust
from chalicelib.services.fraud.findings import Own as OwnFinding
from chalicelib.services.honours import own as own_honours
from chalicelib.services.honours.own import Own
from chalicelib.services.notifications import inbox
from chalicelib.services.people import access
from chalicelib.services.points import points
from chalicelib.services.prizes import redeeming
from chalicelib.services.reports import drafts, filters
from chalicelib.services.volunteering import signing
from chalicelib.store.care import certificates, visits
from chalicelib.store.fraud import findings as suspicions
from chalicelib.store.handouts import handouts
from chalicelib.store.handouts.handouts import Kept
from chalicelib.store.lookouts import answers
from chalicelib.store.people import people
from chalicelib.store.points import appeals
from chalicelib.store.prizes import consents
from chalicelib.store.reports import listings, reports
from chalicelib.store.teams import teams

EVER = datetime.min.replace(tzinfo=UTC)


class Part(StrEnum):
    """The parts of a copy, in their order."""

    PROFILE = "profile"
    REPORTS = "reports"
    POINTS = "points"
    MESSAGES = "messages"
    ACCESS = "access"
    FILTERS = "filters"
    REDEMPTIONS = "redemptions"
    HONOURS = "honours"
    HANDOUTS = "handouts"
    VISITS = "visits"
    FINDINGS = "findings"
    APPEALS = "appeals"
    VOLUNTEERING = "volunteering"
    TEAMS = "teams"
    LOOKOUTS = "lookouts"
    GUARDIAN_CONSENTS = "guardian_consents"
    DRAFTS = "drafts"
    CERTIFICATES = "certificates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A page of a copy: of one part. `cursor` leads to the next page, or the next part; None at the end of the last.
    With the first findings comes how far his reports proved true (`trust`), with the first visits what he is as one who
    carries (`carrier`)."""

    part: Part
    cursor: str | None = None
    person: Person | None = None
    reports: list[tuple[Report, str]] = field(default_factory=list)
    points: list[Transfer] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    access: list[Entry] = field(default_factory=list)
    filters: list[SavedFilter] = field(default_factory=list)
    redemptions: list[Redemption] = field(default_factory=list)
    honours: Own | None = None
    handouts: list[Kept] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    carrier: Carries | None = None
    findings: list[OwnFinding] = field(default_factory=list)
    trust: Trust | None = None
    appeals: list[Appeal] = field(default_factory=list)
    volunteering: list[SignUp] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    applications: list[TeamApplication] = field(default_factory=list)
    lookouts: list[LookoutAnswer] = field(default_factory=list)
    guardian_consents: list[GuardianConsent] = field(default_factory=list)
    drafts: tuple[Parked, ...] = ()
    certificates: list[Certificate] = field(default_factory=list)


def _profile(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    return Piece(part=Part.PROFILE, person=people.get(id))


def _reports(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = listings.mine(id, limit=limit, cursor=cursor)
    texts = reports.texts(report.id for report in page.reports)
    return Piece(
        part=Part.REPORTS,
        reports=[(report, texts.get(report.id, "")) for report in page.reports],
        cursor=page.cursor,
    )


def _points(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = points.page(id, limit=limit, cursor=cursor)
    return Piece(part=Part.POINTS, points=page.entries, cursor=page.cursor)


def _messages(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = inbox.page(id, limit=limit, cursor=cursor, now=now)
    return Piece(part=Part.MESSAGES, messages=page.messages, cursor=page.cursor)


def _access(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = access.about(id, now=now, limit=limit, cursor=cursor)
    return Piece(part=Part.ACCESS, access=page.entries, cursor=page.cursor)


def _filters(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    return Piece(part=Part.FILTERS, filters=filters.own(id))


def _redemptions(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = redeeming.own(id, limit=limit, cursor=cursor)
    return Piece(part=Part.REDEMPTIONS, redemptions=page.redemptions, cursor=page.cursor)


def _honours(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    return Piece(part=Part.HONOURS, honours=own_honours.find(id))


def _handouts(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = handouts.of(id, limit=limit, cursor=cursor)
    return Piece(part=Part.HANDOUTS, handouts=page.records, cursor=page.cursor)


def _visits(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = visits.of_courier(id, since=EVER, limit=limit, cursor=cursor)
    carries = None if cursor else carriers.shown(id)
    return Piece(part=Part.VISITS, visits=page.visits, carrier=carries, cursor=page.cursor)


def _findings(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = suspicions.about(id, limit=limit, cursor=cursor)
    return Piece(
        part=Part.FINDINGS,
        findings=[findings.own(one, now=now) for one in page.findings],
        trust=None if cursor else trust.of(id, now),
        cursor=page.cursor,
    )


def _appeals(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = appeals.of(id, limit=limit, cursor=cursor)
    return Piece(part=Part.APPEALS, appeals=[replace(one, decided_by="") for one in page.appeals], cursor=page.cursor)


def _volunteering(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = signing.own(id, limit=limit, cursor=cursor)
    return Piece(part=Part.VOLUNTEERING, volunteering=page.sign_ups, cursor=page.cursor)


def _teams(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    found = teams.of_person(id)
    asked = [replace(one, decided_by="") for one in found.applications]
    return Piece(part=Part.TEAMS, members=[replace(one, by="") for one in found.members], applications=asked)


def _lookouts(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    return Piece(part=Part.LOOKOUTS, lookouts=answers.answers_of(id))


def _guardian_consents(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    found, more = consents.of_courier(id, limit=limit, cursor=cursor)
    return Piece(part=Part.GUARDIAN_CONSENTS, guardian_consents=found, cursor=more)


def _drafts(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    return Piece(part=Part.DRAFTS, drafts=drafts.own(id, now=now))


def _certificates(id: str, limit: int, cursor: str | None, now: datetime) -> Piece:
    page = certificates.of(id, limit=limit, cursor=cursor)
    return Piece(part=Part.CERTIFICATES, certificates=page.certificates, cursor=page.cursor)


READ: dict[Part, Callable[[str, int, str | None, datetime], Piece]] = {
    Part.PROFILE: _profile,
    Part.REPORTS: _reports,
    Part.POINTS: _points,
    Part.MESSAGES: _messages,
    Part.ACCESS: _access,
    Part.FILTERS: _filters,
    Part.REDEMPTIONS: _redemptions,
    Part.HONOURS: _honours,
    Part.HANDOUTS: _handouts,
    Part.VISITS: _visits,
    Part.FINDINGS: _findings,
    Part.APPEALS: _appeals,
    Part.VOLUNTEERING: _volunteering,
    Part.TEAMS: _teams,
    Part.LOOKOUTS: _lookouts,
    Part.GUARDIAN_CONSENTS: _guardian_consents,
    Part.DRAFTS: _drafts,
    Part.CERTIFICATES: _certificates,
}
