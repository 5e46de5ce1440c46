"""What the person a decision is about is told of it: in his inbox, with the decision."""

from datetime import datetime

from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import State
from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import Both, same
from chalicelib.domain.reference.calendar import local_day
from chalicelib.services.notifications.wording import sentences
from chalicelib.store.base import Transaction
from chalicelib.store.notifications import inbox


def decided(finding: Finding, transaction: Transaction, *, now: datetime) -> None:
    """What was decided, why, and that he may appeal."""
    last = finding.decisions[-1]
    facts = {
        "finding": (finding.zh, finding.en),
        "reason": same(last.reason),
        "until": same(local_day(last.until) if last.until else ""),
        "rule": same(last.rule or ""),
    }
    _leave(finding, f"finding_{finding.state}_you", facts, transaction, now=now)


def heard(finding: Finding, transaction: Transaction, *, now: datetime) -> None:
    """What became of his appeal, and why."""
    reason = finding.appeal.reason if finding.appeal else ""
    template = "finding_lifted_you" if finding.state is State.LIFTED else "finding_confirmed_you"
    _leave(finding, template, {"finding": (finding.zh, finding.en), "reason": same(reason)}, transaction, now=now)


def overturned(finding: Finding, transaction: Transaction, *, now: datetime) -> None:
    """That nothing of the decision remains, since the verdict has changed."""
    _leave(finding, "finding_overturned_you", {"finding": (finding.zh, finding.en)}, transaction, now=now)


def _leave(finding: Finding, template: str, facts: dict[str, Both], transaction: Transaction, *, now: datetime) -> None:
    words = sentences().render(template, facts)
    message = unprompted(finding.person_id, template, f"{finding.id}#{finding.version}", words, at=now)
    inbox.add(message, transaction)
