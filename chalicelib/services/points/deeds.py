"""Points follow what happens to visits and activities: each rule once, however often the happening is told."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.domain.happenings import Happening
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.points import transfers
from chalicelib.domain.points.rules import Rule
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.points import pending, posting
from chalicelib.services.points.rulings import rules_as_of

type Earned = Iterable[tuple[str, int]]  # a rule's code, and how many times over


def follow(line: Happening, earned: Earned, *, now: datetime) -> None:
    """Write the entries of whom the happening concerns, by the rules of its day. What people must agree to waits for
    them, as with a report's. A read and a transaction. Raises Busy under contention that does not end."""
    table, edition = rules_as_of(line.at, now=now)
    ruled = [(table.by_code[code], times) for code, times in earned if code in table.by_code]
    made = [(rule, _entry(line, rule, times, edition)) for rule, times in ruled if rule.points[0]]
    posting.post([entry for _, entry in made if entry.state is EntryState.POSTED])
    for rule, entry in made:
        if entry.state is EntryState.PENDING:
            pending.show(entry, rule, township=line.township)


def _entry(line: Happening, rule: Rule, times: int, edition: int) -> Transfer:
    entry = transfers.moved(
        line.person_id or "",
        rule.points[0] * times,
        Kind.EARN,
        id=f"{line.id}#{rule.code}",
        event_id=line.id,
        at=line.at,
    )
    entry = transfers.ruled(entry, rule, edition, pending=bool(rule.approvers))
    facts = {
        "name": (rule.zh, rule.en),
        "amount": same(entry.earned),
        "points": same(f"{entry.earned:+d}"),
        "rule": same(entry.rule),
        "edition": same(edition),
        "day": same(entry.day),
    }
    pends = entry.state is EntryState.PENDING
    return entry.explained(*sentences().render("points_pending" if pends else "points_earned", facts))
