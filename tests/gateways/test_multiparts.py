"""A file in parts: the last of a number counts, what is lost is said, what is done stays done."""

from typing import TYPE_CHECKING, Any

import pytest
import requests
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.domain.errors import Busy
from chalicelib.gateways import files, multiparts

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("exports_bucket")
BUCKET, KEY = "fenjian-test-exports", "exports/e1/1.csv"
TYPE = "text/csv; charset=utf-8"


@pytest.fixture
def backend() -> str:
    """S3 alone is needed, and that is the emulator's."""
    return "ministack"


@pytest.fixture
def upload() -> str:
    return multiparts.begin(KEY, content_type=TYPE)


def body(bucket: "S3Client") -> bytes:
    return bucket.get_object(Bucket=BUCKET, Key=KEY)["Body"].read()


def test_parts_become_one_file_in_the_order_of_their_numbers(exports_bucket: "S3Client", upload: str) -> None:
    second = multiparts.send(KEY, upload, number=2, data=b"b")
    first = multiparts.send(KEY, upload, number=1, data=b"a")
    multiparts.complete(KEY, upload, [first, second], size=2)
    assert body(exports_bucket) == b"ab"
    assert exports_bucket.head_object(Bucket=BUCKET, Key=KEY)["ContentType"] == TYPE


def test_a_part_that_is_sent_again_lies_over_the_older_one(exports_bucket: "S3Client", upload: str) -> None:
    multiparts.send(KEY, upload, number=1, data=b"old")
    etag = multiparts.send(KEY, upload, number=1, data=b"new")
    multiparts.complete(KEY, upload, [etag], size=3)
    assert body(exports_bucket) == b"new"


def test_a_part_that_somebody_wrote_over_is_lost(upload: str) -> None:
    etag = multiparts.send(KEY, upload, number=1, data=b"mine")
    multiparts.send(KEY, upload, number=1, data=b"his")
    with pytest.raises(multiparts.Lost):
        multiparts.complete(KEY, upload, [etag], size=4)


def test_an_upload_that_was_abandoned_is_lost_and_abandoned_again_without_a_word(upload: str) -> None:
    multiparts.abandon(KEY, upload)
    multiparts.abandon(KEY, upload)
    with pytest.raises(multiparts.Lost):
        multiparts.send(KEY, upload, number=1, data=b"a")
    with pytest.raises(multiparts.Lost):
        multiparts.complete(KEY, upload, ["e"], size=1)


def test_completing_again_is_fine_also_when_the_bucket_forgot_the_upload(upload: str) -> None:
    etag = multiparts.send(KEY, upload, number=1, data=b"a")
    multiparts.complete(KEY, upload, [etag], size=1)
    multiparts.complete(KEY, upload, [etag], size=1)
    multiparts.complete(KEY, "forgotten", [etag], size=1)
    with pytest.raises(multiparts.Lost):
        multiparts.complete(KEY, "forgotten", [etag], size=2)


def test_what_is_no_loss_is_an_error_of_its_own(monkeypatch: pytest.MonkeyPatch, upload: str) -> None:
    monkeypatch.setenv("EXPORTS_BUCKET", "no-such-bucket")
    with pytest.raises(multiparts.client().exceptions.NoSuchBucket):
        multiparts.send(KEY, upload, number=1, data=b"a")


@pytest.mark.parametrize(("status", "code"), [(503, "SlowDown"), (500, "InternalError")])
def test_a_bucket_that_is_overloaded_is_busy(monkeypatch: pytest.MonkeyPatch, status: int, code: str) -> None:
    def refuse(**_: object) -> None:
        answer: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
        raise ClientError(answer, "UploadPart")

    monkeypatch.setattr(multiparts.client(), "upload_part", refuse)
    with pytest.raises(Busy):
        multiparts.send(KEY, "u", number=1, data=b"a")


def test_a_bucket_that_does_not_answer_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="http://nowhere")

    monkeypatch.setattr(multiparts.client(), "create_multipart_upload", lost)
    with pytest.raises(Busy) as refused:
        multiparts.begin(KEY, content_type=TYPE)
    assert refused.value.rule == "store_unreachable"


def test_a_browser_saves_it_under_its_chinese_name(upload: str) -> None:
    from datetime import timedelta

    etag = multiparts.send(KEY, upload, number=1, data=b"a")
    multiparts.complete(KEY, upload, [etag], size=1)
    url = files.download(
        KEY, content_type=TYPE, filename="上报 导出.csv", plain="reports.csv", life=timedelta(minutes=5)
    )
    answer = requests.get(url, timeout=10)
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"a", TYPE)
    named = "%E4%B8%8A%E6%8A%A5%20%E5%AF%BC%E5%87%BA.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"reports.csv\"; filename*=UTF-8''{named}"
    assert requests.get(url.replace("e1", "e2"), timeout=10).status_code == 403
