"""Use cases of who applies for honours: agree, apply, see it, let his name be shown or not, take it all back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from chalicelib.domain.errors import Busy, NotFound, StaleVersion
from chalicelib.domain.honours import cases as rules
from chalicelib.domain.honours import powers, sentinels
from chalicelib.domain.honours.evidence import Evidence
from chalicelib.domain.honours.model import HONOURS, PUBLIC, Case, Form
from chalicelib.domain.honours.records import HonourDeed, Record
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people import consents
from chalicelib.domain.people.consents import Consent, Consents
from chalicelib.domain.people.model import Actor
from chalicelib.services.honours import lines
from chalicelib.services.reference import areas
from chalicelib.services.reports.once import once
from chalicelib.store.base import Transaction
from chalicelib.store.honours import cases as store
from chalicelib.store.honours import records
from chalicelib.store.honours import sentinels as lists
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition

TABLE = "consents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """All that is kept of somebody's case: with every drawing of evidence and every line, oldest first."""

    case: Case
    evidence: list[Evidence]
    records: list[Record]


def wordings(*, now: datetime) -> list[Consent]:
    """What an applicant agrees to, and what besides if his name may be shown."""
    newest = _consents(now).newest
    return [newest[HONOURS], newest[PUBLIC]]


def apply(form: Form, *, key: Key | None, by: Actor, now: datetime) -> Own:
    """Apply for oneself: one read, one transaction; then what is kept of it.

    Raises Forbidden (`role_needed`), AlreadyDone (`honours_applied`), Conflict (`consent_outdated`), KeyReused.
    """
    powers.require_applicant(by)
    township = areas.township(now=now)

    def do() -> str:
        before = store.find(by.id)
        case = rules.apply(by.id, form, before, township=township, consents=_consents(now), now=now)
        transaction = Transaction()
        store.put(case, transaction)
        lines.own(case, HonourDeed.APPLY, transaction, at=now)
        lines.claim(key, by.id, now=now, transaction=transaction)
        transaction.commit()
        return by.id

    return view(once(key, do, lambda id: id))


def view(person_id: str) -> Own:
    """What is kept of somebody's own case: a read and two queries. Raises NotFound (`no_honours_case`)."""
    if found := find(person_id):
        return found
    raise NotFound("no_honours_case", person=person_id)


def find(person_id: str) -> Own | None:
    """The same, or None where there never was one."""
    case = store.find(person_id)
    if case is None:
        return None
    return Own(case=case, evidence=store.all_evidence(person_id), records=records.of(person_id))


def show_name(consent: int | None, *, by: Actor, now: datetime) -> Own:
    """Agree that one's name be shown among the sentinels, or no longer; both as often as one likes: one read, one
    transaction. Raises NotFound (`no_honours_case`), Conflict (`consent_outdated`), Busy."""
    deed = HonourDeed.HIDE_NAME if consent is None else HonourDeed.SHOW_NAME

    def do(transaction: Transaction) -> bool:
        case = rules.require_standing(store.find(by.id), by.id)
        after = rules.shown_publicly(case, consent, consents=_consents(now), now=now)
        store.put(after, transaction)
        lines.own(after, deed, transaction, at=now)
        return True

    _insist(do)
    return view(by.id)


def withdraw(*, by: Actor, now: datetime) -> Own:
    """Take the consent back: one read, one more where he is a sentinel, one transaction. Twice is once.

    The case ends and is hidden, its evidence is gone and his place among the sentinels free, whatever the committee is
    doing at that moment. Raises NotFound (`no_honours_case`), Busy.
    """

    def do(transaction: Transaction) -> bool:
        case = store.find(by.id)
        if case is None or not case.stands:
            return False
        after = rules.withdrawn(case, now=now)
        store.put(after, transaction)
        store.erase_evidence(by.id, case.drawn, transaction)
        lines.own(after, HonourDeed.WITHDRAW, transaction, at=now)
        leave_lists(case, transaction, now=now)
        return True

    _insist(do)
    return view(by.id)


def leave_lists(case: Case, transaction: Transaction, *, now: datetime) -> bool:
    """Take somebody off every year's list that he is on, frozen or not; whether he was on any: a call, if he may be."""
    left = [held for held in lists.several(case.township, case.years) if held.member(case.person_id)]
    for held in left:
        after = sentinels.without(held, case.person_id)
        lists.put(after, transaction)
        line = Record(
            subject=after.id,
            number=after.version,
            at=now,
            actor_id=case.person_id,
            deed=HonourDeed.WITHDRAW,
            person_id=case.person_id,
        )
        records.append(line, transaction)
    return bool(left)


def _insist(do: Callable[[Transaction], bool]) -> None:
    """Until it is done, or nothing is to do: what is one's own to do is not refused because the committee is at work.
    Raises Busy."""
    for _ in range(lines.TRIES):
        transaction = Transaction()
        if not do(transaction):
            return
        try:
            transaction.commit()
        except StaleVersion:
            continue
        return
    raise Busy("store_contention")


def _consents(now: datetime) -> Consents:
    return _read(reference.current(TABLE, now=now)[TABLE])


@lru_cache(maxsize=2)
def _read(edition: Edition) -> Consents:
    return consents.read(edition.body)
