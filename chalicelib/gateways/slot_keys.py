"""The key that rotating codes of slots are signed with: that of public pages, with a purpose of its own in front
(`domain/volunteering/tokens`), so that neither is ever good for the other."""

from chalicelib.gateways import page_keys


def key() -> bytes:
    """It never changes. Raises Busy (`secret_unreachable`)."""
    return page_keys.key()
