"""Parts of table `beneficiaries` beside the head: needs, consents with what proves them, complaints."""

import msgspec

from chalicelib.domain.care.beneficiaries import Need
from chalicelib.domain.care.complaints import Complaint
from chalicelib.domain.care.consents import Consent
from chalicelib.domain.errors import NotFound, StaleVersion
from chalicelib.store.base import Transaction
from chalicelib.store.care.beneficiaries import BeneficiaryItem

NEED, CONSENT, COMPLAINT = "need#", "consent#", "complaint#"


def put_need(beneficiary_id: str, need: Need, transaction: Transaction) -> None:
    """Store a need, as it is raised or decided."""
    transaction.put(_item(beneficiary_id, f"{NEED}{need.id}", need))


def need(beneficiary_id: str, id: str) -> Need:
    """One need. Raises NotFound (`no_such_need`)."""
    return msgspec.json.decode(_get(beneficiary_id, f"{NEED}{id}", "no_such_need").body, type=Need)


def needs(beneficiary_id: str) -> list[Need]:
    """All needs, oldest first: one query."""
    return [msgspec.json.decode(item.body, type=Need) for item in _all(beneficiary_id, NEED)]


def add_consent(beneficiary_id: str, consent: Consent, transaction: Transaction, *, proof: bytes | None) -> None:
    """Store a new consent with its sealed proof; the transaction raises StaleVersion where there is one of its
    number."""
    item = _item(beneficiary_id, _consent(consent.number), consent)
    item.sealed = proof
    transaction.put(item, BeneficiaryItem.id.does_not_exist(), StaleVersion("changed_meanwhile"))


def end_consent(beneficiary_id: str, consent: Consent, transaction: Transaction) -> None:
    """Store that it counts no more; its proof stays."""
    item = BeneficiaryItem(beneficiary_id, _consent(consent.number))
    transaction.update(item, [BeneficiaryItem.body.set(msgspec.json.encode(consent).decode())])


def consent(beneficiary_id: str, number: int) -> Consent:
    """One consent. Raises NotFound (`no_such_consent`)."""
    return msgspec.json.decode(_get(beneficiary_id, _consent(number), "no_such_consent").body, type=Consent)


def consents(beneficiary_id: str) -> list[tuple[Consent, bytes | None]]:
    """All consents, each with a guardian's sealed proof where one gave it, oldest first: one query."""
    rows = _all(beneficiary_id, CONSENT)
    return [(msgspec.json.decode(item.body, type=Consent), item.sealed) for item in rows]


def put_complaint(beneficiary_id: str, complaint: Complaint, transaction: Transaction, *, words: bytes) -> None:
    """Store a complaint with its sealed words."""
    item = _item(beneficiary_id, f"{COMPLAINT}{complaint.id}", complaint)
    item.sealed = words
    transaction.put(item)


def complaints(beneficiary_id: str) -> list[tuple[Complaint, bytes]]:
    """All complaints with their sealed words, oldest first: one query."""
    rows = _all(beneficiary_id, COMPLAINT)
    return [(msgspec.json.decode(item.body, type=Complaint), item.sealed) for item in rows]


def answer_complaint(beneficiary_id: str, complaint: Complaint, transaction: Transaction) -> None:
    """Store what came of it; its words stay."""
    item = BeneficiaryItem(beneficiary_id, f"{COMPLAINT}{complaint.id}")
    transaction.update(item, [BeneficiaryItem.body.set(msgspec.json.encode(complaint).decode())])


def complaint(beneficiary_id: str, id: str) -> Complaint:
    """One complaint. Raises NotFound (`no_such_complaint`)."""
    return msgspec.json.decode(_get(beneficiary_id, f"{COMPLAINT}{id}", "no_such_complaint").body, type=Complaint)


def _get(beneficiary_id: str, part: str, rule: str) -> BeneficiaryItem:
    try:
        return BeneficiaryItem.get(beneficiary_id, part, consistent_read=True)
    except BeneficiaryItem.DoesNotExist as error:
        raise NotFound(rule) from error


def _all(beneficiary_id: str, prefix: str) -> list[BeneficiaryItem]:
    return list(BeneficiaryItem.query(beneficiary_id, BeneficiaryItem.part.startswith(prefix), consistent_read=True))


def _item(beneficiary_id: str, part: str, body: Need | Consent | Complaint) -> BeneficiaryItem:
    return BeneficiaryItem(beneficiary_id, part, body=msgspec.json.encode(body).decode())


def _consent(number: int) -> str:
    return f"{CONSENT}{number:04}"
