"""Where and when a camera says it took a picture: evidence for the pipeline, absent without suspicion."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image

ORIENTATION = ExifTags.Base.Orientation
# A phone's clock shows local time; where it does not say which, it is the township's.
ASSUMED_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """UTC; latitude and longitude in degrees, as the camera wrote them."""

    taken_at: datetime | None
    point: tuple[float, float] | None


def read(image: Image.Image) -> Evidence:
    """What the EXIF says, as far as it makes sense. Never raises: damaged EXIF is like none."""
    try:
        tags = image.getexif()
        details, gps = tags.get_ifd(ExifTags.IFD.Exif), tags.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # Pillow's EXIF reader lets many kinds of error through
        return Evidence(taken_at=None, point=None)
    return Evidence(taken_at=_taken_at(details), point=_point(gps))


def _taken_at(details: dict[int, Any]) -> datetime | None:
    text = str(details.get(ExifTags.Base.DateTimeOriginal, "")).strip("\0 ")
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal) or details.get(ExifTags.Base.OffsetTime) or "")
    try:
        local = datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S")
        zone = datetime.strptime(offset.strip("\0 "), "%z").tzinfo if offset.strip("\0 ") else ASSUMED_ZONE
        return local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _point(gps: dict[int, Any]) -> tuple[float, float] | None:
    """None for nonsense, and for 0, 0: what phones write that have no fix."""
    try:
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], negative=gps[ExifTags.GPS.GPSLatitudeRef] == "S")
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], negative=gps[ExifTags.GPS.GPSLongitudeRef] == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or latitude == longitude == 0:
        return None
    return latitude, longitude


def _degrees(parts: Any, *, negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        raise ValueError(value)
    return round(-value if negative else value, 7)
