"""Points that people decide: who proposes them, who approves, and the one outcome they have (DOMAIN §3).

A proposal stands for a pending entry of the ledger, which it makes good or voids. It is made by a person (an award, an
adjustment), or by the follower of history where a rule asks for approval (P14). Its votes and its end are its history:
nothing of them is taken away as long as it is kept.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.errors import Conflict, Forbidden, Invalid
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.points.rules import PointsRules, Rule
from chalicelib.domain.points.terms import Kind

# What a person sees and proposes. Of the rest, history earns some, and others their own machinery.
BY_HAND = frozenset({"P01", "P17", "P34", "P43", "P44", "P93", "P94", "P95"})
DECIDERS: Collection[Role] = (Role.CENTRE, Role.COMMITTEE)


class ProposalState(StrEnum):
    """How far it is."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    VOIDED = "voided"  # what it followed from turned out otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """Somebody agreed."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`points` (negative where they are taken) for a courier, by a rule (`""` where none is behind it).

    `needed` people other than `proposed_by` (`""`: history) must agree; `entry_id` is the entry that waits for them.
    `day` is the local day of what it is for. `corrects` names the entry that it puts right, `appeal_id` the appeal that
    it answers. `name`: what the rule is called, Chinese and English.
    """

    id: str
    kind: Kind
    courier_id: str
    township: str
    rule: str
    edition: int
    name: tuple[str, str]
    points: int
    day: str
    reason: str
    report_id: str
    entry_id: str
    proposed_by: str
    proposed_at: datetime
    needed: int
    votes: tuple[Vote, ...] = ()
    state: ProposalState = ProposalState.OPEN
    ended_at: datetime | None = None
    ended_by: str = ""
    end_reason: str = ""
    corrects: str = ""
    appeal_id: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.state is ProposalState.OPEN

    @property
    def floor(self) -> int | None:
        """How many points he must have for it: what is taken for no entry that was wrong leaves no debt (DOMAIN §3)."""
        free = self.kind is Kind.ADJUST and not self.corrects
        return -self.points if free and self.points < 0 else None

    @property
    def deciders(self) -> frozenset[str]:
        """Everybody who had a part in it."""
        return frozenset({self.proposed_by, self.ended_by, *(vote.by for vote in self.votes)} - {""})


def rule_by_hand(rules: PointsRules, code: str) -> Rule:
    """The rule, if people award by it. Raises Invalid (`award_rule`)."""
    if code not in BY_HAND or code not in rules.by_code:
        raise Invalid("award_rule", rule=code, rules=", ".join(sorted(BY_HAND & rules.by_code.keys())))
    return rules.by_code[code]


def points_of(rule: Rule, wanted: int | None) -> int:
    """The points asked for, or those of a rule that leaves no choice. Raises Invalid (`award_points`)."""
    least, most = rule.points
    points = least if wanted is None and least == most else wanted
    if points is None or not least <= points <= most or not points:
        raise Invalid("award_points", rule=rule.code, least=least, most=most)
    return points


def require_decider(by: Actor, township: str, courier_id: str) -> None:
    """Raises Forbidden: `role_needed` and `not_your_area` unless centre or committee, `own_points` for one's own."""
    require_any(by, DECIDERS, township)
    if by.id == courier_id:
        raise Forbidden("own_points")


def approved(proposal: Proposal, *, by: Actor, now: datetime) -> Proposal:
    """With one more who agrees, and approved where that is enough; unchanged where he had agreed before.

    Raises Forbidden (`role_needed`, `not_your_area`, `own_points`, `proposer_approves`), Conflict (`award_closed`).
    """
    require_decider(by, proposal.township, proposal.courier_id)
    if by.id == proposal.proposed_by:
        raise Forbidden("proposer_approves")
    if any(vote.by == by.id for vote in proposal.votes) and proposal.state is not ProposalState.REJECTED:
        return proposal
    _require_open(proposal)
    after = replace(proposal, votes=(*proposal.votes, Vote(by=by.id, at=now)), version=proposal.version + 1)
    return _ended(after, ProposalState.APPROVED, by.id, now) if len(after.votes) >= after.needed else after


def rejected(proposal: Proposal, *, reason: str, by: Actor, now: datetime) -> Proposal:
    """Not agreed to: one is enough; unchanged where he had rejected it before. Who proposed it may take it back so.

    Raises Forbidden (`role_needed`, `not_your_area`, `own_points`), Invalid (`text_needed`), Conflict (`award_closed`).
    """
    require_decider(by, proposal.township, proposal.courier_id)
    if not reason.strip():
        raise Invalid("text_needed")
    if proposal.state is ProposalState.REJECTED and proposal.ended_by == by.id:
        return proposal
    _require_open(proposal)
    after = replace(proposal, end_reason=reason.strip(), version=proposal.version + 1)
    return _ended(after, ProposalState.REJECTED, by.id, now)


def voided(proposal: Proposal, *, at: datetime) -> Proposal:
    """No longer wanted: the verdict that it followed from has changed."""
    return _ended(replace(proposal, version=proposal.version + 1), ProposalState.VOIDED, "", at)


def require_covered(proposal: Proposal, balance: int) -> None:
    """Raises Conflict (`below_zero`) where more would be taken than there is."""
    if proposal.floor is not None and balance < proposal.floor:
        raise Conflict("below_zero", balance=balance, needed=proposal.floor)


def at_once(proposal: Proposal) -> Proposal:
    """Approved as it is proposed, where nobody else need agree."""
    return _ended(proposal, ProposalState.APPROVED, proposal.proposed_by, proposal.proposed_at)


def _require_open(proposal: Proposal) -> None:
    if not proposal.is_open:
        raise Conflict("award_closed", state=proposal.state)


def _ended(proposal: Proposal, state: ProposalState, by: str, at: datetime) -> Proposal:
    return replace(proposal, state=state, ended_by=by, ended_at=at)
