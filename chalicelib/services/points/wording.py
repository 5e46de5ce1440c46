"""The sentences by which what people decided explains itself, in Chinese and English."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.notifications.inbox import Message, unprompted
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.points.proposals import Proposal, ProposalState
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.notifications.wording import sentences

DECIDED = "points_decided"
S = ProposalState
TEMPLATES = {
    (Kind.AWARD, S.OPEN): "points_award_pending",
    (Kind.AWARD, S.APPROVED): "points_awarded",
    (Kind.AWARD, S.REJECTED): "points_award_refused",
    (Kind.ADJUST, S.OPEN): "points_adjust_pending",
    (Kind.ADJUST, S.APPROVED): "points_adjusted",
    (Kind.ADJUST, S.REJECTED): "points_adjust_refused",
    (Kind.EARN, S.OPEN): "points_earn_pending",
    (Kind.EARN, S.APPROVED): "points_approved",
    (Kind.EARN, S.REJECTED): "points_award_refused",
}
ENDS = ("。", "！", "？", "…", ".", "!", "?")
VOIDED = "points_decision_voided"


def explained(entry: Transfer, proposal: Proposal) -> Transfer:
    """The entry with the sentence of what was decided."""
    zh, en = words(proposal)
    return replace(entry, zh=zh, en=en)


def words(proposal: Proposal) -> Both:
    """What was decided: how many points, by which rule and edition, for which day, and why."""
    facts = {
        "name": proposal.name,
        "points": same(f"{proposal.points:+d}"),
        "rule": same(proposal.rule),
        "edition": same(proposal.edition),
        "day": same(proposal.day),
        "reason": same(proposal.end_reason or proposal.reason),
        "count": same(len(proposal.votes)),
    }
    return sentences().render(TEMPLATES.get((proposal.kind, proposal.state), VOIDED), facts)


def told(proposal: Proposal, *, appeal_days: int, at: datetime) -> Message:
    """What the courier hears of a proposal that has ended: the one message about it. He may appeal, except where
    nothing was taken from him after all."""
    zh, en = _ended(words(proposal))
    spared = proposal.points < 0 and proposal.state is S.REJECTED
    facts = {"words": (zh, en), "days": same(appeal_days)}
    said = (zh, en) if spared else sentences().render(DECIDED, facts)
    return unprompted(proposal.courier_id, DECIDED, proposal.id, said, at=at)


def _ended(said: Both) -> Both:
    """With a full stop where somebody's own reason has none."""
    zh, en = said
    return zh if zh.endswith(ENDS) else f"{zh}。", en if en.endswith(ENDS) else f"{en}."
