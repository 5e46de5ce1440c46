"""From a person's mark to public copies and away again, through a real bucket."""

from collections.abc import Callable
from io import BytesIO
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
import requests
from PIL import Image

from chalicelib.domain.events import Event
from chalicelib.domain.photos import ContentType, Photo, Purpose, State
from chalicelib.domain.reports import publishing
from chalicelib.gateways import files, images
from chalicelib.services.reports import publications
from chalicelib.store import history
from chalicelib.store.reports import photos as photo_store
from chalicelib.store.reports import publications as store
from tests.builders import CENTRE, COURIER, NOW, WORKS
from tests.pictures import jpeg
from tests.published import CORNER, LEFT_HALF, photographed, publish, stored, verified, withdraw, work

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("rules", "bucket")
BUCKET = "fenjian-test-photos"


class Crash(Exception):
    """The worker's machine is gone."""


@pytest.fixture
def backend() -> str:
    """The bucket is on the emulator, and so are the tables."""
    return "ministack"


@pytest.fixture
def photo(bucket: "S3Client") -> Photo:
    """A good photo of a verified report, with its original and clean copies."""
    verified()
    return there(bucket)


def there(bucket: "S3Client", purpose: Purpose = Purpose.BEFORE) -> Photo:
    body = jpeg()
    found, copies = images.develop(body, ContentType.JPEG)
    by = COURIER if purpose is Purpose.BEFORE else WORKS
    photo = photographed(purpose=purpose, by=by, found=found)
    bucket.put_object(Bucket=BUCKET, Key=photo.original, Body=body)
    for name, copy in copies.items():
        bucket.put_object(Bucket=BUCKET, Key=photo.shown(name), Body=copy)
    return photo


def public(bucket: "S3Client") -> list[str]:
    found = bucket.list_objects_v2(Bucket=BUCKET, Prefix="public/").get("Contents", [])
    return [item["Key"] for item in found]


def copies(number: int) -> list[str]:
    return [f"public/r1/before-1/{number}/{size}.webp" for size in (1024, 320)]


def words() -> list[Event]:
    return [line for line in history.of("r1") if publishing.concerns(line)]


def others(bucket: "S3Client") -> dict[str, bytes]:
    """Everything that is not public, byte for byte."""
    found = [item["Key"] for item in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])]
    kept = [key for key in found if not key.startswith("public/")]
    return {key: bucket.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in kept}


def left(link: Any) -> tuple[int, int]:
    """The darkest and the brightest grey of the left half of what a link shows."""
    answer = requests.get(link.url, timeout=10)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/webp"
    image = Image.open(BytesIO(answer.content)).convert("L")
    dark, bright = image.crop((0, 0, image.width // 2 - 4, image.height)).getextrema()
    assert isinstance(dark, int) and isinstance(bright, int)
    return dark, bright


def test_a_marked_photo_is_shown_covered_and_the_original_stays(bucket: "S3Client", photo: Photo) -> None:
    before = others(bucket)
    publish("r1", photo.id, LEFT_HALF)
    assert publications.links([stored()], now=NOW) == [], "not before the copies are drawn"
    work()
    found = publications.links([stored()], now=NOW)
    assert [link.size for link in found] == [320, 1024] and public(bucket) == copies(1)
    dark, bright = left(found[-1])
    assert bright - dark < 12, "one colour"
    assert others(bucket) == before


def test_who_marked_what_stands_in_the_history_for_staff(photo: Photo) -> None:
    publish("r1", photo.id, LEFT_HALF)
    withdraw()
    marked, taken_back = words()
    assert (marked.action, marked.actor_id, marked.as_role, marked.internal) == (
        "publish_photo",
        "village",
        "village",
        True,
    )
    assert marked.details == {"photo": "before-1", "number": 1, "covered": 1}
    assert (taken_back.action, taken_back.details["number"]) == ("unpublish_photo", 2)


def test_marked_otherwise_the_old_copy_is_not_given_any_more_and_then_gone(bucket: "S3Client", photo: Photo) -> None:
    publish()
    work()
    (_, old) = publications.links([stored()], now=NOW)
    publish("r1", photo.id, LEFT_HALF)
    assert publications.links([stored()], now=NOW) == [], "from the very moment"
    work()
    assert public(bucket) == copies(2)
    assert requests.get(old.url, timeout=10).status_code == 404, "even by a link that was given before"
    dark, bright = left(publications.links([stored()], now=NOW)[-1])
    assert bright - dark < 12


def test_taken_back_nothing_is_given_and_the_copies_are_erased(bucket: "S3Client", photo: Photo) -> None:
    publish()
    work()
    withdraw()
    assert publications.links([stored()], now=NOW) == []
    work()
    assert public(bucket) == []


def test_said_twice_it_is_one_mark(photo: Photo) -> None:
    publish("r1", photo.id, LEFT_HALF)
    work()
    assert publish("r1", photo.id, LEFT_HALF, by=CENTRE) == stored().publication
    withdraw()
    assert withdraw().number == 2 and len(words()) == 2


def test_drawn_twice_is_drawn_once(bucket: "S3Client", photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    work()
    monkeypatch.setattr(images, "covered", lambda *_: pytest.fail("drawn again"))
    work()
    assert public(bucket) == copies(1) and stored().is_public


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_in_whatever_order_messages_come_the_last_word_stands(
    bucket: "S3Client", photo: Photo, order: tuple[int, ...]
) -> None:
    publish()
    publish("r1", photo.id, CORNER)
    withdraw()
    publish("r1", photo.id, LEFT_HALF)
    said = words()
    for number in (*order, *order[:2]):
        publications.draw(said[number])
    assert public(bucket) == copies(4) and stored().is_public


CALLS: list[tuple[Any, str]] = [(files, "read"), (files, "put"), (files, "delete_all"), (store, "note_drawn")]


@pytest.mark.parametrize(("module", "call"), CALLS)
@pytest.mark.parametrize("after", [False, True])
def test_a_crash_around_any_call_is_made_good(
    bucket: "S3Client", photo: Photo, monkeypatch: pytest.MonkeyPatch, module: Any, call: str, after: bool
) -> None:
    publish()
    work()
    publish("r1", photo.id, LEFT_HALF)
    real = getattr(module, call)

    def crash(*args: Any, **named: Any) -> None:
        if after:
            real(*args, **named)
        raise Crash

    with monkeypatch.context() as broken, pytest.raises(Crash):
        broken.setattr(module, call, crash)
        publications.draw(words()[1])
    publications.draw(words()[1])
    assert public(bucket) == copies(2) and stored().is_public


@pytest.mark.parametrize("speak", [withdraw, lambda: publish("r1", "before-1", LEFT_HALF)])
def test_who_draws_while_somebody_speaks_takes_his_copies_away(
    bucket: "S3Client", photo: Photo, monkeypatch: pytest.MonkeyPatch, speak: Callable[[], object]
) -> None:
    publish()
    (mark,), real = words(), images.covered

    def interrupted(*args: Any) -> list[bytes]:
        speak()
        return real(*args)

    with monkeypatch.context() as slow:
        slow.setattr(images, "covered", interrupted)
        publications.draw(mark)
    assert public(bucket) == [] and not stored().is_public
    work()
    said = stored().publication
    assert said and public(bucket) == (copies(2) if said.on else [])


def test_what_retention_erased_meanwhile_is_not_drawn(bucket: "S3Client", photo: Photo) -> None:
    publish()
    photo_store.erase_shown([photo])
    work()
    assert stored().state is State.ERASED and public(bucket) == []


def test_marked_again_what_nobody_has_drawn_is_drawn(bucket: "S3Client", photo: Photo) -> None:
    """The message of the first mark was given up."""
    publish("r1", photo.id, LEFT_HALF)
    assert publish("r1", photo.id, LEFT_HALF).number == 2
    lost, came = words()
    publications.draw(came)
    assert stored().is_public and public(bucket) == copies(2)
    publications.draw(lost)
    assert stored().is_public and public(bucket) == copies(2), "moved back into the queue after all"


def test_each_photo_is_marked_by_itself(bucket: "S3Client", photo: Photo) -> None:
    there(bucket, Purpose.AFTER)
    publish("r1", "after-1")
    work()
    assert {key.split("/")[2] for key in public(bucket)} == {"after-1"}
    assert not stored("r1", "before-1").is_public and stored("r1", "after-1").is_public
