"""The shapes of look-outs over HTTP."""

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api.shapes import Instant, Lat, Lon, PhotoView, UploadForm, form
from chalicelib.api.shapes import photo as photo_view
from chalicelib.api.team_shapes import GridCode
from chalicelib.domain.lookouts.asking import MOST_GRIDS, Wanted
from chalicelib.domain.lookouts.model import LookoutAnswer, LookoutKind, LookoutState, Words
from chalicelib.domain.places import Crs, coordinates

if TYPE_CHECKING:
    from chalicelib.services.lookouts.answering import Given
    from chalicelib.services.lookouts.showing import Seen, Sheet

type LookoutPhotoType = Literal["image/jpeg", "image/png", "image/webp", "image/heic"]
VillageCode = Annotated[str, Meta(pattern=r"^\d{12}$")]
LookoutText = Annotated[str, Meta(max_length=200)]


class NewLookout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to look out for, in which `grids` and whole `villages`, for how many `hours`. `photo`: the type of one that
    is to be uploaded; `police_told`: 110 was called, which a missing child needs. `post`: from which of your posts."""

    kind: LookoutKind
    text: Annotated[str, Meta(min_length=1, max_length=200)]
    text_en: LookoutText = ""
    grids: Annotated[tuple[GridCode, ...], Meta(max_length=MOST_GRIDS)] = ()
    villages: Annotated[tuple[VillageCode, ...], Meta(max_length=20)] = ()
    hours: Annotated[float, Meta(gt=0, le=72)] = 4
    photo: LookoutPhotoType | None = None
    police_told: bool = False
    post: Annotated[str, Meta(min_length=1, max_length=60)] | None = None


class Sighting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """About where it was; a hundred metres are kept of it."""

    lat: Lat
    lon: Lon
    crs: Crs = Crs.WGS84


class NewLookoutAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Seen or not; a place and the type of a photo only where something was seen."""

    seen: bool
    place: Sighting | None = None
    photo: LookoutPhotoType | None = None


class OwnLookoutAnswer(Struct, frozen=True, kw_only=True):
    """What you answered last, and the forms for its photo. `notice`: do not approach or follow; call 110."""

    seen: bool
    at: Instant
    grid: str | None
    uploads: list[UploadForm]
    notice: str
    notice_en: str
    version: int


class LookoutTally(Struct, frozen=True, kw_only=True):
    """How many couriers were asked, and answered what."""

    asked: int
    seen: int
    not_seen: int


class LookoutView(Struct, frozen=True, kw_only=True):
    """A look-out. `text`, `photo` and `uploads` only while it is open; `tally` for who asks, `seen` is your own answer.

    `notice` is shown with it always: do not approach or follow; call 110.
    """

    id: str
    kind: LookoutKind
    state: LookoutState
    post: str
    grids: tuple[str, ...]
    villages: tuple[str, ...]
    asked_at: Instant
    until: Instant
    ended_at: Instant | None
    text: str | None
    text_en: str | None
    photo: PhotoView | None
    uploads: list[UploadForm]
    tally: LookoutTally | None
    seen: bool | None
    notice: str
    notice_en: str
    version: int


class LookoutPage(Struct, frozen=True, kw_only=True):
    """Some look-outs, newest first; `cursor` asks for the next ones, null at the end."""

    lookouts: list[LookoutView]
    cursor: str | None


class MyLookouts(Struct, frozen=True, kw_only=True):
    """What you are asked now, what ends first in front."""

    lookouts: list[LookoutView]


class LookoutAnswerView(Struct, frozen=True, kw_only=True):
    """An answer. `lat` and `lon`: a coarse place of who has seen something, in the system asked for; `courier` is empty
    but for the centre; the photo only while it is open."""

    id: str
    seen: bool
    at: Instant
    lat: float | None
    lon: float | None
    crs: Crs
    grid: str | None
    courier: str
    photos: list[PhotoView]


class LookoutAnswers(Struct, frozen=True, kw_only=True):
    """What was answered."""

    answers: list[LookoutAnswerView]


class AnsweredLookout(Struct, frozen=True, kw_only=True):
    """What you answered to a look-out, and about where you were."""

    lookout: str
    seen: bool
    at: Instant
    lat: float | None
    lon: float | None
    grid: str | None


def wanted(body: NewLookout) -> Wanted:
    """What somebody asks for."""
    return Wanted(
        kind=body.kind,
        words=Words(zh=body.text, en=body.text_en),
        grids=body.grids,
        villages=body.villages,
        hours=body.hours,
        photo=body.photo is not None,
        police_told=body.police_told,
        post=body.post,
    )


def view(sheet: "Sheet") -> LookoutView:
    """A look-out as somebody may know it."""
    one, words, tally = sheet.lookout, sheet.words, sheet.tally
    notice, notice_en = _notice()
    return LookoutView(
        id=one.id,
        kind=one.kind,
        state=one.state,
        post=one.post,
        grids=one.grids,
        villages=one.villages,
        asked_at=one.asked_at,
        until=one.until,
        ended_at=one.ended_at,
        text=words.zh if words else None,
        text_en=words.en if words else None,
        photo=photo_view(sheet.photos[0], list(sheet.links)) if sheet.photos else None,
        uploads=[form(made) for made in sheet.uploads],
        tally=LookoutTally(asked=tally.asked, seen=tally.seen, not_seen=tally.not_seen) if tally else None,
        seen=sheet.own.seen if sheet.own else None,
        notice=notice,
        notice_en=notice_en,
        version=one.version,
    )


def given(made: "Given") -> OwnLookoutAnswer:
    """One's own answer as it was taken."""
    one = made.answer
    notice, notice_en = _notice()
    return OwnLookoutAnswer(
        seen=one.seen,
        at=one.at,
        grid=one.grid,
        uploads=[form(upload) for upload in made.uploads],
        notice=notice,
        notice_en=notice_en,
        version=one.version,
    )


def answer(seen: "Seen", crs: Crs) -> LookoutAnswerView:
    """An answer as who asks reads it."""
    one = seen.answer
    at = coordinates(one.place, crs=crs) if one.place else None
    return LookoutAnswerView(
        id=one.id,
        seen=one.seen,
        at=one.at,
        lat=at.lat if at else None,
        lon=at.lon if at else None,
        crs=crs,
        grid=one.grid,
        courier=seen.courier,
        photos=[photo_view(made, list(seen.links)) for made in seen.photos],
    )


def own(one: LookoutAnswer) -> AnsweredLookout:
    """One's own answer, in a copy of one's data."""
    place = one.place
    return AnsweredLookout(
        lookout=one.lookout_id,
        seen=one.seen,
        at=one.at,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        grid=one.grid,
    )


def _notice() -> tuple[str, str]:
    from chalicelib.services.notifications.wording import sentences

    return sentences().templates["lookout_notice"]
