"""What shows that a bag is the right one, and that somebody was at the door: a code of each, and a card inside.

Codes are worked out of a secret and the visit's id, so that nothing of them is stored. Four digits are ten thousand:
so few wrong ones are taken that guessing is no way.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from chalicelib.domain.login.keyed import keyed, matches
from chalicelib.domain.prizes.codes import ALPHABET, LENGTH, normal

BAG, DOOR, CARD = "care-bag", "care-door", b"care-card\n"
SIGNED = 16  # bytes: 128 bits, which nobody guesses against a server


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The card inside somebody's door. A new one has the next `number`, and the ones before are good no more."""

    beneficiary_id: str
    number: int


def bag_code(key: bytes, visit_id: str) -> str:
    """What is printed on a visit's bag: eight characters without look-alikes."""
    number = int(keyed(key, BAG, visit_id), 16)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def is_bag_code(key: bytes, visit_id: str, typed: str) -> bool:
    """Whether that is the code of this visit's bag, as it was scanned or typed."""
    return matches(bag_code(key, visit_id), normal(typed) or "")


def door_code(key: bytes, visit_id: str) -> str:
    """The four digits that the elder tells, new for each visit."""
    return f"{int(keyed(key, DOOR, visit_id), 16) % 10_000:04}"


def is_door_code(key: bytes, visit_id: str, told: str) -> bool:
    """Whether these are the digits."""
    return matches(door_code(key, visit_id), told.strip())


def written(card: Card, key: bytes) -> str:
    """What the card's QR code says: letters, digits, `-` and `_`, and nothing about who it is."""
    told = f"{card.number} {card.beneficiary_id}".encode()
    return urlsafe_b64encode(_signature(told, key) + told).decode().rstrip("=")


def read(token: str, key: bytes) -> Card | None:
    """The card, unless it is forged or spelled otherwise than it was written."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    signature, told = raw[:SIGNED], raw[SIGNED:]
    if not hmac.compare_digest(signature, _signature(told, key)):
        return None
    number, beneficiary_id = told.decode().split(" ", 1)
    card = Card(beneficiary_id=beneficiary_id, number=int(number))
    return card if written(card, key) == token else None


def _signature(told: bytes, key: bytes) -> bytes:
    return hmac.new(key, CARD + told, sha256).digest()[:SIGNED]
