"""What the person a decision is about is told of it: in his inbox, with the decision."""

from datetime import datetime

from chalicelib.domain.fraud.decisions import Measures
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import FindingState
from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.notifications.wording import moment
from chalicelib.services.notifications.wording import sentences
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox

ENDS = "。！？.!?"


def decided(
    finding: Finding,
    before: Measures,
    after: Measures,
    transaction: Transaction,
    *,
    taken: int,
    appeal_until: datetime,
    now: datetime,
) -> None:
    """What was decided, why, what it changed for him (`taken`: points of a penalty), and until when he may appeal."""
    last, words = finding.decisions[-1], sentences()
    facts = {
        "finding": (finding.zh, finding.en),
        "reason": _ended(last.reason),
        "changed": _changed(before, after, now),
        "until": moment(last.until, words),
        "rule": same(last.rule or ""),
        "amount": same(taken),
        "appeal": moment(appeal_until, words),
    }
    _leave(finding, f"finding_{finding.state}_you", facts, transaction, now=now)


def heard(finding: Finding, transaction: Transaction, *, now: datetime) -> None:
    """What became of his appeal, and why."""
    reason = finding.appeal.reason if finding.appeal else ""
    template = "finding_lifted_you" if finding.state is FindingState.LIFTED else "finding_confirmed_you"
    _leave(finding, template, {"finding": (finding.zh, finding.en), "reason": _ended(reason)}, transaction, now=now)


def overturned(finding: Finding, transaction: Transaction, *, now: datetime) -> None:
    """That nothing of the decision remains, since the verdict has changed."""
    _leave(finding, "finding_overturned_you", {"finding": (finding.zh, finding.en)}, transaction, now=now)


def _changed(before: Measures, after: Measures, now: datetime) -> Both:
    """Reports that give nothing from now on, or give again; that redeeming goes on: a sentence each, ready to be put
    in front of another."""
    said = {
        "finding_forfeits": len(after.forfeited.keys() - before.forfeited.keys()),
        "finding_restores": len(before.forfeited.keys() - after.forfeited.keys()),
        "finding_thaws": before.frozen_until(now) is not None and after.frozen_until(now) is None,
    }
    parts = [sentences().render(name, {"count": same(count)}) for name, count in said.items() if count]
    return "".join(zh for zh, _ in parts), "".join(f"{en} " for _, en in parts)


def _ended(text: str) -> Both:
    """What somebody wrote, as a sentence: with one full stop, his own or ours."""
    return (text, text) if text.endswith(tuple(ENDS)) else (f"{text}。", f"{text}.")


def _leave(finding: Finding, template: str, facts: dict[str, Both], transaction: Transaction, *, now: datetime) -> None:
    words = sentences().render(template, facts)
    message = unprompted(finding.person_id, template, f"{finding.id}#{finding.version}", words, at=now)
    inbox.add(message, transaction)
