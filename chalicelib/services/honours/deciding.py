"""Use cases of the committee on a case: draw evidence, recommend, decide. A step is two reads and one transaction."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.domain.errors import Conflict, StaleVersion
from chalicelib.domain.honours import cases as rules
from chalicelib.domain.honours import evidence as weighing
from chalicelib.domain.honours.model import Case, HonourVerdict
from chalicelib.domain.honours.records import HonourDeed, Record
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.services.honours import lines, sources
from chalicelib.services.honours.cases import Whole, after_step
from chalicelib.services.reference import rulebook
from chalicelib.services.reports.once import once
from chalicelib.store.base import Transaction
from chalicelib.store.honours import cases as store

TOLD = {HonourVerdict.LIST: "honours_listed", HonourVerdict.DECLINE: "honours_declined"}
DEEDS = {HonourVerdict.LIST: HonourDeed.LIST, HonourVerdict.DECLINE: HonourDeed.DECLINE}

type Run = Callable[[Case, Transaction], tuple[Case, Record]]


def draw(person_id: str, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Whole:
    """Draw the evidence, first or anew: the next number, and the old are kept. Three reads, a query of the ledger and
    one of the reports for each page of them, one transaction.

    Raises Forbidden, NotFound, StaleVersion, Conflict (`applicant_left`), CapReached (`evidence_too_often`), KeyReused.
    """
    numbers = rulebook.in_force(now=now).numbers

    def run(case: Case, transaction: Transaction) -> tuple[Case, Record]:
        _require_here(person_id)
        drawn = weighing.drawn(
            case.evidence + 1,
            sources.entries(person_id),
            sources.reports(person_id),
            forfeited=sources.forfeited(person_id),
            major=numbers.count("honours_major"),
            by=by.id,
            now=now,
        )
        most = numbers.count("honours_drawings")
        after = rules.weighed(case, score=drawn.score, scores=drawn.scores, most=most, now=now)
        store.add_evidence(person_id, drawn, transaction)
        return after, _line(after, HonourDeed.DRAW, by.id)

    return _step(person_id, run, version=version, key=key, by=by, now=now)


def recommend(
    person_id: str, reason: str, evidence: int, *, version: int | None, key: Key | None, by: Actor, now: datetime
) -> Whole:
    """Recommend that it be put on the reference list, on that evidence: two reads, one transaction.

    Raises Forbidden, NotFound, StaleVersion, Invalid (`reason_needed`), Conflict (`applicant_left`, `evidence_needed`,
    `evidence_redrawn`), KeyReused.
    """

    def run(case: Case, transaction: Transaction) -> tuple[Case, Record]:
        _require_here(person_id)
        after = rules.recommended(case, reason, evidence=evidence, by=by.id, now=now)
        return after, _line(after, HonourDeed.RECOMMEND, by.id, reason)

    return _step(person_id, run, version=version, key=key, by=by, now=now)


def decide(
    person_id: str,
    verdict: HonourVerdict,
    reason: str,
    evidence: int,
    *,
    version: int | None,
    key: Key | None,
    by: Actor,
    now: datetime,
) -> Whole:
    """Put it on the reference list, or not, on that evidence; he hears of it in the same transaction. Two reads.

    Who has left can be taken off it still.

    Raises what `recommend` does, and Conflict (`recommendation_needed`), Forbidden (`second_person_needed`),
    AlreadyDone (`honours_decided`).
    """

    def run(case: Case, transaction: Transaction) -> tuple[Case, Record]:
        if verdict is HonourVerdict.LIST:
            _require_here(person_id)
        after = rules.decided(case, verdict, reason, evidence=evidence, by=by.id, now=now)
        lines.tell(person_id, TOLD[verdict], f"{after.version}", at=now, transaction=transaction)
        return after, _line(after, DEEDS[verdict], by.id, reason)

    return _step(person_id, run, version=version, key=key, by=by, now=now)


def _step(person_id: str, run: Run, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Whole:
    lines.committee(by, person_id, now)

    def do() -> str:
        case = rules.require_standing(store.find(person_id), person_id)
        if version not in (None, case.version):
            raise StaleVersion("stale_version", version=case.version)
        transaction = Transaction()
        after, line = run(case, transaction)
        store.put(after, transaction)
        lines.step(line, by=by, transaction=transaction)
        lines.claim(key, person_id, now=now, transaction=transaction)
        transaction.commit()
        return person_id

    return after_step(once(key, do, lambda id: id))


def _require_here(person_id: str) -> None:
    """Who has left is weighed no more; he may still be taken off the list."""
    if lines.here(person_id) is None:
        raise Conflict("applicant_left")


def _line(after: Case, deed: HonourDeed, by: str, reason: str = "") -> Record:
    return Record(
        subject=after.person_id,
        number=after.version,
        at=after.touched_at,
        actor_id=by,
        deed=deed,
        person_id=after.person_id,
        reason=reason.strip(),
        details={"evidence": after.evidence},
    )
