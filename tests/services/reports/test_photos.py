"""From the declaration to the copies, through a real bucket."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import requests
from PIL import Image

from chalicelib.domain import photos as rules
from chalicelib.domain.photos import ContentType, Photo, Purpose, State
from chalicelib.services.reports import photos
from chalicelib.store.base import Transaction
from chalicelib.store.reports import photos as stored
from tests import pictures
from tests.pictures import exif, jpeg

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("tables", "bucket")
# The signer and S3 read their own clocks: forms have to be of today.
NOW = datetime.now(UTC).replace(microsecond=0)
BUCKET = "fenjian-test-photos"
JPEG = ContentType.JPEG


class Crash(Exception):
    """The worker's machine is gone."""


@pytest.fixture
def backend() -> str:
    """The bucket is on the emulator, and so are the tables."""
    return "ministack"


def declared(content_type: ContentType = JPEG) -> Photo:
    wanted = [(Purpose.BEFORE, content_type)]
    (photo,) = rules.declare("r1", wanted, existing=stored.of("r1"), by="c1", now=NOW)
    transaction = Transaction()
    stored.declare([photo], transaction)
    transaction.commit()
    return photo


def sent(photo: Photo, body: bytes) -> None:
    """As the phone does it."""
    (form,) = photos.forms([photo], now=NOW)
    answer = requests.post(form.url, data=form.fields, files={"file": ("a", body)}, timeout=10)
    assert answer.status_code == 201, answer.text


def developed(body: bytes, content_type: ContentType = JPEG) -> Photo:
    photo = declared(content_type)
    sent(photo, body)
    photos.develop(photo.incoming)
    return now_stored()


def now_stored(photo_id: str = "before-1") -> Photo:
    from chalicelib.store.reports import photos as store

    photo = store.find("r1", photo_id) or store.find("r1", "before-voice")
    assert photo
    return photo


def keys(bucket: "S3Client") -> list[str]:
    return [item["Key"] for item in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def put(bucket: "S3Client", key: str, body: bytes) -> None:
    bucket.put_object(Bucket=BUCKET, Key=key, Body=body)


READY = [
    "original/r1/before-1",
    "shown/r1/before-1/1024.webp",
    "shown/r1/before-1/2048.webp",
    "shown/r1/before-1/320.webp",
]


def test_a_photo_becomes_three_clean_copies_and_its_original_is_kept(bucket: "S3Client") -> None:
    body = jpeg((2400, 1800), exif=exif(orientation=6))
    photo = developed(body)
    assert photo.state is State.READY and photo.found and photo.found.taken_point == (24.61, 118.005)
    assert (photo.found.width, photo.found.height) == (1800, 2400)
    assert keys(bucket) == READY
    assert bucket.get_object(Bucket=BUCKET, Key=photo.original)["Body"].read() == body
    assert [(link.size, link.content_type) for link in photos.links([photo], now=NOW)] == [
        (320, "image/webp"),
        (1024, "image/webp"),
        (2048, "image/webp"),
    ]


def test_links_open_the_copies_for_ten_minutes() -> None:
    (link,) = photos.links([developed(jpeg(exif=exif()))], now=NOW, sizes=(320,))
    answer = requests.get(link.url, timeout=10)
    assert answer.headers["Content-Type"] == "image/webp" and link.expires_at == NOW + timedelta(minutes=10)
    assert Image.open(BytesIO(answer.content)).size == (320, 240)


@pytest.mark.parametrize(("make", "content_type"), [(pictures.m4a, ContentType.M4A), (pictures.ogg, ContentType.OGG)])
def test_a_voice_note_is_served_without_its_metadata(make: Callable[[float], bytes], content_type: ContentType) -> None:
    photo = developed(make(12), content_type)
    assert photo.state is State.READY and photo.found and photo.found.seconds == pytest.approx(12, abs=0.05)
    (link,) = photos.links([photo], now=NOW)
    answer = requests.get(link.url, timeout=10)
    assert answer.headers["Content-Type"] == content_type and b"24.61" not in answer.content
    assert b"24.61" in make(12)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (jpeg()[:-500], "file_truncated"),
        (pictures.encoded(pictures.scene(), "PNG"), "file_wrong_type"),
        (jpeg() + pictures.archive(), "file_foreign_data"),
        (jpeg((40, 40)), "photo_too_small"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_and_leaves_nothing(bucket: "S3Client", body: bytes, reason: str) -> None:
    photo = developed(body)
    assert (photo.state, photo.reason, photo.found) == (State.REFUSED, reason, None)
    assert keys(bucket) == [] and photos.links([photo], now=NOW) == []


def test_a_file_that_passed_by_the_form_is_still_weighed(bucket: "S3Client") -> None:
    photo = declared(ContentType.OGG)
    put(bucket, photo.incoming, b"x" * (2 * 1024 * 1024 + 1))
    photos.develop(photo.incoming)
    assert now_stored().reason == "file_too_large" and keys(bucket) == []


def test_a_refused_place_may_be_filled_anew() -> None:
    assert developed(jpeg()[:-500]).state is State.REFUSED
    assert developed(jpeg()).state is State.READY


def test_delivered_twice_is_developed_once(bucket: "S3Client", monkeypatch: pytest.MonkeyPatch) -> None:
    photo = developed(jpeg((2400, 1800)))
    monkeypatch.setattr("chalicelib.gateways.images.develop", lambda *_: pytest.fail("developed again"))
    photos.develop(photo.incoming)
    assert now_stored() == photo and keys(bucket) == READY


def test_what_nobody_declared_is_deleted(bucket: "S3Client", caplog: pytest.LogCaptureFixture) -> None:
    for key in ("incoming/r1/before-7", "incoming/x", "incoming/a/b/c"):
        put(bucket, key, jpeg())
        photos.develop(key)
        assert f"deleted {key}" in caplog.text
    assert keys(bucket) == []


def test_an_upload_after_the_verdict_changes_nothing(bucket: "S3Client") -> None:
    photo = developed(jpeg((2400, 1800)))
    put(bucket, photo.incoming, jpeg((2000, 2000)))
    photos.develop(photo.incoming)
    assert now_stored() == photo and keys(bucket) == READY


def test_an_event_without_its_object_waits_for_the_upload(bucket: "S3Client") -> None:
    photo = declared()
    photos.develop(photo.incoming)
    assert now_stored().state is State.AWAITED


CALLS = ("read", "put_first", "put", "delete")


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("after", [False, True])
def test_a_crash_between_any_two_calls_is_made_good(
    bucket: "S3Client", monkeypatch: pytest.MonkeyPatch, call: str, after: bool
) -> None:
    from chalicelib.gateways import files

    photo, real = declared(), getattr(files, call)
    sent(photo, jpeg((2400, 1800)))

    def crash(*args: Any, **named: Any) -> None:
        if after:
            real(*args, **named)
        raise Crash

    with monkeypatch.context() as broken, pytest.raises(Crash):
        broken.setattr(files, call, crash)
        photos.develop(photo.incoming)
    photos.develop(photo.incoming)
    assert now_stored().state is State.READY and keys(bucket) == READY


def test_a_crash_around_the_verdict_is_made_good(bucket: "S3Client", monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.store.reports import photos as store

    photo, real = declared(), store.settle
    sent(photo, jpeg((2400, 1800)))

    def crash(verdict: Photo) -> None:
        real(verdict)
        raise Crash

    with monkeypatch.context() as broken, pytest.raises(Crash):
        broken.setattr(store, "settle", crash)
        photos.develop(photo.incoming)
    photos.develop(photo.incoming)
    assert now_stored().state is State.READY and keys(bucket) == READY


def test_of_two_uploads_the_one_that_was_kept_first_counts(bucket: "S3Client") -> None:
    """Another worker kept the first and died; meanwhile the phone sent something else to the same place."""
    photo, first = declared(), jpeg((2400, 1800), quality=60)
    put(bucket, photo.original, first)
    sent(photo, jpeg((2400, 1800), quality=90))
    photos.develop(photo.incoming)
    import hashlib

    found = now_stored().found
    assert found and found.sha256 == hashlib.sha256(first).hexdigest()
    assert bucket.get_object(Bucket=BUCKET, Key=photo.original)["Body"].read() == first


def test_who_loses_against_a_refusal_takes_his_copies_away(bucket: "S3Client", monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.domain import photos as rules
    from chalicelib.gateways import files
    from chalicelib.store.reports import photos as store

    photo, real = declared(), files.put_first
    sent(photo, jpeg((2400, 1800)))

    def overtaken(key: str, data: bytes, *, content_type: str) -> bool:
        store.settle(rules.refused(photo, "photo_broken"))
        return real(key, data, content_type=content_type)

    monkeypatch.setattr(files, "put_first", overtaken)
    photos.develop(photo.incoming)
    assert now_stored().state is State.REFUSED and keys(bucket) == []
