"""The same request sent twice is one request: a caller's key, and the print of what came with it."""

from dataclasses import dataclass
from datetime import timedelta

KEPT = timedelta(days=9)  # a phone may be offline for 7 days; the promise is at least 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """`fingerprint` is a digest of method, path and body: the key with another one is refused."""

    caller_id: str
    key: str
    fingerprint: str
