"""Addresses that people are sent."""

from chalicelib.config import settings


def to_alarm(token: str) -> str:
    """Where whoever was called by SMS answers an alarm."""
    return f"{settings().public_url.rstrip('/')}/v1/alarms/{token}"


def to_page(token: str) -> str:
    """Where everybody who has the link reads what became of a report."""
    return f"{settings().public_url.rstrip('/')}{page_path(token)}"


def page_path(token: str) -> str:
    """The same below the address of whoever asked: the API does not know its own (it would have to be made first)."""
    return f"/v1/p/{token}"


def family_path(token: str) -> str:
    """Where a family contact reads how the visits went."""
    return f"/v1/f/{token}"


def certificate_path(token: str) -> str:
    """Where a help certificate is shown to anybody."""
    return f"/v1/c/{token}"


def to_certificate(token: str) -> str:
    """The same with the address of this installation, as far as it knows it."""
    return f"{settings().public_url.rstrip('/')}{certificate_path(token)}"
