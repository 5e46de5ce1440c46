"""A case as it is shown: with a name to whom it concerns, without it and without the reports' ids to the auditor.

He reads whose it is or what for, never both at once, as of the ledger (docs/adr/0033).
"""

from dataclasses import dataclass, replace

from chalicelib.domain.exports.digits import covered_digits
from chalicelib.domain.honours.evidence import Counted, Evidence
from chalicelib.domain.honours.model import Case
from chalicelib.domain.honours.powers import Sight
from chalicelib.domain.honours.records import Record
from chalicelib.domain.honours.sentinels import Sentinel
from chalicelib.domain.people.model import Person, masked_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A case with who applied: his name, empty once he is forgotten, and the villages on his round. Nothing says for
    whom he delivers."""

    case: Case
    name: str
    villages: tuple[str, ...]


def named(case: Case, person: Person | None, sight: Sight) -> Named:
    """The case as far as this sight goes."""
    name, villages = (person.name, person.villages) if person else ("", ())
    if sight is Sight.MASKED:
        return Named(case=_covered(case), name=masked_name(name), villages=villages)
    return Named(case=case, name=name, villages=villages)


def evidence(drawn: Evidence) -> Evidence:
    """The evidence without which reports it speaks of."""
    verified, solved, major = (_nameless(one) for one in (drawn.verified, drawn.solved, drawn.major))
    return replace(drawn, verified=verified, solved=solved, major=major)


def record(line: Record) -> Record:
    """The line with the long numbers of its words starred."""
    return replace(line, reason=covered_digits(line.reason))


def nobody(line: Record) -> Record:
    """The line once the consent of whom it is about is gone: that somebody was named or went, and no more."""
    actor = "" if line.actor_id == line.person_id else line.actor_id
    return replace(line, person_id="", actor_id=actor, reason="")


def sentinel(one: Sentinel) -> Sentinel:
    """A sentinel's entry with the long numbers of its words starred."""
    return replace(one, reason=covered_digits(one.reason))


def _covered(case: Case) -> Case:
    advice, decision = case.advice, case.decision
    return replace(
        case,
        statement=covered_digits(case.statement),
        advice=replace(advice, reason=covered_digits(advice.reason)) if advice else None,
        decision=replace(decision, reason=covered_digits(decision.reason)) if decision else None,
    )


def _nameless(counted: Counted) -> Counted:
    return replace(counted, ids=())
