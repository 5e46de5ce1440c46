"""Keyed digests: what stands in a table instead of a phone number, a code, a device or a token.

Whoever reads the table alone can neither recognise nor try out what they stand for: the key lies elsewhere.
"""

import hmac
from hashlib import sha256


def keyed(pepper: bytes, purpose: str, *parts: str) -> str:
    """HMAC-SHA-256 of the parts, in hex. Each part goes in with its length, so that no two lists look alike."""
    message = "".join(f"{len(part)}:{part}" for part in (purpose, *parts))
    return hmac.new(pepper, message.encode(), sha256).hexdigest()


def matches(one: str, other: str) -> bool:
    """Whether two digests are equal, in a time that does not tell how far they agree."""
    return hmac.compare_digest(one.encode(), other.encode())
