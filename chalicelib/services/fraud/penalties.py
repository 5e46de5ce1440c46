"""The entries of the ledger that a decision makes, and those that take them back."""

from datetime import datetime

from chalicelib.domain.errors import Conflict
from chalicelib.domain.fraud.findings import Decision, Finding
from chalicelib.domain.fraud.terms import FindingState
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.points import transfers
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.points.rulings import rules_as_of
from chalicelib.store.fraud import findings
from chalicelib.store.points import ledger

MOST = 40  # findings about somebody: with what was given back, as many entries as one call reads


def entry(finding: Finding, decision: Decision, *, now: datetime) -> Transfer:
    """What the penalty takes, by the rules in force. Raises Conflict (`no_such_penalty`) where these know none."""
    rules, edition = rules_as_of(now, now=now)
    rule = rules.by_code.get(decision.rule or "")
    if rule is None or rule.points[0] >= 0:
        raise Conflict("no_such_penalty", rule=decision.rule)
    made = transfers.moved(
        finding.person_id,
        rule.points[0],
        Kind.AWARD,
        id=decision.entry,
        event_id=finding.id,
        at=now,
        report_id=finding.reports[0] if len(finding.reports) == 1 else "",
    )
    made = transfers.ruled(made, rule, edition, pending=False)
    return made.explained(*_words("penalty_posted", made, (rule.zh, rule.en)))


def taken_back(finding: Finding, *, now: datetime) -> list[Transfer]:
    """A correction of each penalty that was posted for the finding, and of what was put right of it: one query."""
    if not any(one.entry for one in finding.decisions):
        return []
    found = ledger.beginning(transfers.account(finding.person_id), f"{finding.id}#")
    return [_correction(old, finding, now) for old in found if old.state is EntryState.POSTED]


def about(report_id: str, person_id: str) -> list[Transfer]:
    """What findings about a report of his took, and gave back: a query of the newest decided ones, and a batch."""
    found = findings.about(person_id, limit=MOST, cursor=None).findings
    taken = [one.entry for finding in found if report_id in finding.reports for one in finding.decisions if one.entry]
    given = [_lifted(id) for id in taken]
    return list(ledger.several(transfers.account(person_id), taken + given).values()) if taken else []


def _lifted(id: str) -> str:
    """The id of the entry that takes back the one with this id, which begins with its finding."""
    finding, _, rest = id.partition("#")
    return f"{finding}.appeal#{rest}"


def _correction(old: Transfer, finding: Finding, now: datetime) -> Transfer:
    id = _lifted(old.id)
    made = transfers.corrected(old, id=id, event_id=id.partition("#")[0], at=now)
    lifted = "penalty_overturned" if finding.state is FindingState.OVERTURNED else "penalty_lifted"
    return made.explained(*_words(lifted if old.rule else "points_decision_reversed", made, ("", "")))


def _words(template: str, made: Transfer, name: tuple[str, str]) -> tuple[str, str]:
    facts = {"amount": made.amount, "points": f"{made.earned:+d}"}
    facts |= {"rule": made.rule, "edition": made.edition, "day": made.day}
    return sentences().render(template, {key: same(fact) for key, fact in facts.items()} | {"name": name})
