"""Findings over HTTP: what looks wrong, for the centre; what was decided about oneself, for everybody."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.finding_actions import AnyFindingAction, HearAppeal, order
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Instant, NeededText, Paging
from chalicelib.domain.fraud.terms import FindingState, Judgement, Penalty, Signal

if TYPE_CHECKING:
    from chalicelib.domain.fraud.findings import Appeal, Finding
    from chalicelib.services.fraud.findings import Own

api = Api(__name__)


class EvidenceRow(Struct, frozen=True, kw_only=True):
    """A report that looks wrong, the photo of it, and what it was held against; `facts` by name: distances in `metres`,
    spans in `minutes` or `hours`, `bits` in which two hashes differ, hashes, instants, a `month`."""

    report: str
    photo: str
    other_report: str
    other_photo: str
    facts: dict[str, str | float]


class OwnDecision(Struct, frozen=True, kw_only=True):
    """What was decided, as whom it is about reads it: not by whom."""

    deed: Judgement
    at: Instant
    reason: str
    until: Instant | None
    rule: Penalty | None
    entry: str
    forfeited: tuple[str, ...]


class FindingDecision(OwnDecision, frozen=True, kw_only=True):
    """What was decided, by whom and why; `until` when redeeming is frozen, the `rule` and `entry` of a penalty, and the
    reports that lost what they gave (`forfeited`)."""

    by: str


class FindingAppeal(Struct, frozen=True, kw_only=True):
    """What was said against it; and once it was heard, by whom and why so."""

    at: Instant
    text: str
    by: str
    decided_at: Instant | None
    reason: str


class FindingCard(Struct, frozen=True, kw_only=True):
    """What looks wrong, in a sentence, about whose reports (`person`), which the centre alone is told; the committee is
    told which reports only of an appeal that it hears."""

    id: str
    signal: Signal
    state: FindingState
    person: str
    reports: tuple[str, ...]
    text: str
    text_en: str
    raised_at: Instant
    version: int


class FindingPage(Struct, frozen=True, kw_only=True):
    """Some findings, what waits for somebody first; `cursor` asks for the next ones, null at the end."""

    findings: list[FindingCard]
    cursor: str | None


class FindingView(FindingCard, frozen=True, kw_only=True):
    """A finding with its evidence and what was decided; `involved`: who else has to do with it, and cannot decide.
    `appeals_before`: those that were refused before another decision was appealed."""

    involved: tuple[str, ...]
    evidence: list[EvidenceRow]
    decisions: list[FindingDecision]
    appeal: FindingAppeal | None
    appeals_before: list[FindingAppeal]


class OwnFinding(Struct, frozen=True, kw_only=True):
    """What was decided about the caller, and what it was about; he may appeal until `appeal_until`, null where he may
    not. `appeal` is what he said against it, `answer` why it was or was not upheld."""

    id: str
    signal: Signal
    state: FindingState
    reports: tuple[str, ...]
    text: str
    text_en: str
    decisions: list[OwnDecision]
    appeal_until: Instant | None
    appeal: str | None
    answer: str | None
    version: int


class OwnFindings(Struct, frozen=True, kw_only=True):
    """Some of them, newest first; `cursor` asks for the next ones, null at the end."""

    findings: list[OwnFinding]
    cursor: str | None


class AppealBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one has to say against it."""

    text: NeededText


@api.route("/findings", methods=["GET"], authorizer=authorize)
def list_findings(ask: Ask, query: Paging) -> FindingPage:
    """What looks wrong, what waits for somebody first: the centre, and masked the committee and the auditor."""
    from chalicelib.services.fraud import findings

    page = findings.listing(by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return FindingPage(findings=[FindingCard(**_card(one)) for one in page.findings], cursor=page.cursor)


@api.route("/findings/{finding_id}", methods=["GET"], authorizer=authorize)
def get_finding(ask: Ask, finding_id: str) -> FindingView:
    """A finding with its evidence. Reading it is noted."""
    from chalicelib.services.fraud import findings

    return _view(findings.view(finding_id, by=ask.actor, now=ask.now))


@api.route("/findings/{finding_id}/actions", methods=["POST"], authorizer=authorize)
def act_on_finding(ask: Ask, finding_id: str, body: AnyFindingAction) -> FindingView:
    """Decide on a finding, or on an appeal: never who has to do with it. Send the version you read as If-Match."""
    from chalicelib.services.fraud import appeals, deciding

    ordered: dict[str, Any] = {"version": ask.version, "key": ask.key, "by": ask.actor, "now": ask.now}
    if isinstance(body, HearAppeal):
        return _view(appeals.hear(finding_id, upheld=body.upheld, reason=body.reason, **ordered))
    return _view(deciding.decide(finding_id, order(body), **ordered))


@api.route("/findings/{finding_id}/appeal", methods=["POST"], authorizer=authorize)
def appeal_finding(ask: Ask, finding_id: str, body: AppealBody) -> OwnFinding:
    """Appeal a decision about oneself, in time. Somebody else than who decided hears it."""
    from chalicelib.services.fraud import appeals, findings

    done = appeals.appeal(finding_id, body.text, key=ask.key, by=ask.actor, now=ask.now)
    return own(findings.own(done, now=ask.now))


@api.route("/me/findings", methods=["GET"], authorizer=authorize)
def list_own_findings(ask: Ask, query: Paging) -> OwnFindings:
    """What was decided about the caller, newest first."""
    from chalicelib.services.fraud import findings

    page = findings.mine(by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return OwnFindings(findings=[own(one) for one in page.findings], cursor=page.cursor)


def _card(one: "Finding") -> dict[str, Any]:
    return {
        "id": one.id,
        "signal": one.signal,
        "state": one.state,
        "person": one.person_id,
        "reports": one.reports,
        "text": one.zh,
        "text_en": one.en,
        "raised_at": one.raised_at,
        "version": one.version,
    }


def _view(one: "Finding") -> FindingView:
    rows = [
        EvidenceRow(
            report=row.report,
            photo=row.photo,
            other_report=row.other_report,
            other_photo=row.other_photo,
            facts=row.facts,
        )
        for row in one.evidence
    ]
    return FindingView(
        **_card(one),
        involved=one.involved,
        evidence=rows,
        decisions=[FindingDecision(by=made.by, **_decision(made)) for made in one.decisions],
        appeal=_appeal(one.appeal) if one.appeal else None,
        appeals_before=[_appeal(before) for before in one.appeals_before],
    )


def _decision(made: Any) -> dict[str, Any]:
    names = ("deed", "at", "reason", "until", "rule", "entry", "forfeited")
    return {name: getattr(made, name) for name in names}


def _appeal(one: "Appeal") -> FindingAppeal:
    return FindingAppeal(at=one.at, text=one.text, by=one.by, decided_at=one.decided_at, reason=one.reason)


def own(one: "Own") -> OwnFinding:
    """A finding as whom it is about reads it."""
    finding, appeal = one.finding, one.finding.appeal
    return OwnFinding(
        id=finding.id,
        signal=finding.signal,
        state=finding.state,
        reports=finding.reports,
        text=finding.zh,
        text_en=finding.en,
        decisions=[OwnDecision(**_decision(made)) for made in finding.decisions],
        appeal_until=one.appeal_until,
        appeal=appeal.text if appeal else None,
        answer=appeal.reason if appeal and appeal.decided_at else None,
        version=finding.version,
    )
