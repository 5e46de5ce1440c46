"""One's own honours over HTTP: what to agree to, apply, see it, let one's name be shown or not, take it back."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.honour_shapes import EvidenceView, HonourLine, evidence, own_line
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, Text
from chalicelib.domain.honours.model import CaseState, HonourVerdict

if TYPE_CHECKING:
    from chalicelib.domain.honours.model import Agreed
    from chalicelib.services.honours.own import Own

api = Api(__name__)

Version = Annotated[int, Meta(ge=1)]


class HonourWording(Struct, frozen=True, kw_only=True):
    """A wording, in Chinese and English; whoever agrees names its `version`."""

    name: str
    version: int
    text: str
    text_en: str


class HonourWordings(Struct, frozen=True, kw_only=True):
    """What an applicant agrees to, and apart from it that his name be shown."""

    wordings: list[HonourWording]


class ApplyForHonours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`consent` is the version of `honours` that you read and agree to, `public` that of `honours_public`, null if your
    name is not to be shown."""

    statement: Text = ""
    consent: Version
    public: Version | None = None


class ShowName(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The version of `honours_public` that you agree to; null: your name is shown no longer."""

    consent: Version | None


class AgreedTo(Struct, frozen=True, kw_only=True):
    """You agreed to this version then."""

    version: int
    at: Instant


class HonourOutcome(Struct, frozen=True, kw_only=True):
    """What the committee decided last, and why."""

    verdict: HonourVerdict
    at: Instant
    reason: str
    evidence: int


class OwnHonours(Struct, frozen=True, kw_only=True):
    """Your application with all that was gathered for it, and what was done with it, oldest first; `sentinel` names
    the years in which you are a community sentinel."""

    id: str
    state: CaseState
    statement: str
    consent: AgreedTo
    public: AgreedTo | None
    applied_at: Instant
    withdrawn_at: Instant | None
    decision: HonourOutcome | None
    sentinel: tuple[int, ...]
    evidence: list[EvidenceView]
    history: list[HonourLine]
    version: int


@api.route("/honours/wordings", methods=["GET"], authorizer=authorize)
def get_honour_wordings(ask: Ask) -> HonourWordings:
    """What you agree to when you apply for honours, and apart from it that your name be shown."""
    from chalicelib.services.honours import own

    found = own.wordings(now=ask.now)
    shown = [HonourWording(name=one.name, version=one.version, text=one.zh, text_en=one.en) for one in found]
    return HonourWordings(wordings=shown)


@api.route("/honours/application", methods=["POST"], authorizer=authorize)
def apply_for_honours(ask: Ask, body: ApplyForHonours) -> OwnHonours:
    """Apply for honours, yourself. Nothing follows by itself: the committee decides."""
    from chalicelib.domain.honours.model import Form
    from chalicelib.services.honours import own

    form = Form(statement=body.statement, consent=body.consent, public=body.public)
    return view(own.apply(form, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/honours/application", methods=["GET"], authorizer=authorize)
def get_my_honours(ask: Ask) -> OwnHonours:
    """Your application, the evidence and what was decided."""
    from chalicelib.services.honours import own

    return view(own.view(ask.actor.id))


@api.route("/honours/application", methods=["DELETE"], authorizer=authorize)
def withdraw_from_honours(ask: Ask) -> OwnHonours:
    """Take your consent back: the case ends now, nobody sees it any more, the evidence is erased. Twice is once."""
    from chalicelib.services.honours import own

    return view(own.withdraw(by=ask.actor, now=ask.now))


@api.route("/honours/application/publicity", methods=["PUT"], authorizer=authorize)
def show_my_name(ask: Ask, body: ShowName) -> OwnHonours:
    """Agree that your name be shown among the sentinels, or no longer. It acts at once."""
    from chalicelib.services.honours import own

    return view(own.show_name(body.consent, by=ask.actor, now=ask.now))


def view(found: "Own") -> OwnHonours:
    """An application as its applicant reads it: with why, and without who."""
    case = found.case
    return OwnHonours(
        id=case.person_id,
        state=case.state,
        statement=case.statement,
        consent=_agreed(case.consent),
        public=_agreed(case.public) if case.public else None,
        applied_at=case.applied_at,
        withdrawn_at=case.withdrawn_at,
        decision=_outcome(found),
        sentinel=case.years,
        evidence=[evidence(drawn) for drawn in found.evidence],
        history=[own_line(line) for line in found.records],
        version=case.version,
    )


def _outcome(found: "Own") -> HonourOutcome | None:
    if (made := found.case.decision) is None:
        return None
    return HonourOutcome(verdict=made.verdict, at=made.at, reason=made.reason, evidence=made.evidence)


def _agreed(agreed: "Agreed") -> AgreedTo:
    return AgreedTo(version=agreed.version, at=agreed.at)
