"""Others' cases of honours over HTTP: the committee's, the district's list, the auditor's look. Each look is noted."""

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.honour_shapes import EvidenceView, HonourLine, evidence, line
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, NeededText, Paging
from chalicelib.domain.honours.model import CaseState, HonourVerdict

if TYPE_CHECKING:
    from chalicelib.domain.honours.masks import Named
    from chalicelib.services.honours.cases import Whole

api = Api(__name__)

Purpose = Annotated[str, Meta(min_length=1, max_length=200)]
Number = Annotated[int, Meta(ge=1)]


class HonourCasesQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cases in which state, and what you look at them for."""

    purpose: Purpose
    state: CaseState = CaseState.APPLIED


class HonourCaseQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What you look at it for."""

    purpose: Purpose


class HonourCard(Struct, frozen=True, kw_only=True):
    """A case in a list; its `id` is the applicant's. `score` is the honour score of evidence number `evidence`, 0
    before the first. `since` is when the last step was taken."""

    id: str
    name: str
    villages: tuple[str, ...]
    state: CaseState
    since: Instant
    score: int
    evidence: int
    version: int


class HonourCasePage(Struct, frozen=True, kw_only=True):
    """Some cases, the longest in their state first; `cursor` asks for the next ones, null at the end."""

    cases: list[HonourCard]
    cursor: str | None


class HonourAdvice(Struct, frozen=True, kw_only=True):
    """Who recommends it, on which evidence, and why."""

    by: str
    at: Instant
    evidence: int
    reason: str


class HonourDecision(Struct, frozen=True, kw_only=True):
    """Who decided what, on which evidence, and why; `advised_by` had recommended it."""

    verdict: HonourVerdict
    by: str
    advised_by: str
    at: Instant
    evidence: int
    reason: str


class HonourCaseView(HonourCard, frozen=True, kw_only=True):
    """A case with its newest evidence, and what was done with it, oldest first."""

    statement: str
    applied_at: Instant
    sentinel: tuple[int, ...]
    advice: HonourAdvice | None
    decision: HonourDecision | None
    newest: EvidenceView | None
    history: list[HonourLine]


class Recommend(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why, on the evidence of that number."""

    evidence: Number
    reason: NeededText


class DecideOnHonours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On the reference list or not, on the evidence of that number, and why: he reads the reason."""

    decision: HonourVerdict
    evidence: Number
    reason: NeededText


@api.route("/honours/applications", methods=["GET"], authorizer=authorize)
def list_honour_cases(ask: Ask, query: HonourCasesQuery) -> HonourCasePage:
    """Cases in a state. The district reads the reference list (`listed`), the auditor no names."""
    from chalicelib.services.honours import cases

    page = cases.listing(query.state, query.purpose, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return HonourCasePage(cases=[HonourCard(**_card(one)) for one in page.cases], cursor=page.cursor)


@api.route("/honours/applications/{person_id}", methods=["GET"], authorizer=authorize)
def get_honour_case(ask: Ask, person_id: str, query: HonourCaseQuery) -> HonourCaseView:
    """A case with its newest evidence and its history."""
    from chalicelib.services.honours import cases

    return _view(cases.view(person_id, query.purpose, by=ask.actor, now=ask.now))


@api.route("/honours/applications/{person_id}/evidence", methods=["POST"], authorizer=authorize)
def draw_evidence(ask: Ask, person_id: str) -> HonourCaseView:
    """Draw the evidence from the ledger and the reports, first or anew; older drawings are kept. Send the version you
    read as If-Match."""
    from chalicelib.services.honours import deciding

    return _view(deciding.draw(person_id, version=ask.version, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/honours/applications/{person_id}/evidence/{number}", methods=["GET"], authorizer=authorize)
def get_evidence(ask: Ask, person_id: str, number: str, query: HonourCaseQuery) -> EvidenceView:
    """One drawing, as it was frozen."""
    from chalicelib.domain.errors import NotFound
    from chalicelib.services.honours import cases

    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        raise NotFound("no_such_evidence", number=number)
    return evidence(cases.evidence(person_id, int(number), query.purpose, by=ask.actor, now=ask.now))


@api.route("/honours/applications/{person_id}/recommendation", methods=["POST"], authorizer=authorize)
def recommend_for_honours(ask: Ask, person_id: str, body: Recommend) -> HonourCaseView:
    """Recommend that it be put on the reference list; another of the committee decides."""
    from chalicelib.services.honours import deciding

    done = deciding.recommend(
        person_id, body.reason, body.evidence, version=ask.version, key=ask.key, by=ask.actor, now=ask.now
    )
    return _view(done)


@api.route("/honours/applications/{person_id}/decision", methods=["POST"], authorizer=authorize)
def decide_on_honours(ask: Ask, person_id: str, body: DecideOnHonours) -> HonourCaseView:
    """Decide, by name and with a reason; to list takes somebody else's recommendation. A later decision revises it."""
    from chalicelib.services.honours import deciding

    done = deciding.decide(
        person_id,
        body.decision,
        body.reason,
        body.evidence,
        version=ask.version,
        key=ask.key,
        by=ask.actor,
        now=ask.now,
    )
    return _view(done)


def _card(named: "Named") -> dict[str, Any]:
    case = named.case
    return {
        "id": case.person_id,
        "name": named.name,
        "villages": named.villages,
        "state": case.state,
        "since": case.since,
        "score": case.score,
        "evidence": case.evidence if case.drawn else 0,
        "version": case.version,
    }


def _view(whole: "Whole") -> HonourCaseView:
    case = whole.named.case
    return HonourCaseView(
        **_card(whole.named),
        statement=case.statement,
        applied_at=case.applied_at,
        sentinel=case.years,
        advice=_advice(whole),
        decision=_decision(whole),
        newest=evidence(whole.evidence) if whole.evidence else None,
        history=[line(record) for record in whole.records],
    )


def _advice(whole: "Whole") -> HonourAdvice | None:
    if (made := whole.named.case.advice) is None:
        return None
    return HonourAdvice(by=made.by, at=made.at, evidence=made.evidence, reason=made.reason)


def _decision(whole: "Whole") -> HonourDecision | None:
    if (made := whole.named.case.decision) is None:
        return None
    return HonourDecision(
        verdict=made.verdict,
        by=made.by,
        advised_by=made.advised_by,
        at=made.at,
        evidence=made.evidence,
        reason=made.reason,
    )
