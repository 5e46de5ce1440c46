"""Local days and months: people count in the township's time, the store keeps UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def local_day(at: datetime) -> str:
    """`2026-11-23`, the local day of an instant."""
    return at.astimezone(ZONE).strftime("%Y-%m-%d")


def local_month(at: datetime) -> str:
    """`2026-11`, the local month of an instant."""
    return at.astimezone(ZONE).strftime("%Y-%m")
