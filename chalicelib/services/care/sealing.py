"""Who somebody is, as an envelope and digests; and what else is sealed about him, each under its own record's id."""

import msgspec

from chalicelib.domain.care import personal as rules
from chalicelib.domain.care.consents import Proof
from chalicelib.domain.care.personal import Personal
from chalicelib.gateways import blind_keys, kms
from chalicelib.store.care.beneficiaries import Sealed


def sealed(id: str, personal: Personal) -> Sealed:
    """Who it is, sealed for this beneficiary: one call of KMS."""
    key = blind_keys.key()
    return Sealed(
        envelope=envelope(id, personal),
        phone_digest=rules.phone_digest(personal.number, key),
        who_digest=rules.who_digest(personal, key),
        contact_digest=rules.phone_digest(personal.contact_phone, key),
    )


def envelope(id: str, personal: Personal) -> bytes:
    """Who it is, sealed for this beneficiary, without digests: one call of KMS."""
    return kms.seal(id, msgspec.json.encode(personal))


def opened(id: str, envelope: bytes) -> Personal:
    """Who it is: one call of KMS. For `personal.reveal`, which logs it, and for erasure; nobody else calls this."""
    return msgspec.json.decode(kms.open_sealed(id, envelope), type=Personal)


def sealed_proof(id: str, number: int, proof: Proof) -> bytes:
    """A guardian's proof, sealed for this consent."""
    return kms.seal(f"{id}#consent#{number}", msgspec.json.encode(proof))


def opened_proof(id: str, number: int, envelope: bytes) -> Proof:
    """A guardian's proof."""
    return msgspec.json.decode(kms.open_sealed(f"{id}#consent#{number}", envelope), type=Proof)


def sealed_words(id: str, complaint: str, words: str) -> bytes:
    """What somebody complains of, sealed for this complaint."""
    return kms.seal(f"{id}#complaint#{complaint}", words.encode())


def opened_words(id: str, complaint: str, envelope: bytes) -> str:
    """What somebody complains of."""
    return kms.open_sealed(f"{id}#complaint#{complaint}", envelope).decode()
