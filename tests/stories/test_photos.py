"""Real photos from the form to the copy that is shown: what comes out tells nothing but the picture."""

from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import requests
from PIL import Image

from demo.client import Cast, Json, Person, download, patiently, upload
from infra.local.cloud import Cloud
from tests.pictures import jpeg, turned
from tests.stories.steps import file, items

SHENQING_2 = (24.61706, 117.98158)
MOST_BYTES = 15 * 1024 * 1024
FORBIDDEN, TOO_LARGE, CREATED = 403, 400, 201


@pytest.fixture
def report(cast: Cast) -> Json:
    """A report that waits for two photos."""
    return file(cast["grid_member"], "0311", *SHENQING_2, photos=["image/jpeg", "image/jpeg"])


def judged(person: Person, report: Json, photo_id: str) -> Json:
    """The photo once the worker has judged it."""

    def look() -> Json:
        photos: list[Json] = person.get(f"/reports/{report['id']}")["photos"]
        return next(photo for photo in photos if photo["id"] == photo_id)

    return patiently(f"photo {photo_id}", look, lambda photo: photo["state"] != "awaited")


def test_a_photo_is_served_upright_and_without_what_the_phone_wrote_into_it(
    report: Json, cast: Cast, cloud: Cloud
) -> None:
    form = report["uploads"][0]
    assert upload(form, turned(6)) == CREATED
    photo = judged(cast["centre"], report, form["photo_id"])
    assert photo["state"] == "ready"
    assert [link["size"] for link in photo["links"]] == [320, 1024]
    served = download(photo["links"][-1]["url"])
    assert served.headers["content-type"] == "image/webp"
    with Image.open(BytesIO(served.content)) as image:
        assert (image.format, image.size) == ("WEBP", (800, 600))
        red, green, _ = image.convert("RGB").getpixel((20, 20))  # type: ignore[misc]  # RGB: three numbers
        assert red > 150 > green, "the mark stands in the upper left corner again"
    assert b"SecretPhoneMaker" not in served.content
    assert b"EXIF" not in served.content
    _evidence_is_kept(cloud, report)


def _evidence_is_kept(cloud: Cloud, report: Json) -> None:
    """What the phone wrote is read before it is stripped, for the checks against fraud."""
    kept = next(item for item in items(cloud, "photos") if item["report_id"]["S"] == report["id"] and "sha256" in item)
    assert float(kept["taken_lat"]["N"]) == pytest.approx(24.61, abs=1e-4)
    assert float(kept["taken_lon"]["N"]) == pytest.approx(118.005, abs=1e-4)
    assert kept["taken_at"]["S"].startswith("2026-11-23")


def test_neither_the_original_nor_a_copy_is_reached_without_a_signature(report: Json, cast: Cast) -> None:
    form = report["uploads"][0]
    upload(form, jpeg())
    link = judged(cast["centre"], report, form["photo_id"])["links"][0]["url"]
    bare = link.partition("?")[0]
    original = bare.replace("/shown/", "/original/").rpartition("/")[0]
    assert download(link).ok
    assert download(bare).status_code == FORBIDDEN
    assert download(original).status_code == FORBIDDEN
    assert download(f"{original}?{urlsplit(link).query}").status_code == FORBIDDEN, "a signature is for one address"


@pytest.mark.parametrize(
    ("change", "size", "status"),
    [
        ({"Content-Type": "image/png"}, 1, FORBIDDEN),
        ({"Content-Type": "text/html"}, 1, FORBIDDEN),
        ({"key": "shown/somewhere/else/320.webp"}, 1, FORBIDDEN),
        ({}, MOST_BYTES + 1, TOO_LARGE),
        ({}, MOST_BYTES, CREATED),
    ],
    ids=["another type", "a page", "another key", "more than 15 MB", "just 15 MB"],
)
def test_the_form_takes_one_type_at_one_key_up_to_15_megabytes(
    report: Json, change: dict[str, str], size: int, status: int
) -> None:
    form = report["uploads"][1]
    fields = {**form["fields"], **change}
    answer = requests.post(form["url"], data=fields, files={"file": b"\xff" * size}, timeout=60)
    assert answer.status_code == status, answer.text


def test_what_is_no_photo_is_refused_with_the_reason_and_can_be_sent_again(report: Json, cast: Cast) -> None:
    form = report["uploads"][0]
    upload(form, jpeg()[:2000])
    assert judged(cast["grid_member"], report, form["photo_id"])["reason"] == "file_truncated"
    wanted = {"files": [{"content_type": "image/jpeg", "purpose": "before"}]}
    again = cast["grid_member"].post(f"/reports/{report['id']}/photos", wanted)["uploads"]
    assert form["photo_id"] in [one["photo_id"] for one in again]


def test_fresh_forms_are_given_for_what_has_not_come_yet(report: Json, cast: Cast) -> None:
    fresh = cast["grid_member"].post(f"/reports/{report['id']}/photos", {})["uploads"]
    assert [form["photo_id"] for form in fresh] == ["before-1", "before-2"]
    assert all(datetime.fromisoformat(form["expires_at"]) > datetime.now(UTC) for form in fresh)
