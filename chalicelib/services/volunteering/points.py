"""Points follow what happens to a volunteer in a slot: once, however often and in whatever order it is told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.happenings import Happening
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.points import transfers
from chalicelib.domain.points.rules import Rule
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.volunteering import earning
from chalicelib.domain.volunteering.earning import Earned
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.points import posting
from chalicelib.services.points.rulings import rules_as_of
from chalicelib.store import history


def follow(line: Happening, *, now: datetime) -> None:
    """Write the entries that the line means, with those that lines before it mean and nobody told yet: a query, and
    what `posting` reads and writes. Raises Busy under contention that does not end."""
    if not earning.concerns(line):
        return
    lines = history.happenings(line.subject_id)
    posting.post(entries(earning.earned(lines, line), now=now))


def entries(earned: Iterable[Earned], *, now: datetime) -> list[Transfer]:
    """The entries: by the rules that held when the slot began, against the caps of that day. Somebody has confirmed
    what they stand for, so none of them waits for anybody."""
    made: dict[str, Transfer] = {}
    for one in earned:
        old = made.get(one.reverses)
        if one.reverses:
            if old:
                made[one.id] = _explained(transfers.corrected(old, id=one.id, event_id=one.line.id, at=one.line.at))
        elif entry := _given(one, now):
            made[one.id] = entry
    return list(made.values())


def _given(one: Earned, now: datetime) -> Transfer | None:
    """None where the rules of that day know no such rule, or pay nothing."""
    began = datetime.fromisoformat(str(one.line.facts["start"]))
    table, edition = rules_as_of(began, now=now)
    rule = table.by_code.get(one.rule)
    if rule is None or not rule.points[0] or one.line.person_id is None:
        return None
    entry = transfers.moved(
        one.line.person_id,
        rule.points[0] * one.times,
        Kind.EARN,
        id=one.id,
        event_id=one.line.id,
        at=one.line.at,
    )
    entry = transfers.ruled(entry, rule, edition, pending=False)
    return _explained(replace(entry, day=local_day(began)), rule)


def _explained(entry: Transfer, rule: Rule | None = None) -> Transfer:
    facts = {
        "name": (rule.zh, rule.en) if rule else ("", ""),
        "amount": same(entry.earned if rule else entry.amount),
        "rule": same(entry.rule),
        "edition": same(entry.edition),
        "day": same(entry.day),
    }
    zh, en = sentences().render("points_earned" if rule else "points_reversed", facts)
    return entry.explained(zh, en)
