"""The key of the blind index over beneficiaries' phones: a secret of its own (docs/adr/0050).

The pepper of logins is changed after a leak, which signs everybody out and does no more; this one would lose every
elder. Nor may a function that sends login codes work out which elder a phone is of.
"""

from functools import cache

from chalicelib.gateways import secrets

NAME = "blind-index"


@cache
def key() -> bytes:
    """It never changes, or nobody would be found by his phone. Raises Busy (`secret_unreachable`)."""
    return secrets.read(NAME).encode()
