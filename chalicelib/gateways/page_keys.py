"""The key that links to public pages are signed with. Only functions that write or read such links may read it."""

from functools import cache

from chalicelib.gateways import secrets

NAME = "public-pages"


@cache
def key() -> bytes:
    """It never changes, or every link would die. Raises Busy (`secret_unreachable`)."""
    return secrets.read(NAME).encode()
