"""The rotating code that a slot's staff show: which slot, coming or going, and which half minute it is, signed.

Nothing is stored for it, and nobody can make one ahead. Whoever reads it checks in himself and nobody else: a copied
code is worth nothing to who is not signed up, and to who is it is worth what the place says.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.volunteering.terms import Direction

PURPOSE = b"slot-code\n"
SIGNED = 16  # bytes of the signature
STEP = timedelta(seconds=30)
GOOD = 2 * STEP  # in its own step and the next: who reads it at the last moment is not too late
SLIP = timedelta(minutes=5)  # by which a phone's clock may be wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a code says; `at` is when its half minute begins (UTC)."""

    slot_id: str
    direction: Direction
    at: datetime

    @property
    def expires_at(self) -> datetime:
        """When staff show the next one."""
        return self.at + STEP


def now_showing(slot_id: str, direction: Direction, now: datetime) -> Code:
    """The code of this half minute."""
    step = int(now.timestamp()) // int(STEP.total_seconds())
    return Code(slot_id=slot_id, direction=direction, at=_begin(step))


def written(code: Code, key: bytes) -> str:
    """The code as a word of letters, digits, `-` and `_`."""
    told = f"{code.direction} {int(code.at.timestamp())} {code.slot_id}".encode()
    return urlsafe_b64encode(_signature(told, key) + told).decode().rstrip("=")


def read(token: str, key: bytes) -> Code:
    """What it says. Raises Invalid (`slot_code_forged`) unless this product made it, letter by letter."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError as error:
        raise Invalid("slot_code_forged") from error
    signature, told = raw[:SIGNED], raw[SIGNED:]
    if not hmac.compare_digest(signature, _signature(told, key)):
        raise Invalid("slot_code_forged")
    direction, begins, slot_id = told.decode().split(" ", 2)
    code = Code(slot_id=slot_id, direction=Direction(direction), at=datetime.fromtimestamp(int(begins), UTC))
    if written(code, key) != token:
        raise Invalid("slot_code_forged")
    return code


def moment(code: Code, scanned_at: datetime | None, *, now: datetime, keep: timedelta) -> datetime:
    """When it was read: the code proves it, to a minute.

    Told at once it has to be this half minute's or the one before. A phone that was offline says when it read it
    (`scanned_at`): its clock may be wrong by minutes, the code is not; told more than `keep` later it counts no more.

    Raises Conflict (`slot_code_stale`, `slot_scan_too_old`).
    """
    slip = SLIP if scanned_at else timedelta()
    said = scanned_at or now
    if not code.at - slip <= said < code.at + GOOD + slip or code.at > now + STEP:
        raise Conflict("slot_code_stale")
    if now > code.at + keep:
        raise Conflict("slot_scan_too_old", days=keep.days)
    return min(max(said, code.at), code.at + GOOD, now)


def _begin(step: int) -> datetime:
    return datetime.fromtimestamp(step * int(STEP.total_seconds()), UTC)


def _signature(told: bytes, key: bytes) -> bytes:
    return hmac.new(key, PURPOSE + told, sha256).digest()[:SIGNED]
