"""S3: a file written in parts, over days and workers if need be. What a part number got last is what counts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.config import settings
from chalicelib.domain.errors import Busy

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

# S3 takes no smaller part but the last.
SMALLEST = 5 * 1024 * 1024
LOST = frozenset({"NoSuchUpload", "InvalidPart", "InvalidPartOrder", "404"})  # HEAD has no body, so no better name
SERVERS_FAULT = 500


class Lost(Exception):
    """Raised when the upload is gone, or holds other parts than those that were sent: it must begin anew."""


@cache
def client() -> "S3Client":
    """For the worker only; boto3 is imported here so that the API never pays for it.

    Without the checksums that botocore adds of its own accord: completing would have to repeat each part's.
    """
    import boto3
    from botocore.config import Config

    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path" if settings().endpoint else "virtual"},
        connect_timeout=3,
        read_timeout=60,
        retries={"mode": "standard", "max_attempts": 3},
        request_checksum_calculation="when_required",
    )
    return boto3.client("s3", region_name=settings().region, endpoint_url=settings().endpoint, config=config)


def begin(key: str, *, content_type: str) -> str:
    """Open an upload; its id. Raises Busy."""
    with _told():
        answer = client().create_multipart_upload(Bucket=settings().exports_bucket, Key=key, ContentType=content_type)
    return answer["UploadId"]


def send(key: str, upload_id: str, *, number: int, data: bytes) -> str:
    """Send a part, over an older one of this number; its etag. Raises Lost, Busy."""
    with _told():
        answer = client().upload_part(
            Bucket=settings().exports_bucket, Key=key, UploadId=upload_id, PartNumber=number, Body=data
        )
    return answer["ETag"].strip('"')


def complete(key: str, upload_id: str, etags: Sequence[str], *, size: int) -> None:
    """Make one file of the parts; done before is done. Raises Lost, Busy."""
    parts: Any = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, start=1)]
    upload: dict[str, Any] = {"Bucket": settings().exports_bucket, "Key": key, "UploadId": upload_id}
    try:
        with _told():
            client().complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    except Lost:
        if not _stands(key, size):
            raise


def abandon(key: str, upload_id: str) -> None:
    """Let go of the parts of an upload, if there is one. Raises Busy."""
    with suppress(Lost), _told():
        client().abort_multipart_upload(Bucket=settings().exports_bucket, Key=key, UploadId=upload_id)


def erase(key: str) -> None:
    """Delete the file, if there is one. Raises Busy."""
    with _told():
        client().delete_object(Bucket=settings().exports_bucket, Key=key)


def keep(key: str, data: bytes, content_type: str) -> None:
    """Write a small file in one call, over an older one too. Raises Busy."""
    with _told():
        client().put_object(Bucket=settings().exports_bucket, Key=key, Body=data, ContentType=content_type)


def _stands(key: str, size: int) -> bool:
    """Whether the file is there: its upload is gone once it was completed."""
    with suppress(Lost), _told():
        return client().head_object(Bucket=settings().exports_bucket, Key=key)["ContentLength"] == size
    return False


@contextmanager
def _told() -> Iterator[None]:
    """What S3 refuses, in our words; anything else is a bug and stays what it is."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in LOST:
            raise Lost(str(error)) from error
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= SERVERS_FAULT:
            raise Busy("store_busy") from error
        raise
    except BotoCoreError as error:
        raise Busy("store_unreachable") from error
