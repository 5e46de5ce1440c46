"""Ids and codes of new things."""

import secrets
import uuid
from datetime import datetime

from chalicelib.domain.prizes import codes


def new_id(now: datetime) -> str:
    """A UUID of version 7 (RFC 9562 §5.7): sorts by the millisecond it was made in, and cannot be guessed.

    The standard library has these from Python 3.14 on.
    """
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    value = milliseconds << 80 | secrets.randbits(80)
    return str(uuid.UUID(int=value & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62))


def new_code() -> str:
    """A pick-up code that nobody guesses."""
    return "".join(secrets.choice(codes.ALPHABET) for _ in range(codes.LENGTH))
