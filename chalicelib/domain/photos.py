"""Photos and voice notes of a report: what may be sent, what became of it, where its bytes stand.

A file is declared with the report, sent by the phone straight to S3, then examined and developed by the photo
worker. A photo's id is its place, `after-3`: so that nine a purpose is a matter of keys, which no race can pass.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain import publications
from chalicelib.domain.errors import Invalid
from chalicelib.domain.publications import Publication

PHOTOS_A_PURPOSE = 9
VOICES_A_PURPOSE = 1
MEGABYTE = 1024 * 1024
FORM_LIFE = timedelta(hours=1)
LINK_LIFE = timedelta(minutes=10)
FRESH_FORMS_FOR = timedelta(days=7)
# Long edges in pixels. A picture is never enlarged: a bound beyond the first that holds it whole is left out.
SIZES = (320, 1024, 2048)


class Media(StrEnum):
    """The two kinds of file."""

    PHOTO = "photo"
    VOICE = "voice"


class Purpose(StrEnum):
    """What a file is to show: the problem, that it is solved, anything else, a blind re-check's finding; a prize; who
    or what is looked out for; the paper of a consent; or the door at which a visit was made."""

    BEFORE = "before"
    AFTER = "after"
    EVIDENCE = "evidence"
    RECHECK = "recheck"
    PRIZE = "prize"
    LOOKOUT = "lookout"
    CONSENT = "consent"
    DOOR = "door"


class State(StrEnum):
    """`awaited` until the worker has judged the upload; either verdict is final. A good file is erased in the end."""

    AWAITED = "awaited"
    READY = "ready"
    REFUSED = "refused"
    ERASED = "erased"


class ContentType(StrEnum):
    """What may be sent. Voice: AAC in MPEG-4 (m4a), Opus in Ogg."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    HEIC = "image/heic"
    M4A = "audio/mp4"
    OGG = "audio/ogg"

    @property
    def media(self) -> Media:
        """Photo or voice."""
        return Media.VOICE if self in (ContentType.M4A, ContentType.OGG) else Media.PHOTO


# Bytes. S3 enforces them on the form, the worker again.
MOST_BYTES = {Media.PHOTO: 15 * MEGABYTE, Media.VOICE: 2 * MEGABYTE}
SHOWN_AS = {ContentType.M4A: "voice.m4a", ContentType.OGG: "voice.ogg"}


class Unusable(Invalid):
    """Raised when an uploaded file cannot be taken. Its rule, without facts, becomes the photo's `reason`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the worker read from a good file, for the pipeline and the checks against fraud; never shown to viewers.

    `sha256` (hex) is of the file as sent. `dhash` is 64 bits in hex. `width`, `height`: pixels, upright. `taken_at`
    (UTC) and `taken_point` (latitude, longitude as the camera wrote them) may be missing without any suspicion.
    `sizes` are the long edges that were made. `seconds` is a voice note's length.
    """

    sha256: str
    dhash: str | None = None
    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None
    taken_point: tuple[float, float] | None = None
    sizes: tuple[int, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A declared file. `found` stands once ready, `reason` (a rule of `refusals.csv`) once refused.

    `has_original` until that is erased, which is earlier than what is shown. `publication`: what somebody said last on
    whether everybody may see it.
    """

    report_id: str
    id: str
    media: Media
    purpose: Purpose
    content_type: ContentType
    declared_at: datetime
    by: str
    state: State = State.AWAITED
    reason: str | None = None
    found: Findings | None = None
    has_original: bool = True
    publication: Publication | None = None

    @property
    def incoming(self) -> str:
        """Where the phone sends it."""
        return f"incoming/{self.report_id}/{self.id}"

    @property
    def original(self) -> str:
        """Where it is kept as sent, for the pipeline only."""
        return f"original/{self.report_id}/{self.id}"

    def shown(self, name: str) -> str:
        """Where a cleaned copy stands: `320.webp`, `voice.m4a`."""
        return f"shown/{self.report_id}/{self.id}/{name}"

    def public(self, number: int) -> tuple[str, ...]:
        """Where the copies of a marking stand, smallest first."""
        return tuple(publications.key(self.report_id, self.id, number, name) for name in self.copies)

    @property
    def is_public(self) -> bool:
        """Whether everybody may see its public copies, as far as the photo goes."""
        return self.state is State.READY and self.publication is not None and self.publication.stands

    @property
    def copies(self) -> tuple[str, ...]:
        """Names of the cleaned copies that a ready file has, smallest first."""
        if self.media is Media.VOICE:
            return (SHOWN_AS[self.content_type],)
        return tuple(f"{size}.webp" for size in (self.found.sizes if self.found else SIZES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A multipart form that takes one file: POST `fields` in this order, then the bytes as `file`."""

    photo_id: str
    url: str
    fields: dict[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A short-lived address of one cleaned copy; `size` is its long edge's bound in pixels, None for a voice note."""

    photo_id: str
    size: int | None
    content_type: str
    url: str
    expires_at: datetime


def declare(
    report_id: str,
    wanted: Sequence[tuple[Purpose, ContentType]],
    *,
    existing: Iterable[Photo] = (),
    by: str,
    now: datetime,
) -> tuple[Photo, ...]:
    """A photo awaited for each file wanted, in the lowest places free: where none is, or it was refused or never came.

    Raises Invalid (`photos_too_many`, `voices_too_many`).
    """
    taken = {photo.id for photo in existing if photo.state is State.READY or may_still_come(photo, now=now)}
    made = []
    for purpose, content_type in wanted:
        place = _free_place(purpose, content_type.media, taken)
        taken.add(place)
        made.append(
            Photo(
                report_id=report_id,
                id=place,
                media=content_type.media,
                purpose=purpose,
                content_type=content_type,
                declared_at=now,
                by=by,
            )
        )
    return tuple(made)


def _free_place(purpose: Purpose, media: Media, taken: set[str]) -> str:
    """`before-1` … `before-9`, and one `before-voice`."""
    if media is Media.VOICE:
        if (place := f"{purpose}-voice") in taken:
            raise Invalid("voices_too_many", purpose=purpose, most=VOICES_A_PURPOSE)
        return place
    for number in range(1, PHOTOS_A_PURPOSE + 1):
        if (place := f"{purpose}-{number}") not in taken:
            return place
    raise Invalid("photos_too_many", purpose=purpose, most=PHOTOS_A_PURPOSE)


def may_still_come(photo: Photo, *, now: datetime) -> bool:
    """Whether a fresh form may be given: still awaited, within 7 days of the declaration."""
    return photo.state is State.AWAITED and now <= photo.declared_at + FRESH_FORMS_FOR


def ready(photo: Photo, found: Findings) -> Photo:
    """The photo once its copies stand."""
    return replace(photo, state=State.READY, found=found)


def refused(photo: Photo, reason: str) -> Photo:
    """The photo once its upload was judged unusable, for a reason of `refusals.csv`."""
    return replace(photo, state=State.REFUSED, reason=reason)


def of_key(key: str) -> tuple[str, str] | None:
    """Report and photo that an `incoming/` key is for; None for any other key."""
    parts = key.split("/")
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "incoming" and all(parts) else None


def nearest(photo: Photo, sizes: Iterable[int]) -> list[int | None]:
    """Which copies answer for the sizes asked: each itself or the largest made. A voice note has one, without size."""
    made = photo.found.sizes if photo.found else ()
    if not made:
        return [None]
    return list(dict.fromkeys(size if size in made else made[-1] for size in sizes))
