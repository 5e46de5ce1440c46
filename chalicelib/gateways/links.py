"""Addresses that people are sent."""

from chalicelib.config import settings


def to_alarm(token: str) -> str:
    """Where whoever was called by SMS answers an alarm."""
    return f"{settings().public_url.rstrip('/')}/v1/alarms/{token}"
