"""What a phone makes of a view: a JPEG, lying on its side as the sensor saw it, that tells when and where."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import ExifTags, Image

LOCAL = ZoneInfo("Asia/Shanghai")
# "The top of the picture is at its right side": what a phone held upright writes (EXIF 2.32, Orientation).
HELD_UPRIGHT = 6
MAKER = "Demo phone"


def shoot(view: Image.Image, *, at: datetime, lat: float, lon: float) -> bytes:
    """The JPEG of an upright view. `at`: aware; place in WGS-84 degrees, as a phone's GPS gives them."""
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = HELD_UPRIGHT
    tags[ExifTags.Base.Make] = MAKER
    taken = at.astimezone(LOCAL)
    details = tags.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    details[ExifTags.Base.OffsetTimeOriginal] = f"{taken:%z}"[:3] + ":" + f"{taken:%z}"[3:]
    gps = tags.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N" if lat >= 0 else "S", sexagesimal(lat)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E" if lon >= 0 else "W", sexagesimal(lon)
    body = BytesIO()
    view.transpose(Image.Transpose.ROTATE_90).save(body, "JPEG", quality=88, exif=tags)
    return body.getvalue()


def sexagesimal(degrees: float) -> tuple[float, float, float]:
    """Whole degrees, whole minutes, seconds to the hundredth (30 cm), without sign."""
    hundredths = round(abs(degrees) * 360_000)
    minutes, seconds = divmod(hundredths, 6_000)
    return float(minutes // 60), float(minutes % 60), seconds / 100
