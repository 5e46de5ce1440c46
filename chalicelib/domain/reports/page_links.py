"""The token of a link to a public page: which report, until when, and a signature that only this product can make.

Nothing is stored for it. It ends with its time, and at once where the centre takes the links of its report back: the
count of that stands in the token and in the report.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

PURPOSE = b"public-page\n"
SIGNED = 16  # bytes of the signature: 128 bits, which nobody guesses against a server


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a token opens: `page` is the report's count of withdrawn links when it was made. Whole seconds count."""

    report_id: str
    page: int
    expires_at: datetime


def written(ticket: Ticket, key: bytes) -> str:
    """The ticket as a word of letters, digits, `-` and `_`."""
    told = f"{ticket.page} {int(ticket.expires_at.timestamp())} {ticket.report_id}".encode()
    return urlsafe_b64encode(_signature(told, key) + told).decode().rstrip("=")


def read(token: str, key: bytes, *, now: datetime) -> Ticket | None:
    """The ticket, unless the token is forged, cut, spelled otherwise than it was written, or its time is over."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    signature, told = raw[:SIGNED], raw[SIGNED:]
    if not hmac.compare_digest(signature, _signature(told, key)):
        return None
    page, expires, report_id = told.decode().split(" ", 2)
    ticket = Ticket(report_id=report_id, page=int(page), expires_at=datetime.fromtimestamp(int(expires), UTC))
    return ticket if now < ticket.expires_at and written(ticket, key) == token else None


def _signature(told: bytes, key: bytes) -> bytes:
    return hmac.new(key, PURPOSE + told, sha256).digest()[:SIGNED]
