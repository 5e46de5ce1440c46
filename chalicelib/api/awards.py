"""Points that people decide over HTTP: propose, put right, agree, refuse, and what waits."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.people import PersonId
from chalicelib.api.shapes import Instant, Paging
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.points.terms import Kind

if TYPE_CHECKING:
    from chalicelib.domain.points.proposals import Proposal

api = Api(__name__)

Reason = Annotated[str, Meta(min_length=1, max_length=500)]
RuleCode = Annotated[str, Meta(pattern=r"^P\d\d$")]
EntryId = Annotated[str, Meta(min_length=1, max_length=300)]


class NewAward(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Points for a courier by a rule that people award by: `points` where the rule leaves a choice, on the local `day`
    of the deed (today by default), with a `report` of his. The reason is shown to him."""

    courier: PersonId
    rule: RuleCode
    reason: Reason
    points: int | None = None
    day: date | None = None
    report: Annotated[str, Meta(max_length=100)] = ""


class NewAdjustment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By how many points somebody's are put right, up or down; and the `entry` that was wrong, if one was."""

    courier: PersonId
    points: int
    reason: Reason
    entry: Annotated[str, Meta(max_length=300)] = ""


class Refusal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why not: the courier reads it."""

    reason: Reason


class AwardVote(Struct, frozen=True, kw_only=True):
    """Who agreed, and when."""

    by: str
    at: Instant


class Award(Struct, frozen=True, kw_only=True):
    """Points that people decide: `needed` people other than `proposed_by` (empty: it follows from a report) must agree.

    `entry` waits for them in the ledger, `corrects` is the entry that it puts right, `appeal` what it answers. To all
    but the centre, which knows who reported, either `courier` or report and entries are empty.
    """

    id: str
    kind: Kind
    courier: str
    rule: str
    edition: int
    name: str
    name_en: str
    points: int
    day: str
    reason: str
    report: str
    entry: str
    corrects: str
    appeal: str
    proposed_by: str
    proposed_at: Instant
    needed: int
    votes: list[AwardVote]
    state: ProposalState
    ended_at: Instant | None
    ended_by: str
    end_reason: str
    text: str
    text_en: str
    version: int


class AwardPage(Struct, frozen=True, kw_only=True):
    """Some awards, what waits longest first, what has ended newest first; `cursor` asks for the next ones."""

    awards: list[Award]
    cursor: str | None


class AwardsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which state."""

    state: ProposalState = ProposalState.OPEN


@api.route("/awards", methods=["POST"], status=201, authorizer=authorize)
def propose_award(ask: Ask, body: NewAward) -> Award:
    """Propose points for a courier, or a penalty. They count once as many others agree as the rule says; at once where
    that is nobody."""
    from chalicelib.services.points import proposing, waiting

    wish = proposing.Wish(
        courier_id=body.courier,
        rule=body.rule,
        reason=body.reason,
        points=body.points,
        day=body.day,
        report_id=body.report,
    )
    made = proposing.award(new_id(ask.now), wish, key=ask.key, by=ask.actor, now=ask.now)
    return award(waiting.seen(made, ask.actor))


@api.route("/points/adjustments", methods=["POST"], status=201, result="/awards/{id}", authorizer=authorize)
def propose_adjustment(ask: Ask, body: NewAdjustment) -> Award:
    """Put a courier's points right. One other must agree, two where it is many; it is listed with the awards."""
    from chalicelib.services.points import proposing, waiting

    correction = proposing.Correction(
        courier_id=body.courier, points=body.points, reason=body.reason, entry_id=body.entry
    )
    made = proposing.adjust(new_id(ask.now), correction, key=ask.key, by=ask.actor, now=ask.now)
    return award(waiting.seen(made, ask.actor))


@api.route("/awards", methods=["GET"], authorizer=authorize)
def list_awards(ask: Ask, query: AwardsQuery) -> AwardPage:
    """What waits for somebody to agree, or has ended: awards, adjustments, and what reports earn once people agree."""
    from chalicelib.services.points import waiting

    page = waiting.listing(query.state, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return AwardPage(awards=[award(one) for one in page.proposals], cursor=page.cursor)


@api.route("/awards/{award_id}", methods=["GET"], authorizer=authorize)
def get_award(ask: Ask, award_id: str) -> Award:
    """One award: who proposed it, who agreed, what came of it."""
    from chalicelib.services.points import waiting

    return award(waiting.view(award_id, by=ask.actor, now=ask.now))


@api.route("/awards/{award_id}/approval", methods=["POST"], authorizer=authorize)
def approve_award(ask: Ask, award_id: str) -> Award:
    """Agree: neither who proposed it nor whom it is for. With the last one needed the points are there."""
    from chalicelib.services.points import deciding, waiting

    return award(waiting.seen(deciding.approve(award_id, key=ask.key, by=ask.actor, now=ask.now), ask.actor))


@api.route("/awards/{award_id}/rejection", methods=["POST"], authorizer=authorize)
def reject_award(ask: Ask, award_id: str, body: Refusal) -> Award:
    """Do not agree: one is enough, and nothing is given. The courier is told why, and may appeal. Again is once."""
    from chalicelib.services.points import deciding, waiting

    done = deciding.reject(award_id, body.reason, key=ask.key, by=ask.actor, now=ask.now)
    return award(waiting.seen(done, ask.actor))


def award(one: "Proposal") -> Award:
    """A proposal as a client reads it."""
    from chalicelib.services.points import wording

    text, text_en = wording.words(one)
    return Award(
        id=one.id,
        kind=one.kind,
        courier=one.courier_id,
        rule=one.rule,
        edition=one.edition,
        name=one.name[0],
        name_en=one.name[1],
        points=one.points,
        day=one.day,
        reason=one.reason,
        report=one.report_id,
        entry=one.entry_id,
        corrects=one.corrects,
        appeal=one.appeal_id,
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
        needed=one.needed,
        text=text,
        text_en=text_en,
        version=one.version,
        **_course(one),
    )


def _course(one: "Proposal") -> dict[str, Any]:
    """Who agreed, and how it ended."""
    return {
        "votes": [AwardVote(by=vote.by, at=vote.at) for vote in one.votes],
        "state": one.state,
        "ended_at": one.ended_at,
        "ended_by": one.ended_by,
        "end_reason": one.end_reason,
    }
