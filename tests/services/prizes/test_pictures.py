"""A prize's photos: nine at once, and what is taken off is erased."""

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.errors import DomainError, NotFound
from chalicelib.domain.photos import ContentType, State, refused
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.services.prizes import catalogue, pictures
from chalicelib.services.reports import photos, timers
from chalicelib.store.prizes.due import TAKEN_OFF
from chalicelib.store.reports import due
from chalicelib.store.reports import photos as kept_photos
from chalicelib.store.reports.reports import DUE_SHARDS
from tests.builders import CENTRE, COURIER, NOW
from tests.machine import Dead, Machine, plugged_in
from tests.pictures import jpeg
from tests.shop import rule, shelved, umbrella

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("rules")


@pytest.mark.parametrize("backend", ["ministack"])
def test_a_photo_of_a_prize_goes_the_way_of_every_photo(bucket: "S3Client") -> None:
    shelved()
    form = pictures.add("p1", [ContentType.JPEG], version=1, key=None, by=CENTRE, now=NOW)[0]
    key = form.fields["key"]
    bucket.put_object(Bucket="fenjian-test-photos", Key=key, Body=jpeg(), ContentType="image/jpeg")
    photos.develop(key)
    shown = catalogue.view("p1", by=COURIER, now=NOW)
    assert [(one.id, one.state) for one in shown.photos] == [("prize-1", State.READY)]
    assert shown.links and all("/shown/p1/prize-1/" in link.url for link in shown.links)
    copy = bucket.get_object(Bucket="fenjian-test-photos", Key="shown/p1/prize-1/320.webp")["Body"].read()
    assert b"Exif" not in copy and b"EXIF" not in copy


def test_a_photo_can_be_taken_off_and_one_that_is_not_there_cannot_be_shown() -> None:
    shelved()
    pictures.add("p1", [ContentType.JPEG, ContentType.PNG], version=None, key=None, by=CENTRE, now=NOW)
    catalogue.change("p1", umbrella(), ("prize-2",), version=2, by=CENTRE, now=NOW)
    assert [one.id for one in catalogue.view("p1", by=COURIER, now=NOW).photos] == ["prize-2"]
    with pytest.raises(NotFound):
        catalogue.change("p1", umbrella(), ("prize-1",), version=3, by=CENTRE, now=NOW)
    with pytest.raises(DomainError):
        pictures.add("p1", [ContentType.JPEG], version=1, key=None, by=CENTRE, now=NOW)


def take_off(*left: str) -> None:
    catalogue.change("p1", umbrella(), left, version=None, by=CENTRE, now=NOW)


def add(count: int = 1) -> list[str]:
    forms = pictures.add("p1", [ContentType.JPEG] * count, version=None, key=None, by=CENTRE, now=NOW)
    return [form.photo_id for form in forms]


def test_nine_photos_are_shown_at_once_and_what_is_taken_off_makes_room() -> None:
    shelved()
    for number in range(12):
        assert add() == [f"prize-{number + 1}"]
        take_off()
    assert len(add(9)) == 9
    assert rule(add) == "photos_too_many"
    take_off("prize-13", "prize-20")
    assert add() == ["prize-13", "prize-20", "prize-22"]  # no place is used twice


def test_what_was_refused_or_never_came_makes_room() -> None:
    shelved()
    add(9)
    held = kept_photos.of("p1")
    kept_photos.settle(refused(held[0], "file_empty"))
    assert len(add()) == 9 and rule(add) == "photos_too_many"


def tick() -> None:
    """What fell due of the prize, told twice."""
    found = [one for shard in range(DUE_SHARDS) for one in due.fallen(shard, NOW) if one.part == TAKEN_OFF]
    for one in found * 2:
        timers.run(TimerMessage(errand=Errand.FIRE, id=one.id, part=one.part, at=one.at), now=NOW)


@pytest.mark.parametrize("backend", ["ministack"])
@pytest.mark.parametrize("after", [False, True])
def test_what_is_taken_off_is_erased_whatever_dies(bucket: "S3Client", after: bool) -> None:
    def keys() -> list[str]:
        found = bucket.list_objects_v2(Bucket="fenjian-test-photos").get("Contents", [])
        return sorted({"/".join(item["Key"].split("/")[:3]) for item in found})

    shelved()
    for form in pictures.add("p1", [ContentType.JPEG] * 2, version=1, key=None, by=CENTRE, now=NOW):
        bucket.put_object(Bucket="fenjian-test-photos", Key=form.fields["key"], Body=jpeg(), ContentType="image/jpeg")
        photos.develop(form.fields["key"])
    assert len(keys()) == 4
    take_off("prize-2")
    late = "incoming/p1/prize-1"
    for number in range(30):
        with suppress(Dead), plugged_in(Machine(dies_at=number, after=after)):
            tick()
    bucket.put_object(Bucket="fenjian-test-photos", Key=late, Body=jpeg(), ContentType="image/jpeg")
    photos.develop(late)
    assert keys() == ["original/p1/prize-2", "shown/p1/prize-2"]
    assert [one.id for shard in range(DUE_SHARDS) for one in due.fallen(shard, NOW) if one.part == TAKEN_OFF] == []
    assert catalogue.view("p1", by=COURIER, now=NOW).links
