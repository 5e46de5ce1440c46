"""Local days and months: people count in the township's time, the store keeps UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def today(now: datetime) -> date:
    """The local day that an instant is in."""
    return now.astimezone(ZONE).date()


def local_day(at: datetime) -> str:
    """`2026-11-23`, the local day of an instant."""
    return at.astimezone(ZONE).strftime("%Y-%m-%d")


def local_month(at: datetime) -> str:
    """`2026-11`, the local month of an instant."""
    return at.astimezone(ZONE).strftime("%Y-%m")


def local_minute(at: datetime) -> str:
    """`2026-11-23 18:00`, as clocks here show an instant."""
    return at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def day_end(day: date) -> datetime:
    """The last second of a local day, so that what runs round the clock is due on that day too (UTC)."""
    return datetime.combine(day, time(23, 59, 59), ZONE).astimezone(UTC)


def instants(first: str, last: str) -> tuple[datetime, datetime]:
    """When the first local day begins and when the day after the last one does."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1)
    return datetime.combine(begin, time(), ZONE), datetime.combine(end, time(), ZONE)


def months(first: str, last: str) -> list[str]:
    """The local months that these days touch, in order."""
    found, day = [], date.fromisoformat(first).replace(day=1)
    while day.isoformat() <= last:
        found.append(f"{day:%Y-%m}")
        day = (day + timedelta(days=32)).replace(day=1)
    return found
